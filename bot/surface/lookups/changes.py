"""The command that tells what changed in a story, version by version."""

from dataclasses import replace
from itertools import groupby
from typing import Any

import discord
from discord import app_commands

from bot.answering.chronicle import ChangeLog, ChangeView
from bot.answering.telling.dates import day_words
from bot.answering.telling.text import attribution
from bot.surface.platform import limits
from bot.surface.platform.pages import Draw, Page, spoken, turner
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.sending import Draft, in_time, respond, say
from bot.surface.platform.services import Place, Services
from bot.surface.platform.translator import Words
from bot.surface.platform.typography import unbroken_embed
from bot.surface.platform.utterance import of_interaction

CHANGES = "changes"
CHANGES_A_PAGE = 5


def changes_command(services: Services, words: Words) -> app_commands.Command[Any, ..., None]:
    """Build `/changes`."""

    @app_commands.command(name=words("command.changes"), description=words("command.changes.description"))
    @app_commands.rename(since=words("command.changes.since"))
    @app_commands.describe(since=words("command.changes.since.description"))
    async def changes(interaction: discord.Interaction, since: str = "") -> None:
        renderer = services.renderer(str(interaction.locale))
        utterance = of_interaction(interaction, "", "look", services.clock)
        try:
            logs = await in_time(interaction, services.chronicle.tell(utterance, since.strip() or None))
        except ValueError:
            await say(interaction, renderer.say("timeline.no_date"), services)
            return
        pages = _pages(logs, services)
        page = Page(CHANGES, interaction.user.id, spoken(interaction), since.strip())
        view = turner(page, len(pages), services)
        sent = await respond(interaction, Draft(embeds=(pages[0],), view=view), services)
        for log in logs:
            views = [view for change in log.changes for view in change.now]
            services.show_list(log, views, Place.of(interaction), sent)

    return changes


def changes_pages(services: Services) -> Draw:
    """Return what draws the pages again when a button turns them."""

    async def draw(interaction: discord.Interaction, page: Page) -> list[discord.Embed]:
        utterance = replace(of_interaction(interaction, "", "look", services.clock), locale=page.locale)
        return _pages(await services.chronicle.tell(utterance, page.about or None), services)

    return draw


def _pages(logs: tuple[ChangeLog, ...], services: Services) -> list[discord.Embed]:
    """Draw each story's changes, some a page, each under its version."""
    pages = []
    for log in logs:
        renderer = services.renderer(log.locale)
        rows = [(change, line) for change in log.changes for line in _lines(change, renderer)]
        for start in range(0, max(len(rows), 1), CHANGES_A_PAGE):
            embed = discord.Embed(
                title=limits.clip(renderer.say("changes.title", title=log.title), limits.EMBED_TITLE),
                colour=COLOURS["report"],
            )
            here = rows[start : start + CHANGES_A_PAGE]
            for (version, at), group in groupby(here, key=lambda row: (row[0].version, row[0].at)):
                name = renderer.say("changes.version", date=day_words(at, log.locale), version=version)
                for lines in limits.chunks([line for _, line in group], limits.EMBED_FIELD_VALUE):
                    renderer.field(embed, name, lines)
            if not here:
                embed.description = renderer.say("changes.none")
            embed.set_footer(text=renderer.say("changes.since", date=day_words(log.since, log.locale)))
            pages.append(unbroken_embed(embed))
    return pages


def _lines(change: ChangeView, renderer: Renderer) -> list[str]:
    """Say what became of a fact, with who asserts it and the other side, as they are now."""
    what = renderer.say(f"changes.{change.what}")
    if not change.now:
        return [f"• {what} {renderer.say('changes.gone', fact=change.fact)}"]
    fact, *others = change.now
    by = attribution(fact, renderer.locale, renderer.catalogue)
    told = f"• {what} {fact.text} ({by}) § {fact.citations[0].paragraph}"
    return limits.blocks([told, *renderer.beside(others)])
