"""What the use cases need from outside, as protocols; each has a contract suite in tests/."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.answering.values import Asked, Exchange
from bot.matching.decide import Decider
from bot.matching.encoder import Encoder
from bot.story.model import Story

__all__ = [
    "EVERY_STORY",
    "Bindings",
    "Clock",
    "Edition",
    "Encoder",
    "Journal",
    "Library",
    "ReloadReport",
    "Reports",
    "Shelf",
    "SyncState",
]


EVERY_STORY = "*"  # in the place of a story's id


@dataclass(frozen=True)
class Edition:
    """One story as it was loaded, with what decides its answers; replaced whole, never changed."""

    story: Story
    decider: Decider
    version: str
    answered: float  # share of the story's own questions in scope that get their fact


@dataclass(frozen=True)
class Shelf:
    """The stories that are loaded, in the order of their ids; replaced whole, never changed."""

    editions: tuple[Edition, ...]

    def of(self, story: str | None) -> tuple[Edition, ...]:
        """Return the edition of that story alone; all of them where it is none that is loaded."""
        return tuple(edition for edition in self.editions if edition.story.id == story) or self.editions

    @property
    def by_id(self) -> dict[str, Edition]:
        """The editions by the id of their story."""
        return {edition.story.id: edition for edition in self.editions}


@dataclass(frozen=True)
class ReloadReport:
    """What came of a reload; `loaded` is False where the old stories were kept."""

    loaded: bool
    problems: tuple[str, ...]  # the errors that kept it out, else the warnings: `path:line:column: level[rule] message`
    shelf: Shelf


class Library(Protocol):
    """Where the stories come from."""

    @property
    def current(self) -> Shelf:
        """The stories to answer from; read it once per question."""

    async def reload(self) -> ReloadReport:
        """Read the files again; any error keeps the old stories."""


class Journal(Protocol):
    """Where exchanges are kept."""

    def record(self, exchange: Exchange) -> None:
        """Keep an exchange, soon: never waits, never raises."""


class Bindings(Protocol):
    """Which servers and channels are bound to one story; a place is the id of one or the other."""

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        """Return the story that a channel is bound to, else the one it is a thread of, else its server.

        None where no place is bound, EVERY_STORY where one is bound to them all.
        """

    async def bind(self, place: int, story: str | None) -> None:
        """Bind a place to a story, or to none."""


class Reports(Protocol):
    """What the journal tells of questions that were asked."""

    async def asked(self, exchange: str) -> Asked | None:
        """Return the question of an exchange; None where it is not kept."""


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
