"""What the use cases need from outside, as protocols; each port that tests fake has a contract in tests/contracts."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.answering.editions import Prepared, ReloadReport, Shelf
from bot.answering.edits import Proposal, StoryEdit
from bot.answering.exchange import Asked, Exchange, GapQuestion
from bot.answering.feedback import AwaitedReport, Mistake, ReportedMistake, Settlement, Waiting
from bot.answering.history import Revision, ShownMessage
from bot.answering.privacy import StoredData
from bot.answering.usage import ExportedExchange, Tally
from bot.answering.versions import MAX_KEPT_VERSIONS, KeptVersion, StoryFiles
from bot.matching.ranking.encoder import Encoder
from bot.story.model import Story

__all__ = [
    "Bindings",
    "Clock",
    "DeskLog",
    "Editing",
    "Encoder",
    "Feedback",
    "History",
    "Journal",
    "Library",
    "Privacy",
    "QuestionLog",
    "SyncState",
    "Turns",
    "Usage",
    "Uses",
]


class Library(Protocol):
    """Where the stories come from."""

    @property
    def current(self) -> Shelf:
        """The stories to answer from; read it once per question."""

    async def reload(self) -> ReloadReport:
        """Read the files again and publish them; if there is an error, keep the old stories."""

    async def prepare(self, restored: Sequence[StoryFiles] = ()) -> Prepared:
        """Read and check the files, as if kept files of some stories were written already; publish nothing."""

    async def publish(self, prepared: Prepared) -> ReloadReport:
        """Write the restored files, all or none, then publish; raise OSError if they cannot be written.

        The current stories are kept if there are errors, or if others were published after `prepared` was read.
        """

    async def serve(self, files: StoryFiles) -> None:
        """Serve a story from kept files, as another process published it; the files on disk are left alone.

        Files that can no longer be read as a story change nothing.
        """

    async def read(self, files: StoryFiles) -> Story | None:
        """Return the story in kept files, unchecked; None if they can no longer be read as one."""

    async def on_disk(self, folder: str) -> Mapping[str, str]:
        """Return the SHA-256 of the files of a story's folder, and of all articles' records, by name."""

    async def changed(self, seen: Shelf) -> Shelf:
        """Wait until the current stories are no longer `seen`, and return them."""


class Editing(Protocol):
    """Edits of the stories' files."""

    async def propose(self, edit: StoryEdit) -> Proposal:
        """Try an edit on a copy, and write nothing; raise EditError if it cannot be made."""

    async def apply(self, proposal: Proposal) -> None:
        """Write an edit that was tried; raise EditError, and write nothing, if a file has changed since."""


class Journal(Protocol):
    """Where exchanges are stored."""

    def record(self, exchange: Exchange) -> None:
        """Queue an exchange to be stored, unless the user opted out; never waits, never raises."""

    def add_message(self, shown: ShownMessage) -> None:
        """Queue a message with its facts, unless it is a direct message to a user who opted out; never waits."""

    def remove_message(self, message: int) -> None:
        """Queue the deletion of a message's record."""


class Turns(Protocol):
    """What one process at a time does, of those that share a database."""

    def turn(self, what: str) -> AbstractAsyncContextManager[bool]:
        """Begin something that is done by turns; give False, after a few seconds, if another process does it.

        Raises JournalUnreachableError if nobody can tell.
        """


class Bindings(Protocol):
    """Which servers and channels are bound to one story."""

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        """Return the story bound to the channel, else to its parent channel, else to its server.

        None if none of them is bound; EVERY_STORY if the first one that is bound is bound to all stories.
        """

    async def bind(self, place: int, story: str | None, user: int | None = None) -> None:
        """Bind a server or channel, by its id, to a story, or remove its binding.

        `user` is whose direct messages the channel is, if it is.
        """


class QuestionLog(Protocol):
    """The questions that readers asked, as they are journalled."""

    async def asked(self, exchange: str) -> Asked | None:
        """Return the question of an exchange, even one still queued; None if it is not stored."""

    async def recent(self, limit: int) -> list[Asked]:
        """Return the questions that readers typed last, each text once, newest first."""

    async def gap_questions(self, since: datetime | None, limit: int) -> list[GapQuestion]:
        """Return the last questions without an answer, or with one voted unhelpful, newest first.

        Questions that no later version can answer are not among them (see `CAUSES_WITHOUT_GAP`).
        """


class Uses(Protocol):
    """How often users did what is limited, in all processes."""

    def elsewhere(self, kind: str, user: int, now: datetime) -> tuple[int, datetime]:
        """Return how often a user did it in other processes, as far as is known, and until when that counts."""

    def note(self, kind: str, user: int, seconds: float) -> None:
        """Note that a user did it here, for as many seconds; never waits, never raises."""


class Usage(Protocol):
    """How the bot is used, without who uses it."""

    async def tally(self, since: datetime, until: datetime) -> Tally:
        """Count the exchanges from `since` to before `until`."""

    def exchanges(self, since: datetime | None) -> AsyncIterator[ExportedExchange]:
        """Yield the exchanges since a moment, oldest first; all of them if it is None."""


