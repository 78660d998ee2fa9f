"""Write rows off the path of the answer: a queue that never makes anybody wait, and one task that writes in batches."""

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

WAITING = 10_000  # rows kept in memory while the database does not take them
BATCH = 200
PAUSES = (0.1, 0.5, 2.0, 5.0)  # seconds between tries
MISSING = "no such"  # how SQLite begins to say that a table or a column is not there
PATIENCE = 5.0  # seconds that somebody who reads waits for what is being written
FLUSH = 10.0  # seconds that a shutdown waits for the queue


@dataclass(frozen=True)
class Entry:
    """A row on its way to its table, or the columns of the rows that are on their way out of it."""

    table: Table
    row: dict[str, Any]
    is_removal: bool = False

    @property
    def statement(self) -> Executable:
        """What writes it, and every other entry of its kind."""
        if not self.is_removal:
            return insert(self.table).on_conflict_do_nothing()
        return delete(self.table).where(*(self.table.c[name] == bindparam(name) for name in self.row))


class Writer:
    """Takes rows at once and writes them soon."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: asyncio.Queue[Entry] = asyncio.Queue(WAITING)
        self.waiting = 0  # rows that are not written yet

    def put(self, table: Table, row: dict[str, Any]) -> None:
        """Write a row, soon: never waits, never raises; a full queue drops it and says so in the log."""
        self._put(Entry(table, row))

    def remove(self, table: Table, row: dict[str, Any]) -> None:
        """Delete the rows that have these columns, soon, after all that was put before: never waits, never raises."""
        self._put(Entry(table, row, is_removal=True))

    def _put(self, entry: Entry) -> None:
        try:
            self._queue.put_nowait(entry)
            self.waiting += 1
        except asyncio.QueueFull:
            log.error("journal: %d rows wait, so one of %s is not kept", WAITING, entry.table.name)

    async def flush(self, within: float | None = None) -> None:
        """Wait until everything recorded so far is written, or for so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._queue.join(), within)

    async def run(self) -> None:
        """Write what is recorded, in batches, until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                await self._write(batch)
            finally:
                for _ in batch:
                    self._queue.task_done()
                    self.waiting -= 1

    async def _write(self, batch: list[Entry]) -> None:
        """Write a batch, however long the database is locked; a row that cannot be written is left out and logged."""
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                async with self._engine.begin() as connection:
                    for run in _runs(batch):
                        await connection.execute(run[0].statement, [entry.row for entry in run])
            except OperationalError as error:
                if MISSING in str(error.orig):  # it will not come by waiting
                    log.exception("journal: %d rows cannot be written", len(batch))
                    return
                log.exception("journal: %d rows wait for the database", len(batch))
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


def _runs(batch: list[Entry]) -> Iterator[list[Entry]]:
    """Group a batch by table, and within a table, in order, by what one statement writes."""
    for table in dict.fromkeys(entry.table for entry in batch):
        entries = (entry for entry in batch if entry.table is table)
        for _, run in groupby(entries, key=lambda entry: entry.is_removal):
            yield list(run)


@asynccontextmanager
async def open_writer(engine: AsyncEngine) -> AsyncIterator[Writer]:
    """Run a writer; what is still in its queue is written on the way out."""
    writer = Writer(engine)
    writing = asyncio.create_task(writer.run(), name="journal-writer")
    try:
        yield writer
    finally:
        await writer.flush(FLUSH)
        if writer.waiting:
            log.error("journal: %d rows could not be written in %s s", writer.waiting, FLUSH)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
