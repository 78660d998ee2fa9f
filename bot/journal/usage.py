"""Count exchanges for statistics, and export them without who asked or where."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.answering.ports import Usage
from bot.answering.redaction import redacted
from bot.answering.usage import MAX_LISTED, ExportedExchange, Tally
from bot.journal.database import aware
from bot.journal.gaps import TYPED
from bot.journal.tables import exchanges, votes

EXPORTED = tuple(
    exchanges.c[name]
    for name in (
        *("id", "follows", "at", "surface", "locale", "question", "understood", "outcome", "cause", "facts"),
        *("score", "story", "version", "elapsed_ms"),
    )
)


class SqlUsage(Usage):
    """Usage from the journal's tables; an exchange that is still queued is not counted."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def tally(self, since: datetime, until: datetime) -> Tally:
        period = and_(exchanges.c.at >= since, exchanges.c.at < until)
        typed = and_(period, exchanges.c.surface.in_(TYPED))
        async with self._engine.connect() as connection:
            voted = select(votes.c.helpful, func.count()).where(votes.c.at >= since, votes.c.at < until)
            by_vote = {bool(row[0]): row[1] for row in await connection.execute(voted.group_by(votes.c.helpful))}
            slowest = select(exchanges.c.question, exchanges.c.elapsed_ms).where(typed)
            slowest = slowest.order_by(exchanges.c.elapsed_ms.desc()).limit(MAX_LISTED)
            return Tally(
                days=await _days(connection, typed),
                helpful=by_vote.get(True, 0),
                unhelpful=by_vote.get(False, 0),
                facts=await _facts(connection, period),
                locales=await _locales(connection, typed),
                slowest=tuple((redacted(row[0]), row[1]) for row in await connection.execute(slowest)),
            )

    async def exchanges(self, since: datetime | None) -> AsyncIterator[ExportedExchange]:
        """Yield the exchanges since a moment, oldest first, without loading all of them."""
        counted = (func.count(case((votes.c.helpful.is_(helpful), 1))) for helpful in (True, False))
        statement = (
            select(*EXPORTED, *counted)
            .outerjoin(votes, votes.c.exchange == exchanges.c.id)
            .group_by(exchanges.c.id)
            .order_by(exchanges.c.at, exchanges.c.id)
        )
        if since is not None:
            statement = statement.where(exchanges.c.at >= since)
        async with self._engine.connect() as connection:
            async for row in await connection.stream(statement):
                yield _exported(row)


async def _days(connection: AsyncConnection, wanted: ColumnElement[bool]) -> dict[tuple[date, Any], int]:
    day = func.date(exchanges.c.at)
    statement = select(day, exchanges.c.outcome, func.count()).where(wanted).group_by(day, exchanges.c.outcome)
    rows = await connection.execute(statement.order_by(day, exchanges.c.outcome))
    return {(date.fromisoformat(str(row[0])), row[1]): row[2] for row in rows}


async def _facts(connection: AsyncConnection, period: ColumnElement[bool]) -> dict[tuple[str, str], int]:
    """Count answers by their first fact; the others are only shown beside it."""
    fact, count = exchanges.c.facts[0].as_string(), func.count()
    statement = select(exchanges.c.story, fact, count).where(period, exchanges.c.outcome == "answer", fact.is_not(None))
    rows = await connection.execute(statement.group_by(exchanges.c.story, fact).order_by(count.desc(), fact))
    return {(row[0], row[1]): row[2] for row in rows}


async def _locales(connection: AsyncConnection, typed: ColumnElement[bool]) -> dict[str, int]:
    count = func.count()
    statement = select(exchanges.c.locale, count).where(typed).group_by(exchanges.c.locale)
    return {row[0]: row[1] for row in await connection.execute(statement.order_by(count.desc(), exchanges.c.locale))}


def _exported(row: Any) -> ExportedExchange:
    *values, helpful, unhelpful = row
    fields = dict(zip((column.name for column in EXPORTED), values, strict=True))
    texts = {"question": redacted(row.question), "understood": redacted(row.understood or row.question)}
    facts = {"facts": tuple(row.facts), "at": aware(row.at)}
    return ExportedExchange(**fields | texts | facts, helpful=helpful, unhelpful=unhelpful)
