"""What the use cases need from outside, as protocols; those that tests fake have a contract in tests/contracts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.answering.editions import ReloadReport, Shelf
from bot.answering.exchange import Asked, Exchange
from bot.answering.feedback import Mistake, ReportedMistake, Waiting
from bot.answering.history import Revision, ShownMessage
from bot.answering.privacy import Kept
from bot.matching.ranking.encoder import Encoder

__all__ = [
    "Bindings",
    "Clock",
    "Encoder",
    "Feedback",
    "History",
    "Journal",
    "Library",
    "Privacy",
    "Reports",
    "SyncState",
]


class Library(Protocol):
    """Where the stories come from."""

    @property
    def current(self) -> Shelf:
        """The stories to answer from; read it once per question."""

    async def reload(self) -> ReloadReport:
        """Read the files again; any error keeps the old stories."""

    async def changed(self, seen: Shelf) -> Shelf:
        """Wait until the stories are no longer those; return them."""


class Journal(Protocol):
    """Where exchanges are kept."""

    def record(self, exchange: Exchange) -> None:
        """Keep an exchange, soon: never waits, never raises."""

    def show(self, shown: ShownMessage) -> None:
        """Keep which message showed which facts, soon: never waits, never raises."""

    def hide(self, message: int) -> None:
        """Forget what a message showed, soon, because it shows something else now: never waits, never raises."""


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


class Feedback(Protocol):
    """What readers say of replies."""

    async def vote(self, exchange: str, user: int, at: datetime, *, helpful: bool) -> None:
        """Keep a user's only vote on a reply, instead of the one before."""

    async def report(self, mistake: Mistake, user: int) -> int:
        """Put a mistake into the editors' queue; return its number."""

    async def mistakes(self, limit: int) -> list[ReportedMistake]:
        """Return the mistakes that are not settled, the oldest first."""

    async def settle(self, number: int, at: datetime) -> bool:
        """Take a mistake out of the queue; False where it is not there."""

    async def wait(self, waiting: Waiting) -> None:
        """Keep that somebody waits for an answer."""

    async def waiting(self) -> list[Waiting]:
        """Return everybody who waits, the longest first."""

    async def cancel(self, user: int, exchange: str) -> bool:
        """Forget that somebody waits for an answer to an exchange; False where nobody does."""

    async def stop_waiting(self, user: int, question: str) -> None:
        """Forget that somebody waits for the answer to a question, wherever it was put."""


class History(Protocol):
    """What was shown where, and how the stories changed."""

    async def shown_since(self, at: datetime) -> list[ShownMessage]:
        """Return the messages of that time and later; older ones are forgotten."""

    async def shown_by(self, message: int) -> ShownMessage | None:
        """Return what a message shows; None where that is not kept."""

    async def show_again(self, message: ShownMessage, version: str, facts: Sequence[str]) -> None:
        """Keep what a message shows of its story since it was edited; nothing where it shows no fact any more."""

    async def last_told(self, story: str) -> Mapping[str, str] | None:
        """Return the fingerprints of the version that was loaded last; None where the story is new."""

    async def keep(self, story: str, facts: Mapping[str, str], revision: Revision) -> None:
        """Keep the fingerprints of a version, and what changed in it."""

    async def revisions(self, story: str, since: datetime | None = None) -> list[Revision]:
        """Return what changed, the newest version first."""

    async def first_loaded(self, story: str) -> datetime | None:
        """Return when a story was loaded for the first time."""


class Privacy(Protocol):
    """What a user may know of, take away and forbid."""

    def is_opted_out(self, user: int) -> bool:
        """Tell whether nothing of a user is to be kept; from memory."""

    async def opt_out(self, user: int, at: datetime, *, out: bool) -> None:
        """Keep nothing of a user from now on, or again what is kept of everybody."""

    async def kept(self, user: int) -> Kept:
        """Return everything that is kept of a user."""

    async def forget(self, user: int) -> int:
        """Delete everything that is kept of a user, but not that they opted out; return how many rows."""


class SyncState(Protocol):
    """Small values that outlive a restart: what was last sent to Discord's command registry, what managers know."""

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
