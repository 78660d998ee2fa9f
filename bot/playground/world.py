"""The playground's server: a channel, two readers of different languages, a manager, and a first conversation."""

from collections.abc import Iterator
from dataclasses import dataclass

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, UserHandle

from bot.answering.editions import Edition
from bot.answering.languages import DEFAULT_LANGUAGE, code_of, told_in
from bot.answering.telling.catalogue import LANGUAGES, Catalogue, name_of
from bot.story.model import Story

SERVER_ID = 1_000_000_000_000_001  # the editors' server of the playground
READERS = "Lou", "Sam"


@dataclass(frozen=True)
class Seat:
    """A person whom a visitor plays, in the channel or in direct messages with the bot."""

    person: MemberActor
    actor: MemberActor | UserHandle  # the person as a member of the server, or apart from it
    channel: ChannelHandle
    locale: str

    @property
    def is_direct(self) -> bool:
        """Whether these are direct messages."""
        return self.actor is not self.person


@dataclass(frozen=True)
class World:
    """The people in the playground, and their channel."""

    env: simcord.Env
    channel: ChannelHandle
    viewers: tuple[MemberActor, ...]
    locales: dict[int, str]  # of each viewer, by id

    def seat(self, viewer: str | None = None, *, is_direct: bool = False) -> Seat:
        """Return the seat of the viewer with this id, of the first one if there is none."""
        person = next((one for one in self.viewers if str(one.id) == viewer), self.viewers[0])
        channel, actor = (person.user.dm_channel, person.user) if is_direct else (self.channel, person)
        return Seat(person, actor, channel, self.locales[person.id])


def build_world(env: simcord.Env, locale: str, story: Story, catalogue: Catalogue) -> World:
    """Create the server; the first viewer and the manager use the visitor's language, the second another one."""
    own = _discord_locale(locale)
    server = env.create_guild(catalogue.text(locale, "playground.server"), id=SERVER_ID, preferred_locale=own)
    role = server.create_role(
        catalogue.text(locale, "playground.managers"), permissions=discord.Permissions(manage_guild=True)
    )
    channel = server.create_text_channel(catalogue.text(locale, "playground.channel"))
    spoken = [code for code in dict.fromkeys((locale, DEFAULT_LANGUAGE, *story.languages)) if code in LANGUAGES]
    readers = {
        server.add_member(env.create_user(f"{name} ({name_of(code)})")): _discord_locale(code)
        for name, code in zip(READERS, spoken, strict=False)
    }
    manager = server.add_member(env.create_user(f"Max ({catalogue.text(locale, 'playground.manager')})"), roles=[role])
    locales = {reader.id: spoken for reader, spoken in readers.items()}
    return World(env, channel, (*readers, manager), {**locales, manager.id: own})


async def ask_first_questions(world: World, mention: str, edition: Edition, locale: str, catalogue: Catalogue) -> None:
    """Post a welcome, then questions that show a fact, a claim with its denial, a suggestion and an abstention."""
    reader, *_, manager = world.viewers
    await manager.send(world.channel, catalogue.text(locale, "playground.welcome"))
    for question in first_questions(edition, locale):
        await reader.send(world.channel, f"{mention} {question}")


def first_questions(edition: Edition, locale: str) -> Iterator[str]:
    """Yield one question for each kind of reply that the story has an example of."""
    story = edition.story
    language = told_in(story.languages, locale)
    asked = {fact.id: fact.asked.get(language) or fact.asked.get(story.languages[0]) for fact in story.facts}
    shown = [fact for fact in story.shown_facts.values() if asked[fact.id]]
    plain = (fact for fact in shown if fact.kind == "report" and not story.beside(fact))
    contested = (fact for fact in shown if any(other.kind == "denial" for other in story.replies.get(fact.id, ())))
    yield from (asked[fact.id][0] for facts in (plain, contested) for fact in [next(facts, None)] if fact)
    for outcome in ("suggest", "abstain"):
        yield from _first_with_outcome(edition, outcome, language)


def _first_with_outcome(edition: Edition, outcome: str, language: str) -> Iterator[str]:
    """Yield the first question that must not be answered and has this outcome, in the language if there is one."""
    others = []
    for question in edition.story.questions:
        decision = edition.decider.decide(question.ask, language) if question.expect == "abstain" else None
        if decision and decision.outcome == outcome and decision.cause in {None, "no_fact", "unknown_name"}:
            if decision.language == language:
                yield question.ask
                return
            others.append(question.ask)
    yield from others[:1]


def _discord_locale(code: str) -> str:
    """Return the first of Discord's locales for a language: "en-US" for "en"."""
    return next(locale.value for locale in discord.Locale if code_of(locale.value) == code)
