"""Count exchanges for statistics, and export them without who asked or where."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.ports import Usage
from bot.answering.redaction import redacted
from bot.answering.usage import MAX_LISTED, ExportedExchange, Tally
from bot.journal.counts import ANSWER, MONTH_CHARACTERS, TYPED, day_of
from bot.journal.database import PART_ROWS, Database, aware, rows_of
from bot.journal.tables import counted_answers, counted_questions, daily_votes, exchanges, votes

Key = TypeVar("Key", str, tuple[str, str])

ONE_DAY = timedelta(days=1)
MORE_THAN_A_MONTH = timedelta(days=32)
FEW_QUESTIONS = 5_000

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
        """Count a period: whole days by their counts, and what it has of other days by the exchanges still stored."""
        period, whole = (since, until), _whole_days(since, until)
        async with self._database.connect() as connection:
            counts = Counts(Counter(), Counter(), Counter())
            await _count_days(connection, _days(counted_questions.c.day, *whole), counts)
            await _count_answers(connection, _periods(*whole), counts)
            await _count_rest(connection, _rest(*period), counts)
            by_vote = await _votes(connection, period, whole)
            slowest = _slowest(connection, period, counts.days.total())
            return Tally(
                days=dict(sorted(counts.days.items())),
                helpful=by_vote[True],
                unhelpful=by_vote[False],
                facts=_most_first(counts.facts),
                locales=_most_first(counts.locales),
                slowest=tuple((redacted(row[0]), row[1]) for row in await connection.execute(slowest)),
            )

    async def exchanges(self, since: datetime | None) -> AsyncIterator[ExportedExchange]:
        """Yield the exchanges since a moment, oldest first, page by page: no transaction stays open meanwhile."""
        helpful, unhelpful = (
            select(func.count())
            .where(votes.c.exchange == exchanges.c.id, votes.c.helpful.is_(is_helpful))
            .scalar_subquery()
            for is_helpful in (True, False)
        )
        page = select(*EXPORTED, helpful, unhelpful).order_by(exchanges.c.at, exchanges.c.id).limit(PART_ROWS)
        rest = [] if since is None else [exchanges.c.at >= since]
        while True:
            async with self._database.connect(within=None) as connection:
                rows = (await connection.execute(page.where(*rest))).all()
            for row in rows:
                yield _exported(row)
            if len(rows) < PART_ROWS:
                return
            last = rows[-1]
            rest = [exchanges.c.at >= last.at, or_(exchanges.c.at > last.at, exchanges.c.id > last.id)]


@dataclass(frozen=True)
class Counts:
    """Questions by day and outcome, answers by story and fact, and questions by language."""

    days: Counter[tuple[date, Any]]
    facts: Counter[tuple[str, str]]
    locales: Counter[str]


async def _count_days(connection: AsyncConnection, days: ColumnElement[bool], counts: Counts) -> None:
    key = counted_questions.c.day, counted_questions.c.outcome, counted_questions.c.locale
    summed = select(*key, func.sum(counted_questions.c.number).label("number")).where(days).group_by(*key)
    async for row in rows_of(connection, summed):
        counts.days[date.fromisoformat(row.day), row.outcome] += row.number
        counts.locales[row.locale] += row.number


async def _count_answers(connection: AsyncConnection, periods: Sequence[ColumnElement[bool]], counts: Counts) -> None:
    key = counted_answers.c.story, counted_answers.c.fact
    for period in periods:  # each by the table's key; of all together, both databases would read the whole table
        summed = select(*key, func.sum(counted_answers.c.number).label("number")).where(period).group_by(*key)
        async for row in rows_of(connection, summed):
            counts.facts[row.story, row.fact] += row.number


async def _count_rest(
    connection: AsyncConnection, periods: Sequence[tuple[datetime, datetime]], counts: Counts
) -> None:
    """Count exchanges of parts of days."""
    names = ("at", "surface", "outcome", "locale", "story", "facts")
    for first, last in periods:
        part = select(*(exchanges.c[name] for name in names)).where(_in(exchanges.c.at, first, last))
        async for row in rows_of(connection, part):
            if row.surface in TYPED:
                counts.days[date.fromisoformat(day_of(row)), row.outcome] += 1
                counts.locales[row.locale] += 1
            if row.outcome == ANSWER and row.facts:
                counts.facts[row.story, row.facts[0]] += 1


async def _votes(
    connection: AsyncConnection, period: tuple[datetime, datetime], whole: tuple[date, date]
) -> Counter[bool]:
    counts: Counter[bool] = Counter()
    stored = select(votes.c.helpful, func.count()).where(_in(votes.c.at, *period)).group_by(votes.c.helpful)
    deleted = select(daily_votes.c.helpful, daily_votes.c.number).where(_days(daily_votes.c.day, *whole))
    for statement in (stored, deleted):
        for helpful, number in await connection.execute(statement):
            counts[bool(helpful)] += number
    return counts


def _slowest(connection: AsyncConnection, period: tuple[datetime, datetime], questions: int) -> Select[Any]:
    """Select the slowest questions of a period: of all its questions if they are few, else of the slowest of all."""
    at: ColumnElement[datetime] = exchanges.c.at
    if connection.dialect.name == "sqlite" and questions > FEW_QUESTIONS:
        # With a plus, SQLite does not take the index of times; PostgreSQL decides by its statistics.
        at = literal_column("+exchanges.at", exchanges.c.at.type)
    return (
        select(exchanges.c.question, exchanges.c.elapsed_ms)
        .where(_in(at, *period), exchanges.c.surface.in_(TYPED))
        .order_by(exchanges.c.elapsed_ms.desc())
        .limit(MAX_LISTED)
    )


def _whole_days(since: datetime, until: datetime) -> tuple[date, date]:
    """Return the first whole day of a period, and the day after the last one, in UTC."""
    first, last = since.astimezone(UTC), until.astimezone(UTC)
    return first.date() + (timedelta() if first.time() == time() else ONE_DAY), last.date()


def _rest(since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return what a period has before and after its whole days."""
    first, last = map(_midnight, _whole_days(since, until))
    parts = [(since, until)] if first > last else [(since, first), (last, until)]
    return [(begin, end) for begin, end in parts if begin < end]


