"""Store what was posted in the editors' channel."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from bot.answering.ports import DeskLog
from bot.journal.database import Database
from bot.journal.tables import posted
from bot.journal.upserts import insert

MAX_KEYS = 1000  # in one statement


class SqlDeskLog(DeskLog):
    """Keys of what was posted, in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def posted(self, keys: Collection[str]) -> frozenset[str]:
        wanted, found = list(keys), set[str]()
        async with self._database.connect() as connection:
            for start in range(0, len(wanted), MAX_KEYS):
                chunk = wanted[start : start + MAX_KEYS]
                found |= set(await connection.scalars(select(posted.c.key).where(posted.c.key.in_(chunk))))
        return frozenset(found)

    async def add_posted(self, keys: Collection[str], at: datetime) -> None:
        rows = [{"key": key, "at": at} for key in keys]
        if rows:
            async with self._database.begin() as connection:
                await connection.execute(insert(connection, posted).on_conflict_do_nothing(), rows)
