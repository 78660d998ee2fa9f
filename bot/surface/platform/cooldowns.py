"""Keep one user from asking all the time: a number of times in a while, and when to come back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
from cachetools import LRUCache
from discord.app_commands import Cooldown

from bot.answering.ports import Clock
from bot.surface.platform.render import Renderer

QUESTIONS, PRESSES, MISTAKES = (12, 60.0), (40, 60.0), (5, 3600.0)  # how often, and in how many seconds
MOST = 10_000  # users remembered; whoever was silent for longest is forgotten first


@dataclass(frozen=True)
class Wait:
    """When somebody may ask again, and whether they hear it for the first time."""

    until: datetime
    is_news: bool


class Cooldowns:
    """Counts what each user does; the bot's owners may do it as they like."""

    def __init__(self, clock: Clock, owners: frozenset[int], rate: tuple[int, float]) -> None:
        self._clock = clock
        self._rate = rate
        self._owners = owners
        self._users: LRUCache[int, Cooldown] = LRUCache(MOST)
        self._told: LRUCache[int, datetime] = LRUCache(MOST)

    def wait(self, user: int) -> Wait | None:
        """Count what a user does; return how long they have to wait instead, where that was too often."""
        if user in self._owners:
            return None
        now, cooldown = self._clock.now(), self._users.setdefault(user, Cooldown(*self._rate))
        seconds = cooldown.update_rate_limit(now.timestamp())
        if seconds is None:
            return None
        is_news = self._told.get(user, now) <= now
        until = now + timedelta(seconds=seconds)
        self._told[user] = until
        return Wait(until, is_news)


def wait_words(wait: Wait, renderer: Renderer) -> str:
    """Say when to come back, as a time that Discord shows in the reader's own words."""
    return renderer.say("cooldown", when=discord.utils.format_dt(wait.until, "R"))