def _in(at: ColumnElement[datetime], since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(at >= since, at < until)


def _days(day: ColumnElement[str], first: date, end: date) -> ColumnElement[bool]:
    """Select the days from the first one to before the last one."""
    return and_(day >= first.isoformat(), day < end.isoformat())


def _periods(first: date, end: date) -> list[ColumnElement[bool]]:
    """Select the whole months between two days, then the days before and after them."""
    period = counted_answers.c.period
    is_day = func.length(period) > MONTH_CHARACTERS
    months, day = [], _next_month(first - ONE_DAY)
    begin = day
    while (later := _next_month(day)) <= end:
        months.append(day.isoformat()[:MONTH_CHARACTERS])
        day = later
    if not months:
        return [and_(_days(period, first, end), is_day)]
    return [period.in_(months), *(and_(_days(period, *part), is_day) for part in ((first, begin), (day, end)))]


def _next_month(day: date) -> date:
    """Return the first day of the month after a day's."""
    return (day.replace(day=1) + MORE_THAN_A_MONTH).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _most_first(counts: Counter[Key]) -> dict[Key, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _exported(row: Any) -> ExportedExchange:
    *values, helpful, unhelpful = row
    fields = dict(zip((column.name for column in EXPORTED), values, strict=True))
    texts = {"question": redacted(row.question), "understood": redacted(row.understood or row.question)}
    facts = {"facts": tuple(row.facts), "at": aware(row.at)}
    return ExportedExchange(**fields | texts | facts, helpful=helpful, unhelpful=unhelpful)
