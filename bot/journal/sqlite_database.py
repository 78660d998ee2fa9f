"""The journal on SQLite: opened, and opened again if its file is replaced."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from secrets import token_hex

from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy import exc as errors
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import Pool, SingletonThreadPool, StaticPool

from bot import JournalUnreachableError
from bot.journal import sqlite
from bot.journal.database import USE_WITHIN_SECONDS, Database, JournalError, Result, Work, database_file
from bot.journal.migrating import SchemaError, migrate
from bot.journal.sqlite import HOW_TO_BEGIN

log = logging.getLogger(__name__)

START_WITHIN_SECONDS = 5.0  # how long a start waits for another process to finish writing
IMMEDIATE = {HOW_TO_BEGIN: "BEGIN IMMEDIATE"}  # a transaction that writes gets the lock first, or waits for it


class SqliteDatabase(Database):
    """A file: connections for the event loop, and for threads that write."""

    writing = IMMEDIATE

    def __init__(self, url: URL) -> None:
        self.file = database_file(url)
        super().__init__(str(self.file or url))
        pools: tuple[type[Pool] | None, ...] = None, None
        if self.file is None:  # its connections share what is in memory
            pools = StaticPool, SingletonThreadPool
            url = make_url(f"{url.drivername}:///file:onrecord-{token_hex(8)}?mode=memory&cache=shared&uri=true")
        # Parameters are hidden to keep what users wrote out of the log.
        self.engine: AsyncEngine = create_async_engine(url, hide_parameters=True, poolclass=pools[0])
        self.blocking: Engine = create_engine(sqlite.blocking(url), hide_parameters=True, poolclass=pools[1])
        for engine in (self.engine.sync_engine, self.blocking):
            sqlite.set_up(engine)
        self._writes = self.blocking.execution_options(**IMMEDIATE)
        self._thread = ThreadPoolExecutor(1, "journal-database")
        self._using = 0
        self._identity: tuple[int, int] | None = None
        self._leftovers: tuple[int, int] | None = None  # the identity of the write-ahead log
        self._is_overwritten = False  # whether something else was written into the file
        self._reopening: asyncio.Task[None] | None = None

    async def write(self, work: Work) -> None:
        # In the database's own thread: each await in a transaction on the event loop waits for all others.
        async with self._usable(None):
            await self._in_thread(lambda: self._transact(work))
            if self.file and sqlite.identity(self.file) != self._identity:
                raise JournalUnreachableError(f"the database {self.place} was removed meanwhile")
        self._is_back()

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        async with self._readable(USE_WITHIN_SECONDS):
            return await self._in_thread(lambda: self._look(work))

    async def erase(self) -> bool:
        """Empty the write-ahead log, which may hold what was deleted; return False if it is in use."""
        async with self._usable(None):
            emptied = partial(sqlite.outside_transactions, self.blocking, "PRAGMA wal_checkpoint(TRUNCATE)")
            return not (await self._in_thread(emptied))[0]

    async def open(self) -> None:
        await asyncio.to_thread(self._open)

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        return await asyncio.to_thread(self._transact, work)

    async def close(self) -> None:
        await self.engine.dispose()
        self._thread.shutdown(wait=False)
        self.blocking.dispose()

    def _transact(self, work: Callable[[Connection], Result]) -> Result:
        with self._writes.begin() as connection:
            return work(connection)

    def _look(self, work: Callable[[Connection], Result]) -> Result:
        with self.blocking.connect() as connection:
            return work(connection)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    @asynccontextmanager
    async def _in_use(self) -> AsyncIterator[None]:
        await self._ready()
        self._using += 1
        try:
            yield
        finally:
            self._using -= 1

    def _reason_of(self, error: BaseException) -> str | None:
        return reason_of(error)

    async def _ready(self) -> None:
        """Open the database again if its file was removed or replaced."""
        if self.file is None:
            return
        found = sqlite.identity(self.file)
        if sqlite.is_just_emptied(self.file) or (found == self._identity and not sqlite.begins_well(self.file)):
            self._is_overwritten = True
            raise JournalUnreachableError(complaint(self.place, "file is not a database"))
        if found == self._identity and not self._is_overwritten:
            return
        if self._reopening is None or self._reopening.done():
            self._reopening = asyncio.create_task(self._reopen())
        try:
            await asyncio.shield(self._reopening)
        except JournalError as error:
            raise JournalUnreachableError(str(error)) from error

    async def _reopen(self) -> None:
        while self._using:  # noqa: ASYNC110 - for a moment; a connection writes to the file that was removed
            await asyncio.sleep(0.01)
        if self._is_overwritten and self.file:
            sqlite.empty_log(self.file)
        await self.engine.dispose()
        self.blocking.dispose()
        await asyncio.to_thread(self._open)
        log.info("the database %s was removed or replaced, and is open again", self.place)

    def _open(self) -> None:
        again = self._identity is not None
        try:
            if self.file:
                self._remove_leftovers(self.file)
                sqlite.make_private(self.file)
                sqlite.examine(self.file)
            self._migrate()
            if again:
                for work in self._restorers:
                    self._transact(work)
        except (errors.SQLAlchemyError, SchemaError, CommandError, OSError, sqlite3.Error) as error:
            raise JournalError(complaint(self.place, reason_of(error) or str(error))) from error
        if self.file:
            self._identity, self._is_overwritten = sqlite.identity(self.file), False
            self._leftovers = sqlite.identity(sqlite.companions(self.file)[0])

    def _migrate(self) -> None:
        """Migrate; if another process holds the lock, as it does while it migrates, try again."""
        until = time.monotonic() + START_WITHIN_SECONDS
        while True:
            try:
                migrate(self.blocking)
            except errors.OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def _remove_leftovers(self, file: Path) -> None:
        """Remove what SQLite wrote beside a database that was removed: it would be taken for the new one's."""
        beside = sqlite.companions(file)
        is_ours = self._leftovers is not None and sqlite.identity(beside[0]) == self._leftovers
        if sqlite.identity(file) is None or self._is_overwritten or is_ours:
            for path in beside:
                path.unlink(missing_ok=True)


def reason_of(error: BaseException) -> str | None:
    """Return why the database cannot be reached; None if the error is about something else."""
    if isinstance(error, TimeoutError | errors.TimeoutError):
        return "it does not respond"
    reason = str(getattr(error, "orig", None) or error)
    is_its_own = isinstance(error, OSError | sqlite3.Error) or sqlite.advice(reason) is not None
    return reason if is_its_own else None


def complaint(place: str, reason: str) -> str:
    """Return the sentence that says why a database cannot be opened, and what to do."""
    what = sqlite.advice(reason)
    return f"the database {place} cannot be opened: {reason}" + (f"; {what}." if what else ".")
