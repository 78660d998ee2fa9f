"""Share between processes how often each user did something, for the cooldowns; no answer waits for it."""

import asyncio
import logging
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import JournalUnreachableError
from bot.answering.ports import Uses
from bot.journal.askers import Askers
from bot.journal.database import Database, aware, clock_of
from bot.journal.privacy import SqlPrivacy
from bot.journal.tables import uses
from bot.journal.upserts import insert

log = logging.getLogger(__name__)

SHARE_SECONDS = 0.5  # how late another process may know of a use
MAX_SHARED = 1_000  # users whose uses are shared at a time; those of others are counted by each process alone
MAX_ELSEWHERE = 10_000  # users whose uses in other processes are known; who was counted longest ago is dropped first

Key = tuple[str, str, float]  # what is limited, the hash of the user, and the seconds of the window


class SqlUses(Uses):
    """Counts in a database, one row for each user, limit and process; a row is deleted soon after its window."""

    def __init__(self, database: Database, askers: Askers, privacy: SqlPrivacy, process: str) -> None:
        self._database = database
        self._askers = askers
        self._privacy = privacy
        self._process = process
        self._noted: Counter[Key] = Counter()
        self._elsewhere: dict[tuple[str, str], tuple[int, datetime]] = {}

    def elsewhere(self, kind: str, user: int, now: datetime) -> tuple[int, datetime]:
        number, until = self._elsewhere.get((kind, self._askers.hash(user)), (0, now))
        return (number, until) if until > now else (0, now)

    def note(self, kind: str, user: int, seconds: float) -> None:
        key = kind, self._askers.hash(user), seconds
        if not self._privacy.is_opted_out(user) and (key in self._noted or len(self._noted) < MAX_SHARED):
            self._noted[key] += 1

    async def run(self) -> None:
        """Share what was noted, until cancelled; while the database is away, each process counts alone."""
        while True:
            await asyncio.sleep(SHARE_SECONDS)
            try:
                await self.share()
            except JournalUnreachableError:
                self._noted.clear()  # the log says so already
            except Exception:
                log.exception("journal: the uses of half a second could not be shared with other processes")

    async def share(self) -> None:
        """Store what was noted since the last time, and read what other processes stored of the same users."""
        noted, self._noted = self._noted, Counter()
        if not noted:
            return
        async with self._database.begin() as connection:
            now = await clock_of(connection)
            await connection.execute(delete(uses).where(uses.c.until < now))
            await self._store(connection, noted, now)
            await self._read(connection, {asker for _, asker, _ in noted})
        current = [(key, known) for key, known in self._elsewhere.items() if known[1] > now]
        self._elsewhere = dict(current[-MAX_ELSEWHERE:])

    async def _store(self, connection: AsyncConnection, noted: Counter[Key], now: datetime) -> None:
        names = "asker", "kind", "process", "until", "number"
        rows = [
            dict(zip(names, (asker, kind, self._process, now + timedelta(seconds=seconds), number), strict=True))
            for (kind, asker, seconds), number in sorted(noted.items())
        ]
        adding = insert(connection, uses)
        newer = {"number": uses.c.number + adding.excluded.number}
        await connection.execute(adding.on_conflict_do_update(index_elements=names[:3], set_=newer), rows)

    async def _read(self, connection: AsyncConnection, askers: set[str]) -> None:
        others = and_(uses.c.asker.in_(askers), uses.c.process != self._process)
        summed = select(uses.c.kind, uses.c.asker, func.sum(uses.c.number), func.max(uses.c.until)).where(others)
        for kind, asker, number, until in await connection.execute(summed.group_by(uses.c.kind, uses.c.asker)):
            self._elsewhere.pop((kind, asker), None)  # it becomes the last
            self._elsewhere[kind, asker] = int(number), aware(until)
