"""Read the journal for editors: the last questions, and those without a good answer."""

from contextlib import suppress
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from bot import JournalUnreachableError
from bot.answering.exchange import Asked, GapQuestion
from bot.answering.ports import QuestionLog
from bot.journal.counts import TYPED
from bot.journal.database import Database, rows_of
from bot.journal.gaps import read_gap_questions
from bot.journal.tables import exchanges
from bot.journal.writer import READ_WAIT_SECONDS, Writer

MAX_ASKED_AGAIN = 10  # how many questions are read for each that is wanted: many readers ask the same


class SqlQuestionLog(QuestionLog):
    """Queries on exchanges; the lists miss those that wait for a database that takes no rows."""

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
        await self._write_queued()
        async with self._database.connect() as connection:
            return await read_gap_questions(connection, since, limit)

    async def recent(self, limit: int) -> list[Asked]:
        typed = select(exchanges).where(exchanges.c.surface.in_(TYPED)).order_by(exchanges.c.at.desc())
        found: dict[str, Asked] = {}
        await self._write_queued()
        async with self._database.connect() as connection:
            async for row in rows_of(connection, typed.limit(MAX_ASKED_AGAIN * limit)):
                found.setdefault(row.question, _asked(row))
                if len(found) == limit:
                    break
        return list(found.values())

    async def _write_queued(self) -> None:
        """Have what is queued written first: an editor looks for the question that was asked a moment ago."""
        with suppress(JournalUnreachableError):
            await self._writer.flush(READ_WAIT_SECONDS)


def _asked(row: Any) -> Asked:
    return Asked(row.question, row.understood or row.question, row.locale, row.outcome, row.cause, row.story)
