"""Read the journal for editors: the last question, and those that the stories could not answer."""

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.answering.values import Asked
from bot.journal.tables import exchanges

QUESTIONS = ("mention", "reply", "direct", "ask", "terminal")  # the surfaces on which a question is put in words
IDLE = ("small_talk", "too_vague")  # causes that are no gap of a story


class SqlReports:
    """Reads what is kept; what was asked this very moment may still wait to be written."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def last_question(self) -> Asked | None:
        """Return the question that was put last."""
        rows = await self._questions(exchanges.c.surface.in_(QUESTIONS), 1)
        return rows[0] if rows else None

    async def gaps(self, limit: int) -> list[Asked]:
        """Return the questions that got no answer, the newest first, each once."""
        open_ended = or_(exchanges.c.outcome == "suggest", ~exchanges.c.cause.in_(IDLE))
        return await self._questions(
            and_(exchanges.c.surface.in_(QUESTIONS), exchanges.c.outcome != "answer", open_ended), limit
        )

    async def _questions(self, wanted: ColumnElement[bool], limit: int) -> list[Asked]:
        columns = (
            exchanges.c.question,
            exchanges.c.understood,
            exchanges.c.locale,
            exchanges.c.outcome,
            exchanges.c.cause,
            exchanges.c.story,
        )
        newest = func.max(exchanges.c.at)
        statement = select(*columns, newest).where(wanted).group_by(exchanges.c.question).order_by(newest.desc())
        async with self._engine.connect() as connection:
            rows = await connection.execute(statement.limit(limit))
            return [
                Asked(row.question, row.understood or row.question, row.locale, row.outcome, row.cause, row.story)
                for row in rows
            ]
