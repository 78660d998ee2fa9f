"""The look-up commands, and those about the bot itself."""

from collections.abc import Mapping

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.answering.context import Surface
from bot.answering.editions import EVERY_STORY, NameKind
from bot.answering.lookup import complete, exchange_of
from bot.answering.ports import History, Journal
from bot.answering.sayings import claims, quotes
from bot.answering.statements import check_statements
from bot.answering.stories import Stories, StoryCard
from bot.answering.when import when
from bot.answering.who import who
from bot.surface.feedback.mistakes import with_mistake
from bot.surface.lookups.cards import CardList
from bot.surface.lookups.changes import ChangesList
from bot.surface.lookups.help import MAX_EXAMPLES, TOPICS, help_page
from bot.surface.lookups.sayings import SayingsList
from bot.surface.lookups.sources import NUMBER_PREFIX, SourcesList
from bot.surface.lookups.statements import check_drafts
from bot.surface.lookups.stories import CHANNEL, SERVER, binding_target, may_choose, story_lines
from bot.surface.lookups.timeline import TimelineList
from bot.surface.platform import limits
from bot.surface.platform.cooldowns import QUESTION_RATE
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.paged_list import Listed, Missing, PagedList
from bot.surface.platform.pages import Page, page_buttons
from bot.surface.platform.parts import admit, parts_of, renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify, permissions_of, respond
from bot.surface.platform.sent_log import Destination, SentLog
from bot.surface.platform.translator import KEY
from bot.surface.platform.utterance import context_of, strip_markup, text_of

Choice = app_commands.Choice[str]
NAMED: dict[str, NameKind] = {"who": "entity", "when": "event", "claims": "claimant", "quote": "speaker"}
JOURNALLED: dict[str, Surface] = {"who": "who", "when": "when", "claims": "claims", "quote": "quote"}


def paged_lists(stories: Stories, history: History) -> dict[str, PagedList]:
    """Return the list of each paged command, by its name."""
    return {
        "who": CardList(who, "who.unknown", stories),
        "when": CardList(when, "when.unknown", stories),
        "claims": SayingsList(claims, Renderer.claims, "claims.unknown", stories),
        "quote": SayingsList(quotes, Renderer.quotes, "quote.unknown", stories),
        "timeline": TimelineList(stories),
        "sources": SourcesList(stories),
        "changes": ChangesList(stories, history),
    }