class Feedback(Protocol):
    """Readers' feedback on replies."""

    async def vote(self, exchange: str, user: int, at: datetime, *, helpful: bool) -> None:
        """Store a user's vote on a reply, replacing any earlier one."""

    async def report(self, mistake: Mistake, user: int) -> int:
        """Add a mistake to the editors' queue and return its number.

        Of users who opted out, neither who they are nor the link to the message is stored.
        """

    async def mistakes(self, limit: int) -> list[ReportedMistake]:
        """Return the unsettled mistakes, oldest first."""

    async def mistake(self, number: int) -> ReportedMistake | None:
        """Return a mistake, settled or not; None if it is not stored."""

    async def settle(self, number: int, settlement: Settlement) -> bool:
        """Settle a mistake; return whether it was in the queue."""

    async def awaited(self) -> list[AwaitedReport]:
        """Return the settled reports whose reporter is still to be told."""

    async def stop_awaiting(self, number: int) -> None:
        """Delete the id of a report's reporter: they were told, or cannot be."""

    async def wait(self, waiting: Waiting) -> bool:
        """Store that a user is waiting for an answer; return False if they wait for MAX_WAITS answers already."""

    async def waiting(self) -> list[Waiting]:
        """Return everyone who is waiting, longest wait first."""

    async def cancel(self, user: int, exchange: str) -> bool:
        """Cancel a user's wait for an answer to an exchange; return whether there was one."""

    async def confirm(self, answered: Collection[str], story: str, fact: str) -> int:
        """Store that a fact answers these exchanges' question, for whoever waits; return how many users do."""

    async def stop_waiting(self, told: Waiting) -> None:
        """Cancel a user's waits for the question or the fact that they were told about, wherever they asked."""


class History(Protocol):
    """Which messages show which facts, and how the stories changed."""

    async def shown_since(self, at: datetime, current: Mapping[str, str] = ...) -> list[ShownMessage]:
        """Return the messages sent since a time, and delete the records of older ones.

        Left out are those that show the current version of their story; `current` has the versions by story.
        """

    async def shown_by(self, message: int) -> ShownMessage | None:
        """Return what a message shows; None if it is not stored."""

    async def shown_between(self, channel: int, first: int, last: int) -> list[int]:
        """Return the ids of the stored messages of a channel between two ids, sorted."""

    async def update_message(self, message: ShownMessage, version: str, facts: Sequence[str]) -> None:
        """Store which of its story's facts a message shows after an edit; delete the record if it shows none."""

    async def fingerprints(self, story: str) -> Mapping[str, str] | None:
        """Return the facts' fingerprints in the last version that was loaded; None if the story is new."""

    async def add_revision(
        self,
        story: str,
        facts: Mapping[str, str],
        revision: Revision,
        files: StoryFiles | None = None,
        after: KeptVersion | None = None,
    ) -> bool:
        """Store a version: its facts' fingerprints, what changed in it, and its files.

        Return False, and store nothing, if another process has stored a version since `after`, the last one until then.
        """

    async def versions(self, story: str | None = None, limit: int = MAX_KEPT_VERSIONS) -> list[KeptVersion]:
        """Return the versions of a story, or of all, that are kept whole, newest first."""

    async def published(self) -> list[KeptVersion]:
        """Return the last version of each story."""

    async def files(self, version: KeptVersion) -> StoryFiles:
        """Return the files of a kept version."""

    async def revisions(self, story: str, since: datetime | None = None) -> list[Revision]:
        """Return the changes of a story, newest version first."""

    async def first_loaded(self, story: str) -> datetime | None:
        """Return when a story was loaded for the first time."""


class Privacy(Protocol):
    """Users' rights over what is stored about them: see, export, delete, opt out."""

    def is_opted_out(self, user: int) -> bool:
        """Return whether a user opted out of being stored."""

    async def opt_out(self, user: int, at: datetime, *, out: bool) -> None:
        """Stop storing a user's data from now on (`out`), or start again."""

    async def stored(self, user: int) -> StoredData:
        """Return everything that is stored about a user."""

    async def forget(self, user: int) -> int:
        """Delete everything stored about a user except their opt-out; return the number of rows."""


class SyncState(Protocol):
    """Small values that survive a restart: hashes of the synced commands, notices already sent to managers."""

    async def read(self, key: str) -> str | None:
        """Return the value stored under a key."""

    async def write(self, key: str, value: str) -> None:
        """Store a value under a key."""


class DeskLog(Protocol):
    """What was posted in the editors' channel, so that it is posted once, even across restarts."""

    async def posted(self, keys: Collection[str]) -> frozenset[str]:
        """Return those of the keys that were posted."""

    async def add_posted(self, keys: Collection[str], at: datetime) -> None:
        """Store that keys were posted; nothing happens to those that are stored."""


class Clock(Protocol):
    """The time, as a port so that tests and the playground can set it."""

    def now(self) -> datetime:
        """Return the current time, timezone-aware, in UTC."""

    def perf(self) -> float:
        """Return a monotonic time in seconds, for measuring durations."""
