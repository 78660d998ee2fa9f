"""The playground's server: a channel, a French reader, an English reader, a manager, and a first conversation."""

from collections.abc import Iterator
from dataclasses import dataclass

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, UserHandle

from bot.answering.editions import Edition
from bot.answering.telling.catalogue import Catalogue
from bot.playground.simulated import ENGLISH

SERVER_ID = 1_000_000_000_000_001  # the editors' server of the playground
FRENCH = "fr"


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


def build_world(env: simcord.Env, locale: str, catalogue: Catalogue) -> World:
    """Create the server; the first viewer and the manager use the visitor's language."""
    server = env.create_guild(
        catalogue.text(locale, "playground.server"), id=SERVER_ID, preferred_locale=_discord_locale(locale)
    )
    role = server.create_role(
        catalogue.text(locale, "playground.managers"), permissions=discord.Permissions(manage_guild=True)
    )
    channel = server.create_text_channel(catalogue.text(locale, "playground.channel"))
    french, english = (server.add_member(env.create_user(name)) for name in ("Lou (français)", "Sam (English)"))
    manager = server.add_member(env.create_user(f"Max ({catalogue.text(locale, 'playground.manager')})"), roles=[role])
    readers = (french, english) if locale == FRENCH else (english, french)
    locales = {french.id: FRENCH, english.id: ENGLISH, manager.id: _discord_locale(locale)}
    return World(env, channel, (*readers, manager), locales)


async def ask_first_questions(world: World, mention: str, edition: Edition, locale: str, catalogue: Catalogue) -> None:
    """Post a welcome, then questions that show a fact, a claim with its denial, a suggestion and an abstention."""
    reader, *_, manager = world.viewers
    await manager.send(world.channel, catalogue.text(locale, "playground.welcome"))
    for question in first_questions(edition, locale):
        await reader.send(world.channel, f"{mention} {question}")


def first_questions(edition: Edition, locale: str) -> Iterator[str]:
    """Yield one question for each kind of reply that the story has an example of."""
    story = edition.story
    asked = {fact.id: fact.asked.get(locale) or fact.asked.get(story.languages[0]) for fact in story.facts}
    shown = [fact for fact in story.shown_facts.values() if asked[fact.id]]
    plain = (fact for fact in shown if fact.kind == "report" and not story.beside(fact))
    contested = (fact for fact in shown if any(other.kind == "denial" for other in story.replies.get(fact.id, ())))
    yield from (asked[fact.id][0] for facts in (plain, contested) for fact in [next(facts, None)] if fact)
    for outcome in ("suggest", "abstain"):
        yield from _first_with_outcome(edition, outcome, locale)


def _first_with_outcome(edition: Edition, outcome: str, locale: str) -> Iterator[str]:
    """Yield the first question that must not be answered and has this outcome, in the locale if there is one."""
    others = []
    for question in edition.story.questions:
        decision = edition.decider.decide(question.ask, locale) if question.expect == "abstain" else None
        if decision and decision.outcome == outcome and decision.cause in {None, "no_fact", "unknown_name"}:
            if decision.language == locale:
                yield question.ask
                return
            others.append(question.ask)
    yield from others[:1]


def _discord_locale(locale: str) -> str:
    return FRENCH if locale == FRENCH else ENGLISH
