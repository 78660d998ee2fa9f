"""Show a user what is stored about them, delete it, and store nothing more if they opt out."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.answering.ports import Privacy
from bot.answering.privacy import StoredData
from bot.journal.askers import Askers
from bot.journal.tables import exchanges, mistakes, opt_outs, shown, votes, waits
from bot.journal.writer import Writer

TABLES_BY_ASKER = (exchanges, votes, mistakes, shown)  # tables that identify a user by the hash
HIDDEN_COLUMNS = {"asker"}  # columns that mean nothing to a user


class SqlPrivacy(Privacy):
    """Users' privacy in a database; the opt-outs are also in memory, since every question checks them."""

    def __init__(self, engine: AsyncEngine, writer: Writer, askers: Askers, opted_out: set[str]) -> None:
        self._engine = engine
        self._writer = writer
        self._askers = askers
        self._opted_out = opted_out

    @classmethod
    async def open(cls, engine: AsyncEngine, writer: Writer, askers: Askers) -> "SqlPrivacy":
        """Load the opt-outs."""
        async with engine.connect() as connection:
            return cls(engine, writer, askers, set(await connection.scalars(select(opt_outs.c.asker))))

    def is_opted_out(self, user: int) -> bool:
        return self._askers.hash(user) in self._opted_out

    async def opt_out(self, user: int, at: datetime, *, out: bool) -> None:
        asker = self._askers.hash(user)
        async with self._engine.begin() as connection:
            if out:
                await connection.execute(insert(opt_outs).on_conflict_do_nothing(), {"asker": asker, "at": at})
                await connection.execute(delete(waits).where(waits.c.user == user))
            else:
                await connection.execute(delete(opt_outs).where(opt_outs.c.asker == asker))
        if out:
            self._opted_out.add(asker)
        else:
            self._opted_out.discard(asker)

    async def stored(self, user: int) -> StoredData:
        await self._writer.flush()
        rows: dict[str, tuple[dict[str, Any], ...]] = {}
        async with self._engine.connect() as connection:
            for table, own in self._own(user):
                found = await connection.execute(select(table).where(own))
                rows[table.name] = tuple(_plain(row) for row in found)
        return StoredData(self.is_opted_out(user), rows)

    async def forget(self, user: int) -> int:
        await self._writer.flush()
        async with self._engine.begin() as connection:
            counts = [(await connection.execute(delete(table).where(own))).rowcount for table, own in self._own(user)]
        return sum(counts)

    def _own(self, user: int) -> list[tuple[Table, Any]]:
        """Return each table with the condition that selects a user's rows."""
        asker = self._askers.hash(user)
        return [*((table, table.c.asker == asker) for table in TABLES_BY_ASKER), (waits, waits.c.user == user)]


def _plain(row: Any) -> dict[str, Any]:
    """Return a row as values ready for JSON."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items()
        if name not in HIDDEN_COLUMNS
    }
