"""Store readers' feedback: votes, reported mistakes, and who is waiting for an answer."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.context import Context
from bot.answering.feedback import MAX_WAITS, AwaitedReport, Mistake, ReportedMistake, Settlement, ShownFacts, Waiting
from bot.answering.ports import Feedback
from bot.answering.redaction import redacted
from bot.journal.askers import Askers
from bot.journal.database import Database, aware, rows_of, storable
from bot.journal.gaps import MAX_IDS
from bot.journal.privacy import SqlPrivacy
from bot.journal.tables import exchanges, mistakes, votes, waits
from bot.journal.upserts import insert

SHOWN_COLUMNS = ("story", "version", "facts", "locale")  # of an exchange, for reports made before they had their own


class SqlFeedback(Feedback):
    """Feedback in a database."""

    def __init__(self, database: Database, askers: Askers, privacy: SqlPrivacy) -> None:
        self._database = database
        self._askers = askers
        self._privacy = privacy

    async def vote(self, exchange: str, user: int, at: datetime, *, helpful: bool) -> None:
        row = {"exchange": exchange, "asker": self._askers.hash(user), "helpful": helpful, "at": at}
        newer = {"helpful": helpful, "at": at}
        async with self._database.begin() as connection:
            again = insert(connection, votes).on_conflict_do_update(index_elements=["exchange", "asker"], set_=newer)
            await connection.execute(again, row)

    async def report(self, mistake: Mistake, user: int) -> int:
        row = {
            "exchange": mistake.exchange,
            "wrong": redacted(storable(mistake.wrong)),
            "written": redacted(storable(mistake.written), keep_links=True),
            "at": mistake.at,
            "locale": mistake.locale,
            **({} if self._privacy.is_opted_out(user) else self._traces(mistake, user)),
        }
        async with self._database.begin() as connection:
            shown = mistake.shown or await _shown_by(connection, mistake.exchange)
            if shown:
                row |= {"story": shown.story, "version": shown.version, "facts": list(shown.facts)}
            result = await connection.execute(insert(connection, mistakes).values(row).returning(mistakes.c.number))
            return int(result.scalar_one())

    def _traces(self, mistake: Mistake, user: int) -> dict[str, Any]:
        """Return the columns that lead to a reporter, directly or by the message that they saw."""
        reporter = user if mistake.is_awaited else None
        return {"asker": self._askers.hash(user), "link": mistake.link, "reporter": reporter}

    async def mistakes(self, limit: int) -> list[ReportedMistake]:
        queue = _reports().where(mistakes.c.settled.is_(None)).limit(limit)
        async with self._database.connect() as connection:
            return [_reported(row) async for row in rows_of(connection, queue)]

    async def mistake(self, number: int) -> ReportedMistake | None:
        async with self._database.connect() as connection:
            row = (await connection.execute(_reports().where(mistakes.c.number == number))).first()
            return _reported(row) if row else None

    async def settle(self, number: int, settlement: Settlement) -> bool:
        statement = update(mistakes).where(mistakes.c.number == number, mistakes.c.settled.is_(None))
        values = {"settled": settlement.at, "outcome": settlement.outcome, "note": storable(settlement.note)}
        async with self._database.begin() as connection:
            return bool((await connection.execute(statement.values(values))).rowcount)

    async def awaited(self) -> list[AwaitedReport]:
        is_awaited = mistakes.c.reporter > 0  # all that are not null, by their index
        statement = _reports().where(mistakes.c.settled.is_not(None), is_awaited)
        async with self._database.connect() as connection:
            rows = [(row, _reported(row)) async for row in rows_of(connection, statement)]
        return [AwaitedReport(report, report.settlement, row.reporter) for row, report in rows if report.settlement]

    async def stop_awaiting(self, number: int) -> None:
        statement = update(mistakes).where(mistakes.c.number == number).values(reporter=None)
        async with self._database.begin() as connection:
            await connection.execute(statement)

    async def wait(self, waiting: Waiting) -> bool:
        row = {"exchange": waiting.exchange, "question": redacted(storable(waiting.question)), **vars(waiting.context)}
        async with self._database.begin() as connection:
            others = and_(waits.c.user == waiting.context.user, waits.c.exchange != waiting.exchange)
            if (await connection.scalar(select(func.count()).where(others)) or 0) >= MAX_WAITS:
                return False
            await connection.execute(insert(connection, waits).on_conflict_do_nothing(), row)
            return True

    async def waiting(self) -> list[Waiting]:
        async with self._database.connect() as connection:
            return [_waiting(row) async for row in rows_of(connection, select(waits).order_by(waits.c.at))]

    async def cancel(self, user: int, exchange: str) -> bool:
        statement = delete(waits).where(waits.c.user == user, waits.c.exchange == exchange)
        async with self._database.begin() as connection:
            return bool((await connection.execute(statement)).rowcount)

    async def confirm(self, answered: Collection[str], story: str, fact: str) -> int:
        named, users = list(answered), set[int]()
        async with self._database.begin() as connection:
            for start in range(0, len(named), MAX_IDS):
                ids = named[start : start + MAX_IDS]
                pressed = select(exchanges.c.id).where(exchanges.c.follows.in_(ids))  # "none of these", then "tell me"
                for which in (waits.c.exchange.in_(ids), waits.c.exchange.in_(pressed)):
                    await connection.execute(update(waits).where(which).values(story=story, fact=fact))
                    users.update(await connection.scalars(select(waits.c.user).where(which)))
        return len(users)

    async def stop_waiting(self, told: Waiting) -> None:
        same_fact = and_(waits.c.story == told.story, waits.c.fact == told.fact)
        same = or_(waits.c.question == redacted(storable(told.question)), same_fact)
        async with self._database.begin() as connection:
            await connection.execute(delete(waits).where(waits.c.user == told.context.user, same))


def _reports() -> Select[Any]:
    """Select reports, oldest first, with what is stored of their exchanges."""
    asked = (exchanges.c.question, *(exchanges.c[name].label(f"asked_{name}") for name in SHOWN_COLUMNS))
    joined = mistakes.outerjoin(exchanges, exchanges.c.id == mistakes.c.exchange)
    return select(mistakes, *asked).select_from(joined).order_by(mistakes.c.number)


async def _shown_by(connection: AsyncConnection, exchange: str) -> ShownFacts | None:
    """Return what the reply of an exchange showed; None if the exchange is not stored."""
    row = (await connection.execute(select(exchanges).where(exchanges.c.id == exchange))).first()
    return ShownFacts(row.story, row.version, tuple(row.facts)) if row else None


def _reported(row: Any) -> ReportedMistake:
    shown = ShownFacts(row.story, row.version, tuple(row.facts)) if row.story else None
    if shown is None and row.asked_story:
        shown = ShownFacts(row.asked_story, row.asked_version, tuple(row.asked_facts))
    mistake = Mistake(
        exchange=row.exchange,
        wrong=row.wrong,
        written=row.written,
        at=aware(row.at),
        locale=row.locale or row.asked_locale,
        link=row.link,
        shown=shown,
        is_awaited=row.reporter is not None,
    )
    settlement = Settlement(aware(row.settled), row.outcome or "other", row.note or "") if row.settled else None
    return ReportedMistake(row.number, mistake, row.question, settlement)


def _waiting(row: Any) -> Waiting:
    context = Context(row.user, row.channel, row.guild, row.locale, aware(row.at), row.parent)
    return Waiting(row.exchange, row.question, context, row.story, row.fact)
