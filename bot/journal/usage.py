"""Count exchanges for statistics, and export them without who asked or where."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, and_, case, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.ports import Usage
from bot.answering.redaction import redacted
from bot.answering.usage import MAX_LISTED, ExportedExchange, Tally
from bot.journal.database import Database, aware
from bot.journal.gaps import TYPED
from bot.journal.tables import daily, daily_votes, exchanges, votes

Key = TypeVar("Key", str, tuple[str, str])

EXPORTED = tuple(
    exchanges.c[name]
    for name in (
        *("id", "follows", "at", "surface", "locale", "question", "understood", "outcome", "cause", "facts"),
        *("score", "story", "version", "elapsed_ms"),
    )
)


class SqlUsage(Usage):
    """Usage from the journal's tables; an exchange that is still queued is not counted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tally(self, since: datetime, until: datetime) -> Tally:
        """Count a period; of days that are no longer stored whole, all is counted if they begin in it."""
        period = and_(exchanges.c.at >= since, exchanges.c.at < until)
        typed = and_(period, exchanges.c.surface.in_(TYPED))
        async with self._database.connect() as connection:
            old = await _old(connection, since, until)
            voted = select(votes.c.helpful, func.count()).where(votes.c.at >= since, votes.c.at < until)
            by_vote = old.votes + Counter(
                {bool(row[0]): row[1] for row in await connection.execute(voted.group_by(votes.c.helpful))}
            )
            slowest = select(exchanges.c.question, exchanges.c.elapsed_ms).where(typed)
            slowest = slowest.order_by(exchanges.c.elapsed_ms.desc()).limit(MAX_LISTED)
            return Tally(
                days=dict(sorted((old.days + await _days(connection, typed)).items())),
                helpful=by_vote[True],
                unhelpful=by_vote[False],
                facts=_most_first(old.facts + await _facts(connection, period)),
                locales=_most_first(old.locales + await _locales(connection, typed)),
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
        async with self._database.connect(within=None) as connection:  # it may take minutes
            async for row in await connection.stream(statement):
                yield _exported(row)


@dataclass(frozen=True)
class OldCounts:
    """What is left of the days that are no longer stored."""

    days: Counter[tuple[date, Any]]
    facts: Counter[tuple[str, str]]
    locales: Counter[str]
    votes: Counter[bool]


async def _old(connection: AsyncConnection, since: datetime, until: datetime) -> OldCounts:
    counts = OldCounts(Counter(), Counter(), Counter(), Counter())
    for row in await connection.execute(select(daily).where(*_in(daily, since, until))):
        if row.is_typed:
            counts.days[date.fromisoformat(row.day), row.outcome] += row.number
            counts.locales[row.locale] += row.number
        if row.fact:
            counts.facts[row.story, row.fact] += row.number
    for row in await connection.execute(select(daily_votes).where(*_in(daily_votes, since, until))):
        counts.votes[row.helpful] += row.number
    return counts


def _in(table: Table, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """Select the days that begin in a period."""
    first = since.astimezone(UTC)
    day = first.date() if first.time() == time() else first.date() + timedelta(days=1)
    last = (until.astimezone(UTC) - timedelta.resolution).date()
    return table.c.day >= day.isoformat(), table.c.day <= last.isoformat()


def _most_first(counts: Counter[Key]) -> dict[Key, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


async def _days(connection: AsyncConnection, wanted: ColumnElement[bool]) -> Counter[tuple[date, Any]]:
    day = func.date(exchanges.c.at)
    statement = select(day, exchanges.c.outcome, func.count()).where(wanted).group_by(day, exchanges.c.outcome)
    rows = await connection.execute(statement)
    return Counter({(date.fromisoformat(str(row[0])), row[1]): row[2] for row in rows})


async def _facts(connection: AsyncConnection, period: ColumnElement[bool]) -> Counter[tuple[str, str]]:
    """Count answers by their first fact; the others are only shown beside it."""
    first = exchanges.c.facts[0].as_string()
    statement = select(exchanges.c.story, first.label("fact"), func.count())
    statement = statement.where(period, exchanges.c.outcome == "answer", first.is_not(None))
    rows = await connection.execute(statement.group_by(exchanges.c.story, literal_column("fact")))
    return Counter({(row[0], row[1]): row[2] for row in rows})


async def _locales(connection: AsyncConnection, typed: ColumnElement[bool]) -> Counter[str]:
    rows = await connection.execute(select(exchanges.c.locale, func.count()).where(typed).group_by(exchanges.c.locale))
    return Counter({row[0]: row[1] for row in rows})


def _exported(row: Any) -> ExportedExchange:
    *values, helpful, unhelpful = row
    fields = dict(zip((column.name for column in EXPORTED), values, strict=True))
    texts = {"question": redacted(row.question), "understood": redacted(row.understood or row.question)}
    facts = {"facts": tuple(row.facts), "at": aware(row.at)}
    return ExportedExchange(**fields | texts | facts, helpful=helpful, unhelpful=unhelpful)
