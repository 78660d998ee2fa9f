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
        """Read the files again; if there is an error, the old stories stay."""

    async def changed(self, seen: Shelf) -> Shelf:
        """Wait until the stories are others than these, and return them."""


class Journal(Protocol):
    """Where exchanges are stored."""

    def record(self, exchange: Exchange) -> None:
        """Queue an exchange to be stored, unless the user opted out; never waits, never raises."""

    def show(self, shown: ShownMessage) -> None:
        """Queue which facts a message shows, unless it is a direct message to a user who opted out; never waits."""

    def hide(self, message: int) -> None:
        """Queue a shown message to be deleted."""


class Bindings(Protocol):
    """Which servers and channels are bound to one story; a place is the id of one or the other."""

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        """Return the story that a channel is bound to, else the one it is a thread of, else its server.

        None if no place is bound, EVERY_STORY if one is bound to them all.
        """

    async def bind(self, place: int, story: str | None) -> None:
        """Bind a server or channel to a story, or remove its binding."""


class Reports(Protocol):
    """What the journal knows of questions that were asked."""

    async def asked(self, exchange: str) -> Asked | None:
        """Return the question of an exchange, even one still queued; None if it is not stored."""


class Feedback(Protocol):
    """What readers say of replies."""

    async def vote(self, exchange: str, user: int, at: datetime, *, helpful: bool) -> None:
        """Store a user's vote on a reply, replacing any earlier one."""

    async def report(self, mistake: Mistake, user: int) -> int:
        """Add a mistake to the editors' queue and return its number; the reporter is not stored if they opted out."""

    async def mistakes(self, limit: int) -> list[ReportedMistake]:
        """Return the unsettled mistakes, oldest first."""

    async def settle(self, number: int, at: datetime) -> bool:
        """Settle a mistake; return whether it was in the queue."""

    async def wait(self, waiting: Waiting) -> None:
        """Store that a user is waiting for an answer."""

    async def waiting(self) -> list[Waiting]:
        """Return everyone who is waiting, longest wait first."""

    async def cancel(self, user: int, exchange: str) -> bool:
        """Cancel a user's wait for an answer to an exchange; return whether there was one."""

    async def stop_waiting(self, user: int, question: str) -> None:
        """Cancel a user's waits for the answer to a question, wherever it was asked."""


class History(Protocol):
    """What was shown where, and how the stories changed."""

    async def shown_since(self, at: datetime) -> list[ShownMessage]:
        """Return the messages shown since a time, and delete the older ones."""

    async def shown_by(self, message: int) -> ShownMessage | None:
        """Return what a message shows; None if it is not stored."""

    async def show_again(self, message: ShownMessage, version: str, facts: Sequence[str]) -> None:
        """Store what a message shows of its story after an edit; delete it if it shows no fact any more."""

    async def last_told(self, story: str) -> Mapping[str, str] | None:
        """Return the facts' fingerprints in the last version that was loaded; None if the story is new."""

    async def keep(self, story: str, facts: Mapping[str, str], revision: Revision) -> None:
        """Store the fingerprints of a version, and what changed in it."""

    async def revisions(self, story: str, since: datetime | None = None) -> list[Revision]:
        """Return the changes of a story, newest version first."""

    async def first_loaded(self, story: str) -> datetime | None:
        """Return when a story was loaded for the first time."""


class Privacy(Protocol):
    """What a user may see, take away, delete and forbid."""

    def is_opted_out(self, user: int) -> bool:
        """Return whether a user opted out of being stored."""

    async def opt_out(self, user: int, at: datetime, *, out: bool) -> None:
        """Stop storing a user's data from now on (`out`), or start again."""

    async def kept(self, user: int) -> Kept:
        """Return everything that is stored about a user."""

    async def forget(self, user: int) -> int:
        """Delete everything stored about a user except their opt-out; return the number of rows."""


class SyncState(Protocol):
    """Small values that outlive a restart: what was last sent to Discord's command registry, what managers know."""

    async def read(self, key: str) -> str | None:
        """Return the value stored under a key."""

    async def write(self, key: str, value: str) -> None:
        """Store a value under a key."""


class Clock(Protocol):
    """The time, so that tests and the playground can set it."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""

    def perf(self) -> float:
        """Return seconds that only go forward, for measuring."""
