"""The journal's database: used within a time limit, whatever it runs on."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from sqlalchemy import URL, Connection, Row, Select, func, make_url, select
from sqlalchemy import exc as errors
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import JournalUnreachableError, StartError
from bot.journal.outage import Outage

Result = TypeVar("Result")
Work = Callable[[Connection], None]

EXAMPLE_URL = "sqlite+aiosqlite:///onrecord.db"
NO_URL = f"ONRECORD_DATABASE_URL is not a database URL, such as {EXAMPLE_URL}"
USE_WITHIN_SECONDS = 1.4  # with the queue's wait, a reader is told within three seconds
MAX_STEP_ROWS = 200  # deleted in one transaction, so that neither a question nor a vote waits for it
PART_ROWS = 400  # read before other tasks have their turn: a few milliseconds


class JournalError(StartError):
    """A database that cannot be used."""


class Database(ABC):
    """Connections to the database: for the event loop, and for work that is done in one transaction."""

    engine: AsyncEngine
    file: Path | None = None  # where it is, if it is a file
    is_shared: ClassVar[bool] = False  # whether processes on other machines may use it
    notifies = False  # whether it tells listeners at once that something was written
    writing: ClassVar[Mapping[str, Any]] = {}  # the execution options of a transaction that writes

    def __init__(self, place: str) -> None:
        self.place = place
        self.outage = Outage(place)
        self.is_readable = True
        self._restorers: list[Work] = []

    @abstractmethod
    async def open(self) -> None:
        """Open it for the first time, and migrate it; raise JournalError if that fails."""

    @abstractmethod
    async def close(self) -> None:
        """Close all connections."""

    @abstractmethod
    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """Do something in a transaction at the start, however long it takes, and return its result.

        Raise JournalError if the database cannot be used.
        """

    @abstractmethod
    async def write(self, work: Work) -> None:
        """Write in a transaction; raise JournalUnreachableError if the database does not take it.

        Then nothing is written, or all of it was.
        """

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Read, and return the result; raise JournalUnreachableError as `connect` does.

        On SQLite, this takes one turn of another thread, where each await on a connection of `connect` takes several.
        """
        async with self.connect() as connection:
            return await connection.run_sync(work)

    @abstractmethod
    async def erase(self) -> bool:
        """Erase what was deleted; return False if that must be tried again."""

    @asynccontextmanager
    async def listening(self, channel: str, call: Callable[[], None]) -> AsyncIterator[None]:
        """Call this whenever a process notifies a channel; a database that cannot is polled instead."""
        yield

    @asynccontextmanager
    async def connect(self, within: float | None = USE_WITHIN_SECONDS) -> AsyncIterator[AsyncConnection]:
        """Connect to read; raise JournalUnreachableError if that fails, or takes longer than `within` seconds."""
        async with self._readable(within), self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction that writes; raise JournalUnreachableError as `connect` does."""
        writes = self.engine.execution_options(**self.writing)
        async with self._usable(USE_WITHIN_SECONDS), writes.begin() as connection:
            yield connection
        self._is_back()

    def restore_by(self, work: Work) -> None:
        """Run this on each database that is opened after the first one, in its place: it writes what memory holds."""
        self._restorers.append(work)

    @asynccontextmanager
    async def _readable(self, within: float | None) -> AsyncIterator[None]:
        """Use the database to read, and note whether it could be reached."""
        try:
            async with self._usable(within):
                yield
        except JournalUnreachableError:
            self.is_readable = False
            raise
        self.is_readable = True

    @asynccontextmanager
    async def _usable(self, within: float | None) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(within), self._in_use():
                yield
        except (TimeoutError, errors.SQLAlchemyError, OSError) as error:
            reason = self._reason_of(error)
            if reason is None:
                raise
            self.outage.tell(reason)
            raise JournalUnreachableError(f"the database {self.place} cannot be reached: {reason}") from error
        except JournalUnreachableError as error:
            self.outage.tell(str(error))
            raise

    @asynccontextmanager
    async def _in_use(self) -> AsyncIterator[None]:
        """Prepare for a use of the database, and note when it ends."""
        yield

    @abstractmethod
    def _reason_of(self, error: BaseException) -> str | None:
        """Return why the database cannot be reached; None if the error is about something else."""

    def _is_back(self) -> None:
        self.is_readable = True
        self.outage.end()


def url_of(text: str | URL) -> URL:
    """Return a URL in its parts; raise JournalError if it is none."""
    try:
        return make_url(text)
    except (errors.SQLAlchemyError, ValueError):  # its text would show a password
        raise JournalError(NO_URL) from None


def database_file(url: str | URL) -> Path | None:
    """Return the file of an SQLite URL; None if the database is in memory, or on a server; raise as `url_of` does."""
    address = url_of(url)
    name = address.database
    return Path(name) if address.get_backend_name() == "sqlite" and name and name != ":memory:" else None


@asynccontextmanager
async def running(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run tasks in the background until the end of the block."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def clock_of(connection: AsyncConnection) -> datetime:
    """Return the time by the database's clock, which its processes share."""
    return aware((await connection.execute(select(func.current_timestamp()))).scalar_one())


async def rows_of(connection: AsyncConnection, statement: Select[Any]) -> AsyncIterator[Row[Any]]:
    """Yield many rows, and let other tasks have their turn between parts of them."""
    result = await connection.stream(statement.execution_options(yield_per=PART_ROWS))
    async for part in result.partitions():
        for row in part:
            yield row
        await asyncio.sleep(0)


def aware(at: datetime) -> datetime:
    """Return a stored time as UTC: SQLite drops the time zone."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def storable(text: str) -> str:
    """Replace what cannot be stored: lone surrogates, and in PostgreSQL the character of value zero."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
