"""Store readers' feedback: votes, reported mistakes, and who is waiting for an answer."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.answering.context import Context
from bot.answering.feedback import Mistake, ReportedMistake, Waiting
from bot.answering.ports import Feedback
from bot.answering.redaction import redacted
from bot.journal.askers import Askers
from bot.journal.database import Database, aware, storable
from bot.journal.privacy import SqlPrivacy
from bot.journal.tables import exchanges, mistakes, votes, waits


class SqlFeedback(Feedback):
    """Feedback in a database."""

    def __init__(self, database: Database, askers: Askers, privacy: SqlPrivacy) -> None:
        self._database = database
        self._askers = askers
        self._privacy = privacy

    async def vote(self, exchange: str, user: int, at: datetime, *, helpful: bool) -> None:
        row = {"exchange": exchange, "asker": self._askers.hash(user), "helpful": helpful, "at": at}
        again = insert(votes).on_conflict_do_update(
            index_elements=["exchange", "asker"], set_={"helpful": helpful, "at": at}
        )
        async with self._database.begin() as connection:
            await connection.execute(again, row)

    async def report(self, mistake: Mistake, user: int) -> int:
        row = {
            "exchange": mistake.exchange,
            "asker": None if self._privacy.is_opted_out(user) else self._askers.hash(user),
            "wrong": redacted(storable(mistake.wrong)),
            "written": redacted(storable(mistake.written), keep_links=True),
            "at": mistake.at,
        }
        async with self._database.begin() as connection:
            result = await connection.execute(insert(mistakes).returning(mistakes.c.number), row)
            return int(result.scalar_one())

    async def mistakes(self, limit: int) -> list[ReportedMistake]:
        statement = (
            select(mistakes, exchanges.c.question, exchanges.c.facts)
            .outerjoin(exchanges, exchanges.c.id == mistakes.c.exchange)
            .where(mistakes.c.settled.is_(None))
            .order_by(mistakes.c.number)
            .limit(limit)
        )
        async with self._database.connect() as connection:
            return [_reported(row) for row in await connection.execute(statement)]

    async def settle(self, number: int, at: datetime) -> bool:
        statement = update(mistakes).where(mistakes.c.number == number, mistakes.c.settled.is_(None))
        async with self._database.begin() as connection:
            return bool((await connection.execute(statement.values(settled=at))).rowcount)

    async def wait(self, waiting: Waiting) -> None:
        row = {"exchange": waiting.exchange, "question": redacted(storable(waiting.question)), **vars(waiting.context)}
        async with self._database.begin() as connection:
            await connection.execute(insert(waits).on_conflict_do_nothing(), row)

    async def waiting(self) -> list[Waiting]:
        async with self._database.connect() as connection:
            rows = await connection.execute(select(waits).order_by(waits.c.at))
            return [_waiting(row) for row in rows]

    async def cancel(self, user: int, exchange: str) -> bool:
        statement = delete(waits).where(waits.c.user == user, waits.c.exchange == exchange)
        async with self._database.begin() as connection:
            return bool((await connection.execute(statement)).rowcount)

    async def confirm(self, answered: Collection[str], story: str, fact: str) -> int:
        named = list(answered)
        pressed = select(exchanges.c.id).where(exchanges.c.follows.in_(named))  # "none of these", and then "tell me"
        of_them = or_(waits.c.exchange.in_(named), waits.c.exchange.in_(pressed))
        async with self._database.begin() as connection:
            await connection.execute(update(waits).where(of_them).values(story=story, fact=fact))
            users = await connection.scalar(select(func.count(waits.c.user.distinct())).where(of_them))
            return int(users or 0)

    async def stop_waiting(self, told: Waiting) -> None:
        same_fact = and_(waits.c.story == told.story, waits.c.fact == told.fact)
        same = or_(waits.c.question == redacted(storable(told.question)), same_fact)
        async with self._database.begin() as connection:
            await connection.execute(delete(waits).where(waits.c.user == told.context.user, same))


def _reported(row: Any) -> ReportedMistake:
    mistake = Mistake(row.exchange, row.wrong, row.written, aware(row.at))
    return ReportedMistake(row.number, mistake, row.question, tuple(row.facts or ()))


def _waiting(row: Any) -> Waiting:
    context = Context(row.user, row.channel, row.guild, row.locale, aware(row.at), row.parent)
    return Waiting(row.exchange, row.question, context, row.story, row.fact)
