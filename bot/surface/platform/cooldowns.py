"""Keep one user from asking all the time: a number of times in a while, and when to come back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
from cachetools import LRUCache
from discord.app_commands import Cooldown

from bot.answering.ports import Clock
from bot.surface.platform.render import Renderer

MAX_COUNTS = 10_000  # remembered; the one that nobody added to for longest is forgotten first


@dataclass(frozen=True, eq=False)  # compared by identity: two rates may have the same numbers
class Rate:
    """How often one user may do something."""

    times: int
    seconds: float


QUESTIONS = Rate(12, 60.0)  # commands, and questions in chat
PRESSES = Rate(40, 60.0)  # of buttons
MISTAKES = Rate(5, 3600.0)  # reports to the editors


@dataclass(frozen=True)
class Wait:
    """When somebody may ask again, and whether they hear it for the first time."""

    until: datetime
    is_news: bool


class Cooldowns:
    """Counts what each user does; the bot's owners may do it as they like."""

    def __init__(self, clock: Clock, owners: frozenset[int]) -> None:
        self._clock = clock
        self._owners = owners
        self._counts: LRUCache[tuple[Rate, int], Cooldown] = LRUCache(MAX_COUNTS)
        self._told: LRUCache[tuple[Rate, int], datetime] = LRUCache(MAX_COUNTS)

    def wait(self, user: int, rate: Rate) -> Wait | None:
        """Count what a user does; if it was too often, return how long they have to wait instead."""
        if user in self._owners:
            return None
        now, key = self._clock.now(), (rate, user)
        seconds = self._counts.setdefault(key, Cooldown(rate.times, rate.seconds)).update_rate_limit(now.timestamp())
        if seconds is None:
            return None
        is_news = self._told.get(key, now) <= now
        until = now + timedelta(seconds=seconds)
        self._told[key] = until
        return Wait(until, is_news)


def wait_words(wait: Wait, renderer: Renderer) -> str:
    """Say when to come back, as a time that Discord shows in the reader's own words."""
    return renderer.say("cooldown", when=discord.utils.format_dt(wait.until, "R"))
