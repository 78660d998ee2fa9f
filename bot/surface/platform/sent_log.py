"""Remember which messages show which facts: to correct them, to go on from them, and not to answer twice in a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord
from cachetools import TTLCache

from bot.answering.cited import CitedFact
from bot.answering.head import Head
from bot.answering.history import ShownMessage
from bot.answering.ports import Clock, History, Journal
from bot.answering.reply import Reply

FRESH_SECONDS = 60.0
MAX_RECENT = 5_000  # answers


@dataclass(frozen=True)
class Place:
    """Where a message stands: a channel, or the direct messages of one user."""

    channel: int
    user: int | None = None

    @classmethod
    def of(cls, source: discord.Interaction | discord.Message) -> "Place":
        """Return where an interaction or a message comes from."""
        if isinstance(source, discord.Interaction):
            return cls(source.channel_id or 0, source.user.id if source.guild_id is None else None)
        return cls(source.channel.id, None if source.guild else source.author.id)


@dataclass(frozen=True)
class Spot:
    """A fact in a channel, as one version of its story tells it in one language."""

    channel: int
    story: str
    version: str
    fact: str
    locale: str

    @classmethod
    def of(cls, reply: Reply, channel: int) -> "Spot | None":
        """Return where an answer goes; None for a reply that is no answer, and for the answers to several questions."""
        if not reply.facts or reply.also:
            return None
        return cls(channel, reply.story, reply.version, reply.facts[0].id, reply.locale)


class SentLog:
    """Stores what messages show, and remembers the answers of the last minute."""

    def __init__(self, journal: Journal, history: History, clock: Clock) -> None:
        self._journal = journal
        self._history = history
        self._clock = clock
        self._recent: TTLCache[Spot, int] = TTLCache(MAX_RECENT, FRESH_SECONDS, timer=lambda: clock.now().timestamp())

    def just_sent(self, reply: Reply, channel: int) -> int | None:
        """Return the message that showed this answer in this channel less than a minute ago."""
        spot = Spot.of(reply, channel)
        return self._recent.get(spot) if spot else None

    def add_reply(self, reply: Reply, place: Place, messages: Sequence[int]) -> None:
        """Remember that messages which may be edited show an answer; the first may become another one.

        The nearest on record is listed: in a later version another fact may be nearer, or be the answer. So are the
        answers to several questions: a correction of one of them concerns the whole message.
        """
        spot = Spot.of(reply, place.channel)
        if spot is None or not messages:
            facts = [fact for sides in reply.answers for fact in sides] or reply.nearest
            self.add_list(reply.head, facts, place, messages if facts else ())
            return
        first, *others = messages
        self._recent[spot] = first
        self._add(reply.head, reply.facts, place, first, is_list=False)
        self.add_list(reply.head, reply.facts, place, others)

    def change(self, reply: Reply, place: Place, messages: Sequence[int]) -> None:
        """Remember that messages show a reply in place of what they showed before."""
        for message in messages:
            self._journal.hide(message)
        self.add_reply(reply, place, messages)

    def add_list(self, head: Head, cited: Sequence[CitedFact], place: Place, messages: Sequence[int]) -> None:
        """Remember that messages which may be edited list these facts, or turn to them."""
        for message in messages:
            self._add(head, cited, place, message, is_list=True)

    async def add_parts(self, message: int, others: Sequence[int]) -> None:
        """Remember that further messages of a page, if it has to be text, show what the first one does."""
        shown = await self.shown_by(message) if others else None
        if shown:
            for other in others:
                self._journal.show(replace(shown, message=other, is_list=True))

    async def shown_by(self, message: int) -> ShownMessage | None:
        """Return what a message shows; None if that is not stored."""
        return await self._history.shown_by(message)

    async def correct(self, message: ShownMessage, version: str, facts: Sequence[str]) -> None:
        """Remember what a message shows since it was corrected."""
        await self._history.show_again(message, version, facts)

    def forget(self, message: int) -> None:
        """Forget a message that is gone, so that nobody is pointed to it."""
        for spot in [spot for spot, shown in self._recent.items() if shown == message]:
            self._recent.pop(spot, None)

    def _add(self, head: Head, cited: Sequence[CitedFact], place: Place, message: int, *, is_list: bool) -> None:
        facts, now = tuple(dict.fromkeys(fact.id for fact in cited)), self._clock.now()
        self._journal.show(
            ShownMessage(message, place.channel, is_list, head.story, head.version, head.locale, facts, now, place.user)
        )