class LookupsCog(commands.Cog):
    """Look-up commands, open to everybody within the cooldown."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        stories: Stories,
        lists: Mapping[str, PagedList],
        journal: Journal,
        sent: SentLog,
        contact: str | None,
    ) -> None:
        self._stories = stories
        self._lists = lists
        self._journal = journal
        self._sent = sent
        self._contact = contact
        # discord.py does not collect context menus from a cog's class body, nor apply the cog's check to them
        name = locale_str("Check against the story", **{KEY: "menu.check"})
        self.menu = app_commands.ContextMenu(name=name, callback=self.check)
        self.menu.add_check(self.interaction_check)
        bot.tree.add_command(self.menu)

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Apply the cooldown."""
        return await admit(interaction, QUESTION_RATE)

    @app_commands.command(description="Who somebody is, what they said, what is said of them")
    @app_commands.describe(name="A person, an organisation or a product in the story")
    async def who(self, interaction: discord.Interaction, name: str) -> None:
        """Send the card of an entity."""
        await self._show(interaction, "who", strip_markup(name))

    @app_commands.command(description="When something happened, as precisely as the sources say")
    @app_commands.describe(event="An event in the story")
    async def when(self, interaction: discord.Interaction, event: str) -> None:
        """Send the card of an event."""
        await self._show(interaction, "when", strip_markup(event))

    @app_commands.command(description="Each story in order, in words and as a picture")
    @app_commands.rename(since="from", until="to")
    @app_commands.describe(
        since="A year or a month, such as 2018 or 2024-03", until="A year or a month, such as 2019 or 2024-03"
    )
    async def timeline(self, interaction: discord.Interaction, since: str = "", until: str = "") -> None:
        """Send the dated events between two dates."""
        await self._show(interaction, "timeline", f"{since.strip()}:{until.strip()}")

    @app_commands.command(description="Who claims what, and who answers, story by story")
    @app_commands.describe(person="Whose words; leave empty for everybody's")
    async def claims(self, interaction: discord.Interaction, person: str = "") -> None:
        """Send claims, each with its replies."""
        await self._show(interaction, "claims", strip_markup(person))

    @app_commands.command(description="Claims, denials and quotes, in the article's exact words, story by story")
    @app_commands.describe(person="Whose words; leave empty for everybody's")
    async def quote(self, interaction: discord.Interaction, person: str = "") -> None:
        """Send quotes."""
        await self._show(interaction, "quote", strip_markup(person))

    @app_commands.command(description="The articles that the facts come from")
    @app_commands.describe(number="The number of a listed source, to see it summed up paragraph by paragraph")
    async def sources(self, interaction: discord.Interaction, number: app_commands.Range[int, 1] | None = None) -> None:
        """Send the list of articles, or one article."""
        await self._show(interaction, "sources", "" if number is None else f"{NUMBER_PREFIX}{number}")

    @app_commands.command(description="What was added, corrected or withdrawn, version by version")
    @app_commands.describe(since="A year, a month or a day, such as 2024-03 or 2024-03-05")
    async def changes(self, interaction: discord.Interaction, since: str = "") -> None:
        """Send the changes since a date."""
        await self._show(interaction, "changes", since.strip())

    @app_commands.command(description="Which story I answer from here")
    @app_commands.describe(
        story="For managers: the story to answer from", where="The whole server, or this channel alone"
    )
    @app_commands.choices(
        where=[
            Choice(name=locale_str("the whole server", **{KEY: "story.where.server"}), value=SERVER),
            Choice(name=locale_str("this channel alone", **{KEY: "story.where.channel"}), value=CHANNEL),
        ]
    )
    async def story(self, interaction: discord.Interaction, story: str | None = None, where: str = SERVER) -> None:
        """Show which stories answer here; if `story` is given, bind it first."""
        renderer = renderer_of(interaction)
        if story is not None and not may_choose(interaction):
            await notify(interaction, renderer.text("story.forbidden"))
            return
        if story is not None and story not in {EVERY_STORY, *(card.id for card in self._cards(interaction))}:
            name = escaped(limits.clip(story, limits.CHOICE_NAME))
            await notify(interaction, renderer.text("story.unknown", name=name))
            return
        if story is not None:
            target, is_server = binding_target(interaction, where)
            unbound = is_server and story == EVERY_STORY  # a channel must be bound, to override its server's binding
            owner = interaction.user.id if interaction.guild_id is None else None
            binding = self._stories.bindings.bind(target, None if unbound else story, owner)
            await defer_if_slow(interaction, binding, ephemeral=True)
        text = limits.join_lines(story_lines(self._cards(interaction), renderer), limits.MESSAGE)
        await notify(interaction, text)

    @app_commands.command(name="help", description="What I can do, with examples")
    @app_commands.describe(topic="What you want help with")
    @app_commands.choices(
        topic=[
            Choice(name=locale_str(name, **{KEY: f"help.topic.{topic}"}), value=topic) for topic, name in TOPICS.items()
        ]
    )
    async def help_on(self, interaction: discord.Interaction, topic: str = "") -> None:
        """Send help on a topic, or an overview."""
        titles = [card.title for card in self._cards(interaction) if card.answers]
        examples = self._stories.examples(context_of(interaction), MAX_EXAMPLES)
        embed = help_page(topic, titles, examples, self._contact, renderer_of(interaction))
        await respond(interaction, Draft(embeds=(embed,)), ephemeral=True)

    async def check(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Check a message against the stories; the result is ephemeral, so that nobody is corrected in public."""
        checking = check_statements(self._stories, context_of(interaction), text_of(message))
        checked = await defer_if_slow(interaction, checking, ephemeral=True)
        if not checked:
            await notify(interaction, renderer_of(interaction).text("check.none"))
            return
        for draft in check_drafts(checked, renderer_of(interaction), permissions_of(interaction)):
            await respond(interaction, draft, ephemeral=True)

    @who.autocomplete("name")
    @when.autocomplete("event")
    @claims.autocomplete("person")
    @quote.autocomplete("person")
    async def _complete(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        """Offer names; their values are ids, which are short and do not depend on the language."""
        kind = NAMED[interaction.command.name if interaction.command else ""]
        found = complete(self._stories, context_of(interaction), strip_markup(typed), kind, limits.CHOICES)
        return [Choice(name=limits.clip(row.name, limits.CHOICE_NAME), value=row.id) for row in found]

    @story.autocomplete("story")
    async def _complete_story(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        """Offer each story, and all of them together."""
        rows = [(card.title, card.id) for card in self._cards(interaction)]
        rows.append((renderer_of(interaction).text("story.all"), EVERY_STORY))
        found = [
            Choice(name=limits.clip(title, limits.CHOICE_NAME), value=value)
            for title, value in rows
            if typed.casefold() in title.casefold()
        ]
        return found[: limits.CHOICES]

    def _cards(self, interaction: discord.Interaction) -> tuple[StoryCard, ...]:
        return self._stories.cards(context_of(interaction))

    async def _show(self, interaction: discord.Interaction, command: str, about: str) -> None:
        """Send the first page of a command's list with its page buttons, or that nothing was found."""
        context, clock = context_of(interaction), self._stories.clock
        started = clock.perf()
        found = await defer_if_slow(interaction, self._lists[command].find(context, about))
        if found.result is None:
            await self._send(interaction, command, found)
            return
        exchange = exchange_of(found.result, context, JOURNALLED[command], about, (clock.perf() - started) * 1000)
        self._journal.record(exchange)
        with self._sent.delivering(exchange.id):
            await self._send(interaction, command, found, exchange.id)

    async def _send(
        self, interaction: discord.Interaction, command: str, found: Listed | Missing, exchange: str | None = None
    ) -> None:
        """Send the first page, with a button to report a mistake if it is an exchange, or what was not found."""
        if isinstance(found, Missing):
            await respond(interaction, found.draft, ephemeral=True)
            return
        renderer = parts_of(interaction).renderer(found.locale)
        view = page_buttons(Page(command, interaction.user.id, found.locale, found.about), len(found.pages), renderer)
        if exchange:
            view = with_mistake(view, exchange, renderer)
        files = await defer_if_slow(interaction, found.pictures()) if found.pictures else ()
        sent = await respond(interaction, Draft(embeds=(found.pages[0],), view=view, files=tuple(files)))
        for head, facts in found.shown:
            self._sent.add_list(head, facts, Destination.of(interaction), sent)
