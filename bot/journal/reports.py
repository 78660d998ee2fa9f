"""Read the journal for editors: the last questions, and those without a good answer."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import and_, func, select

from bot.answering.exchange import Asked, GapQuestion
from bot.answering.ports import Reports
from bot.journal.database import Database
from bot.journal.gaps import TYPED, read_gap_questions
from bot.journal.tables import exchanges
from bot.journal.writer import Writer


class SqlReports(Reports):
    """Queries on exchanges; the lists may miss an exchange that is still queued."""

    def __init__(self, database: Database, writer: Writer) -> None:
        self._database = database
        self._writer = writer

    async def asked(self, exchange: str) -> Asked | None:
        row = await self._exchange(exchange)
        if row and row.follows and not row.question:  # "none of these": the question is in that exchange
            row = await self._exchange(row.follows)
        return _asked(row) if row else None

    async def _exchange(self, exchange: str) -> Any:
        """Return the row of an exchange, even one still queued; None if it is not stored."""
        pending = self._writer.pending(exchanges, id=exchange)
        if pending:
            return SimpleNamespace(**pending)
        async with self._database.connect() as connection:
            return (await connection.execute(select(exchanges).where(exchanges.c.id == exchange))).first()

    async def gap_questions(self, since: datetime | None, limit: int) -> list[GapQuestion]:
        async with self._database.connect() as connection:
            return await read_gap_questions(connection, since, limit)

    async def recent(self, limit: int) -> list[Asked]:
        put = exchanges.c.surface.in_(TYPED)
        last = select(func.max(exchanges.c.at).label("at"), exchanges.c.question).where(put)
        newest = last.group_by(exchanges.c.question).subquery()
        same = and_(exchanges.c.question == newest.c.question, exchanges.c.at == newest.c.at)
        statement = select(exchanges).join(newest, same).where(put).order_by(exchanges.c.at.desc()).limit(limit)
        async with self._database.connect() as connection:
            rows = await connection.execute(statement)
            return [_asked(row) for row in rows]


def _asked(row: Any) -> Asked:
    return Asked(row.question, row.understood or row.question, row.locale, row.outcome, row.cause, row.story)
