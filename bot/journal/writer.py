"""Write rows without delaying answers: a queue that never blocks, and one task that writes in batches."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import chain, groupby, repeat
from typing import Any

from sqlalchemy import Table, bindparam, delete
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.base import Executable

log = logging.getLogger(__name__)

MAX_QUEUED_ROWS = 10_000  # while the database is locked; further rows are dropped
MAX_BATCH_ROWS = 200
RETRY_PAUSES_SECONDS = (0.1, 0.5, 2.0, 5.0)  # the last one repeats
NO_SUCH_OBJECT = "no such"  # how SQLite's message starts if a table or column does not exist
READ_WAIT_SECONDS = 5.0  # how long a read waits for queued rows
SHUTDOWN_WAIT_SECONDS = 10.0  # how long a shutdown waits for queued rows


@dataclass(frozen=True)
class Entry:
    """A row to insert into a table, or the column values of the rows to delete from it."""

    table: Table
    row: dict[str, Any]
    is_removal: bool = False

    @property
    def statement(self) -> Executable:
        """The statement for this entry and all others of its kind."""
        if not self.is_removal:
            return insert(self.table).on_conflict_do_nothing()
        return delete(self.table).where(*(self.table.c[name] == bindparam(name) for name in self.row))


class Writer:
    """Queues rows without waiting and writes them in the background."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: asyncio.Queue[Entry] = asyncio.Queue(MAX_QUEUED_ROWS)
        self.unwritten = 0  # rows that are queued or being written

    def put(self, table: Table, row: dict[str, Any]) -> None:
        """Queue a row to be inserted; never waits, never raises; a full queue drops the row and logs it."""
        self._put(Entry(table, row))

    def remove(self, table: Table, row: dict[str, Any]) -> None:
        """Queue the deletion of the rows with these values, after earlier rows; never waits, never raises."""
        self._put(Entry(table, row, is_removal=True))

    def _put(self, entry: Entry) -> None:
        try:
            self._queue.put_nowait(entry)
            self.unwritten += 1
        except asyncio.QueueFull:
            log.error("journal: %d rows are queued, so a row of %s is dropped", MAX_QUEUED_ROWS, entry.table.name)

    async def flush(self, within: float | None = None) -> None:
        """Wait until every row queued so far is written, or for `within` seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._queue.join(), within)

    async def run(self) -> None:
        """Write the queued rows in batches until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < MAX_BATCH_ROWS and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                await self._write(batch)
            finally:
                for _ in batch:
                    self._queue.task_done()
                    self.unwritten -= 1

    async def _write(self, batch: list[Entry]) -> None:
        """Write a batch, retrying while the database is locked; a row that cannot be written is dropped and logged."""
        for pause in chain(RETRY_PAUSES_SECONDS, repeat(RETRY_PAUSES_SECONDS[-1])):
            try:
                async with self._engine.begin() as connection:
                    for run in _by_statement(batch):
                        await connection.execute(run[0].statement, [entry.row for entry in run])
            except OperationalError as error:
                if NO_SUCH_OBJECT in str(error.orig):  # retrying will not create it
                    log.exception("journal: %d rows cannot be written", len(batch))
                    return
                log.exception("journal: %d rows are waiting for the database", len(batch))
                await asyncio.sleep(pause)
            except Exception:
                if len(batch) == 1:
                    log.exception("journal: a row of %s cannot be written", batch[0].table.name)
                    return
                for entry in batch:
                    await self._write([entry])
                return
            else:
                return


def _by_statement(batch: list[Entry]) -> Iterator[list[Entry]]:
    """Group a batch by table, and within a table, in order, by statement."""
    for table in dict.fromkeys(entry.table for entry in batch):
        entries = (entry for entry in batch if entry.table is table)
        for _, run in groupby(entries, key=lambda entry: entry.is_removal):
            yield list(run)


@asynccontextmanager
async def open_writer(engine: AsyncEngine) -> AsyncIterator[Writer]:
    """Run a writer; queued rows are written at the end."""
    writer = Writer(engine)
    writing = asyncio.create_task(writer.run(), name="journal-writer")
    try:
        yield writer
    finally:
        await writer.flush(SHUTDOWN_WAIT_SECONDS)
        if writer.unwritten:
            log.error("journal: %d rows could not be written within %s s", writer.unwritten, SHUTDOWN_WAIT_SECONDS)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
