"""What the use cases need from outside, as protocols; each has a contract suite in tests/."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.answering.values import Exchange
from bot.matching.decide import Decider
from bot.matching.encoder import Encoder
from bot.story.model import Story

__all__ = ["Clock", "Edition", "Encoder", "Journal", "Library", "ReloadReport", "SyncState"]


@dataclass(frozen=True)
class Edition:
    """One story as it was loaded, with what decides its answers; replaced whole, never changed."""

    story: Story
    decider: Decider
    version: str
    answered: float  # share of the story's own questions in scope that get their fact


@dataclass(frozen=True)
class ReloadReport:
    """What came of a reload; `loaded` is False where the old story was kept."""

    loaded: bool
    problems: tuple[str, ...]  # the errors that kept it out, else the warnings: `path:line:column: level[rule] message`
    edition: Edition


class Library(Protocol):
    """Where the story comes from."""

    @property
    def current(self) -> Edition:
        """The story to answer from; read it once per question."""

    async def reload(self) -> ReloadReport:
        """Read the files again; any error keeps the old story."""


class Journal(Protocol):
    """Where exchanges are kept."""

    def record(self, exchange: Exchange) -> None:
        """Keep an exchange, soon: never waits, never raises."""


class SyncState(Protocol):
    """What was last sent to Discord's command registry."""

    async def read(self, key: str) -> str | None:
        """Return the value kept under the key."""

    async def write(self, key: str, value: str) -> None:
        """Keep the value under the key."""


class Clock(Protocol):
    """The time, so that tests and the playground can set it."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""

    def perf(self) -> float:
        """Return seconds that only go forward, for measuring."""
