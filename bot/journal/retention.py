"""Delete what is older than the retention, and keep how much there was of it each day."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from bot import JournalUnreachableError
from bot.answering.feedback import MAX_WAIT_DAYS
from bot.answering.ports import Clock
from bot.journal.counts import add_counts, day_of
from bot.journal.database import MAX_STEP_ROWS, Database
from bot.journal.erasing import Eraser
from bot.journal.tables import daily_votes, exchanges, mistakes, posted, shown, votes, waits

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.05  # between two steps
EVERY_SECONDS = 3600.0
OTHERS = (exchanges, mistakes, waits, shown, posted)  # tables whose old rows are counted already, or never


class Retention:
    """Deletes rows of whole days once they are older than the retention."""

    def __init__(self, database: Database, days: int, eraser: Eraser) -> None:
        self._database = database
        self._days = days
        self._eraser = eraser

    async def run(self, clock: Clock) -> None:
        """Delete what is too old, now and every hour, until cancelled; only waits if rows are kept for ever."""
        while True:
            try:
                await self._delete_old(clock.now())
            except JournalUnreachableError:
                pass  # the log says so already
            except Exception:
                log.exception("journal: old rows could not be deleted; trying again in an hour")
            await asyncio.sleep(EVERY_SECONDS)

    async def _delete_old(self, now: datetime) -> None:
        if self._days and (number := await self.delete_before(oldest_kept(now, self._days))):
            log.info("journal: %d rows older than %d days were deleted", number, self._days)
        ended = await self._delete([partial(_old_rows, waits, oldest_kept(now, MAX_WAIT_DAYS))])
        if ended:
            log.info("journal: %d waits for an answer ended after %d days", ended, MAX_WAIT_DAYS)

    async def delete_before(self, moment: datetime) -> int:
        """Delete everything stored about users before a moment, in small steps; return the number of rows."""
        steps = partial(_old_votes, moment), *(partial(_old_rows, table, moment) for table in OTHERS)
        return await self._delete(steps)

    async def _delete(self, steps: Iterable[Any]) -> int:
        deleted = 0
        for step in steps:
            while number := await self._take(step):
                deleted += number
                await asyncio.sleep(PAUSE_SECONDS)
        if deleted:
            self._eraser.wake()
        return deleted

    async def _take(self, step: Any) -> int:
        counted: list[int] = []

        def work(connection: Connection) -> None:
            counted.append(step(connection))

        await self._database.write(work)
        return counted[-1]


def oldest_kept(now: datetime, days: int) -> datetime:
    """Return the first moment of the oldest day that is stored whole: days are deleted whole, in UTC."""
    return datetime.combine(now.astimezone(UTC).date() - timedelta(days=days), time(), UTC)


def _old_votes(before: datetime, connection: Connection) -> int:
    rows = connection.execute(_oldest(votes, before)).all()
    add_counts(connection, daily_votes, Counter((day_of(row), row.helpful) for row in rows))
    for row in rows:
        connection.execute(delete(votes).where(votes.c.exchange == row.exchange, votes.c.asker == row.asker))
    return len(rows)


def _old_rows(table: Table, before: datetime, connection: Connection) -> int:
    rows = connection.execute(_oldest(table, before)).all()
    key = table.primary_key.columns.values()[0]
    if rows:
        old = [getattr(row, key.name) for row in rows]
        connection.execute(delete(table).where(key.in_(old), table.c.at < before))
    return len(rows)


def _oldest(table: Table, before: datetime) -> Any:
    return select(table).where(table.c.at < before).order_by(table.c.at).limit(MAX_STEP_ROWS)
