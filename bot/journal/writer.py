"""Write rows without delaying answers: a queue that never blocks, and one task that writes in batches."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, groupby, repeat
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select

from bot import JournalUnreachableError
from bot.journal.counts import count_exchanges
from bot.journal.database import Database
from bot.journal.tables import exchanges, opt_outs
from bot.journal.upserts import insert_for

log = logging.getLogger(__name__)

MAX_QUEUED_ROWS = 10_000  # while the database cannot be reached; further rows are lost
MAX_BATCH_ROWS = 200
GATHER_SECONDS = 0.25  # how long the first row of a batch waits for others: a transaction costs more than its rows
RETRY_PAUSES_SECONDS = (0.05, 0.2, 0.5)  # the last one repeats
READ_WAIT_SECONDS = 1.0  # how long a read waits for queued rows
SHUTDOWN_WAIT_SECONDS = 1.5  # how long a shutdown waits for queued rows, and then for an attempt that is under way
ASKER = "asker"  # the column that says whose row it is
OPTED_OUT = select(opt_outs.c.asker).where(opt_outs.c.asker.in_(bindparam("askers", expanding=True)))


@dataclass(frozen=True)
class Entry:
    """A row to insert into a table, or the column values of the rows to delete from it."""

    table: Table
    row: dict[str, Any]
    is_removal: bool = False


class Writer:
    """Queues rows without waiting and writes them in the background."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: deque[Entry] = deque()
        self._batch: list[Entry] = []  # what is being written
        self._woken = asyncio.Event()
        self._hurried = asyncio.Event()  # set if somebody waits for what is queued
        self._progress = asyncio.Event()
        self._stopping = asyncio.Event()
        self._queued = 0  # entries ever queued
        self._settled = 0  # those of them that were written or lost
        self.lost: Counter[str] = Counter()  # rows that were not written, by table
        database.outage.backlog = self._backlog

    @property
    def unwritten(self) -> int:
        """How many rows are queued or being written."""
        return self._queued - self._settled

    def put(self, table: Table, row: dict[str, Any]) -> None:
        """Queue a row to be inserted; never waits, never raises; if the queue is full, the row is lost, and counted."""
        self._put(Entry(table, row))

    def remove(self, table: Table, row: dict[str, Any]) -> None:
        """Queue the deletion of the rows with these values, after earlier rows; never waits, never raises."""
        self._put(Entry(table, row, is_removal=True))

    def drop(self, asker: str) -> None:
        """Do not write what is queued of a user."""
        kept = [entry for entry in self._queue if entry.row.get(ASKER) != asker]
        self._settle(len(self._queue) - len(kept))
        self._queue = deque(kept)

    def pending(self, table: Table, **values: Any) -> dict[str, Any] | None:
        """Return the row with these values that is still to be written, if there is one."""
        found = None
        for entry in chain(self._batch, self._queue):
            if entry.table is table and all(entry.row.get(name) == value for name, value in values.items()):
                found = None if entry.is_removal else found or entry.row
        return found

    async def flush(self, within: float | None = None) -> None:
        """Wait until all rows queued are written or lost; raise JournalUnreachableError after `within` seconds."""
        wanted = self._queued
        if self._settled < wanted:
            self._hurried.set()
        try:
            async with asyncio.timeout(within):
                while self._settled < wanted:
                    self._progress.clear()
                    await self._progress.wait()
        except TimeoutError:
            raise JournalUnreachableError(f"{self.unwritten} rows could not be written within {within} s") from None

    async def run(self) -> None:
        """Write the queued rows in batches, until stopped or cancelled."""
        while not self._stopping.is_set():
            await self._woken.wait()
            await self._gather()
            while self._queue and not self._stopping.is_set():
                self._batch = [self._queue.popleft() for _ in range(min(MAX_BATCH_ROWS, len(self._queue)))]
                size, self._batch = len(self._batch), await self._write(self._batch)
                self._settle(size - len(self._batch))
            if not self._queue:
                self._woken.clear()
                self._hurried.clear()

    async def stop(self) -> None:
        """Write what can be written soon, and count the rest as lost."""
        with suppress(JournalUnreachableError):
            await self.flush(SHUTDOWN_WAIT_SECONDS)
        self._stopping.set()
        self._woken.set()
        self._hurried.set()

    def count_unwritten(self) -> None:
        """Count everything that is still queued as lost."""
        self._lose([*self._batch, *self._queue])
        self._settle(self.unwritten)

    def _put(self, entry: Entry) -> None:
        if self.unwritten >= MAX_QUEUED_ROWS:
            self._lose([entry])
            self._database.outage.tell(f"{MAX_QUEUED_ROWS} rows are queued")
            return
        self._queue.append(entry)
        self._queued += 1
        self._woken.set()
        if len(self._queue) >= MAX_BATCH_ROWS:
            self._hurried.set()

    async def _gather(self) -> None:
        """Wait a moment for further rows, unless somebody waits for those that are queued."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GATHER_SECONDS):
                await self._hurried.wait()

    async def _write(self, batch: list[Entry]) -> list[Entry]:
        """Write a batch, trying again while the database cannot be reached; return what is left if stopped before.

        A row that cannot be written, whatever the database's state, is lost, and logged.
        """
        for pause in chain(RETRY_PAUSES_SECONDS, repeat(RETRY_PAUSES_SECONDS[-1])):
            try:
                await self._database.write(partial(_write_rows, batch))
            except JournalUnreachableError:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), pause)
                    return batch
            except Exception:
                if len(batch) == 1:
                    log.exception("journal: a row of %s cannot be written", batch[0].table.name)
                    self._lose(batch)
                    return []
                return [left for entry in batch for left in await self._write([entry])]
            else:
                return []
        return batch

    def _lose(self, entries: Iterable[Entry]) -> None:
        self.lost.update(entry.table.name for entry in entries if not entry.is_removal)

    def _settle(self, number: int) -> None:
        self._settled += number
        self._progress.set()

    def _backlog(self) -> str:
        """Return what waits and what was lost, for the log."""
        lost = f", {listed(self.lost)} were lost" if self.lost else ""
        return f", {self.unwritten} rows wait to be written{lost}"


def listed(counts: Counter[str]) -> str:
    """Return how many rows of each table."""
    return ", ".join(f"{number} rows of {table}" for table, number in sorted(counts.items()))


def _write_rows(batch: list[Entry], connection: Connection) -> None:
    """Write a batch, without the rows of users who have opted out meanwhile, maybe in another process."""
    askers = {entry.row[ASKER] for entry in batch if entry.row.get(ASKER)}
    out = set(connection.scalars(OPTED_OUT, {"askers": list(askers)})) if askers else set()
    for run in _by_statement(entry for entry in batch if entry.row.get(ASKER) not in out):
        first, rows = run[0], [entry.row for entry in run]
        if first.is_removal:
            own = (first.table.c[name] == bindparam(name) for name in first.row)
            connection.execute(delete(first.table).where(*own), rows)
        else:
            new = set(connection.scalars(_adding(connection.dialect.name, first.table), rows))
            if first.table is exchanges:
                count_exchanges(connection, (SimpleNamespace(**row) for row in rows if row["id"] in new))


@lru_cache
def _adding(dialect: str, table: Table) -> Any:
    """Return the statement that inserts the rows of a table that are not there yet, and returns their keys.

    With RETURNING, many rows are one statement: each one is a wait for Python's lock on a busy machine.
    """
    return insert_for(dialect, table).on_conflict_do_nothing().returning(table.primary_key.columns.values()[0])


def _by_statement(batch: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Group a batch by table, and within a table, in order, by statement."""
    entries = list(batch)
    for table in dict.fromkeys(entry.table for entry in entries):
        own = (entry for entry in entries if entry.table is table)
        for _, run in groupby(own, key=lambda entry: entry.is_removal):
            yield list(run)


@asynccontextmanager
async def open_writer(database: Database) -> AsyncIterator[Writer]:
    """Run a writer; queued rows are written at the end, and what cannot be is counted and logged."""
    writer = Writer(database)
    writing = asyncio.create_task(writer.run(), name="journal-writer")
    try:
        yield writer
    finally:
        await writer.stop()
        await asyncio.wait([writing], timeout=SHUTDOWN_WAIT_SECONDS)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        writer.count_unwritten()
        if writer.lost:
            log.error("journal: lost: %s", listed(writer.lost))
        else:
            log.info("journal: lost: nothing")
