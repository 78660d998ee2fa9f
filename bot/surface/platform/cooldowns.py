"""Limit how often each user may ask, press a button or report a mistake."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
from cachetools import LRUCache
from discord.app_commands import Cooldown

from bot.answering.ports import Clock, Uses
from bot.surface.platform.render import Renderer

MAX_COUNTS = 10_000  # the least recently used count is dropped first


@dataclass(frozen=True, eq=False)  # compared by identity, since two rates may have the same numbers
class Rate:
    """How often one user may do something: `times` in `seconds`."""

    times: int
    seconds: float
    kind: str = ""  # what is limited, if it is limited together with other processes


QUESTION_RATE = Rate(12, 60.0, "question")  # commands, and questions in chat
PRESS_RATE = Rate(40, 60.0, "press")  # of buttons
BUSY_RATE = Rate(1, 60.0)  # notices in chat that there are too many questions
MISTAKE_RATE = Rate(5, 3600.0, "mistake")  # mistakes reported to the editors


@dataclass(frozen=True)
class Refusal:
    """When a user may try again, and whether this is the first notice of it."""

    until: datetime
    is_first_notice: bool


class Cooldowns:
    """Counts what each user does, beside what other processes counted; the bot's owners have no limit."""

    def __init__(self, clock: Clock, owners: frozenset[int], shared: Uses | None = None) -> None:
        self._clock = clock
        self._shared = shared
        self._owners = owners
        self._counts: LRUCache[tuple[Rate, int], Cooldown] = LRUCache(MAX_COUNTS)
        self._notified_until: LRUCache[tuple[Rate, int], datetime] = LRUCache(MAX_COUNTS)

    def count(self, user: int, rate: Rate) -> Refusal | None:
        """Count one use; return None if it is allowed, else when the user may try again."""
        if user in self._owners:
            return None
        now, key = self._clock.now(), (rate, user)
        cooldown = self._counts.setdefault(key, Cooldown(rate.times, rate.seconds))
        until = self._until_elsewhere(cooldown, user, rate, now)
        if until is None:
            seconds = cooldown.update_rate_limit(now.timestamp())
            if seconds is None:
                if self._shared and rate.kind:
                    self._shared.note(rate.kind, user, rate.seconds)
                return None
            until = now + timedelta(seconds=seconds)
        is_first_notice = self._notified_until.get(key, now) <= now
        self._notified_until[key] = until
        return Refusal(until, is_first_notice)

    def _until_elsewhere(self, cooldown: Cooldown, user: int, rate: Rate, now: datetime) -> datetime | None:
        """Return when a user may try again, if uses in other processes leave none here; else None."""
        if not self._shared or not rate.kind:
            return None
        number, until = self._shared.elsewhere(rate.kind, user, now)
        return until if number and number >= cooldown.get_tokens(now.timestamp()) else None


def cooldown_message(refusal: Refusal, renderer: Renderer) -> str:
    """Return the sentence that says when to try again, as a relative Discord timestamp."""
    return renderer.text("cooldown", when=discord.utils.format_dt(refusal.until, "R"))
