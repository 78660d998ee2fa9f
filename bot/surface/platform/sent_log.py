"""Record which messages show which facts: to correct them, to resolve follow-ups, and not to repeat an answer."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import discord
from cachetools import TTLCache

from bot.answering.cited import CitedFact
from bot.answering.head import Head
from bot.answering.history import ShownMessage
from bot.answering.outbox import Outbox
from bot.answering.ports import Clock, History
from bot.answering.reply import Reply
from bot.surface.platform.attempts import begin_delivery, current_delivery

REPEAT_AFTER_SECONDS = 60.0
MAX_RECENT_ANSWERS = 5_000


@dataclass(frozen=True)
class Destination:
    """Where a message is sent: a channel, or one user's direct messages."""

    channel: int
    user: int | None = None

    @classmethod
    def of(cls, source: discord.Interaction | discord.Message) -> "Destination":
        """Return where an interaction or a message came from."""
        if isinstance(source, discord.Interaction):
            return cls(source.channel_id or 0, source.user.id if source.guild_id is None else None)
        return cls(source.channel.id, None if source.guild else source.author.id)


@dataclass(frozen=True)
class AnswerKey:
    """What identifies an answer in a channel: the fact, its story's version, the language."""

    channel: int
    story: str
    version: str
    fact: str
    locale: str

    @classmethod
    def of(cls, reply: Reply, channel: int) -> "AnswerKey | None":
        """Return the key of an answer; None for any other reply, and for answers to several questions."""
        if not reply.facts or reply.also:
            return None
        return cls(channel, reply.story, reply.version, reply.facts[0].id, reply.locale)


class SentLog:
    """Stores which facts messages show, and caches the answers of the last minute."""

    def __init__(self, journal: Outbox, history: History, clock: Clock) -> None:
        self._journal = journal
        self._history = history
        self._clock = clock
        self._recent: TTLCache[AnswerKey, int] = TTLCache(
            MAX_RECENT_ANSWERS, REPEAT_AFTER_SECONDS, timer=lambda: clock.now().timestamp()
        )
        self._key_of: TTLCache[int, AnswerKey] = TTLCache(
            MAX_RECENT_ANSWERS, REPEAT_AFTER_SECONDS, timer=lambda: clock.now().timestamp()
        )

    @contextmanager
    def delivering(self, exchange: str) -> Iterator[None]:
        """Journal an exchange at the end of the block, in which its reply is sent; as unanswered if that fails."""
        delivery = current_delivery() or begin_delivery()
        delivery.is_reply, delivery.is_taken = True, False
        try:
            yield
            delivery.is_taken = True
        finally:  # if the bot stops, Discord may have taken a reply whose task still waits for a rate limit
            self._journal.settle(exchange, delivered=delivery.is_taken)
            delivery.is_reply = False

    def just_sent(self, reply: Reply, channel: int) -> int | None:
        """Return the id of the message that showed this answer in this channel less than a minute ago."""
        key = AnswerKey.of(reply, channel)
        return self._recent.get(key) if key else None

    def add_reply(self, reply: Reply, destination: Destination, messages: Sequence[int]) -> None:
        """Record the messages that show a reply in a destination; the first may be corrected later.

        The nearest fact on record is recorded as a list, since in a later version another fact may be nearer or be the
        answer. So are answers to several questions, since a correction of one concerns the whole message.
        """
        key = AnswerKey.of(reply, destination.channel)
        if key is None or not messages:
            facts = [fact for sides in reply.answers for fact in sides] or reply.nearest
            self.add_list(reply.head, facts, destination, messages if facts else ())
            return
        first, *others = messages
        self._recent[key], self._key_of[first] = first, key
        self._add(reply.head, reply.facts, destination, first, is_list=False)
        self.add_list(reply.head, reply.facts, destination, others)

    def change(self, reply: Reply, destination: Destination, messages: Sequence[int]) -> None:
        """Record that messages now show a reply instead of what they showed before."""
        self.clear(messages)
        self.add_reply(reply, destination, messages)

    def clear(self, messages: Sequence[int]) -> None:
        """Record that messages no longer show a fact."""
        for message in messages:
            self._journal.remove_message(message)

    def add_list(
        self, head: Head, cited: Sequence[CitedFact], destination: Destination, messages: Sequence[int]
    ) -> None:
        """Record the messages that list these facts, on any of their pages."""
        for message in messages:
            self._add(head, cited, destination, message, is_list=True)

    async def add_followups(self, message: int, others: Sequence[int]) -> None:
        """Record that the further messages of a page sent as text show the same facts as the first."""
        shown = await self.shown_by(message) if others else None
        if shown:
            for other in others:
                self._journal.add_message(replace(shown, message=other, is_list=True))

    async def shown_by(self, message: int) -> ShownMessage | None:
        """Return what a message shows; None if it is not recorded."""
        return await self._history.shown_by(message)

    async def shown_between(self, channel: int, first: int, last: int) -> list[int]:
        """Return the recorded messages of a channel between two ids, sorted."""
        return await self._history.shown_between(channel, first, last)

    async def correct(self, message: ShownMessage, version: str, facts: Sequence[str]) -> None:
        """Record what a message shows after its correction."""
        await self._history.update_message(message, version, facts)

    def forget(self, message: int) -> None:
        """Forget a deleted message, so that no reply links to it."""
        key = self._key_of.pop(message, None)
        if key and self._recent.get(key) == message:
            self._recent.pop(key, None)

    def _add(
        self, head: Head, cited: Sequence[CitedFact], destination: Destination, message: int, *, is_list: bool
    ) -> None:
        facts, now = tuple(dict.fromkeys(fact.id for fact in cited)), self._clock.now()
        self._journal.add_message(
            ShownMessage(
                message,
                destination.channel,
                is_list,
                head.story,
                head.version,
                head.locale,
                facts,
                now,
                destination.user,
            )
        )
