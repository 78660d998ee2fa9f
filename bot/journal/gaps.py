"""Read from the journal the questions without a good answer, and what readers did afterwards."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.exchange import GapQuestion
from bot.answering.reply import CAUSES_WITHOUT_GAP
from bot.journal.counts import TYPED
from bot.journal.database import PART_ROWS, aware, rows_of
from bot.journal.tables import changes, exchanges, votes, waits

LATER = "later"  # the answer that a reader waited for: the question is theirs, and they may vote on it
MENDED = ("corrected", "edited")  # changes of a fact after which earlier votes on it no longer count

# The exchange that a vote, a pick or a wait is about: buttons under a reply to a button count for the typed question.
ROOT = func.coalesce(exchanges.c.follows, exchanges.c.id).label("root")


# In the words of the index exchanges_gaps, which SQLite takes for no others.
UNANSWERED = exchanges.c.outcome.in_([literal_column("'suggest'"), literal_column("'abstain'")])
MAX_UNHELPFUL_VOTES = 1000  # the last ones
MAX_IDS = 1000  # in one statement


async def read_gap_questions(connection: AsyncConnection, since: datetime | None, limit: int) -> list[GapQuestion]:
    """Return the last questions without a good answer, newest first; readers are numbered from 0.

    A question whose reply was not delivered says nothing about the story, and its reader was told to ask again.
    """
    open_ended = or_(exchanges.c.outcome == "suggest", exchanges.c.cause.not_in(CAUSES_WITHOUT_GAP))
    asked = _asked(since, limit)
    voted = set(await connection.scalars(_unhelpful()))
    unhelpful = {row.id: row async for row in rows_of(connection, asked.where(exchanges.c.id.in_(voted)))}
    found = {row.id: row async for row in rows_of(connection, asked.where(UNANSWERED, open_ended))}
    rows = sorted((found | unhelpful).values(), key=attrgetter("at"), reverse=True)[:limit]
    picked, waiting = await _picked(connection, [row.id for row in rows]), await _waiting(connection)
    readers: dict[str, int] = {}
    questions: list[GapQuestion] = []
    for start in range(0, len(rows), PART_ROWS):
        await asyncio.sleep(0)
        questions += (
            GapQuestion(
                exchange=row.id,
                question=row.question,
                understood=row.understood or row.question,
                locale=row.locale,
                outcome=row.outcome,
                cause=row.cause,
                story=row.story,
                facts=tuple(row.facts),
                at=aware(row.at),
                reader=readers.setdefault(row.asker, len(readers)),
                is_unhelpful=row.id in unhelpful,
                picked=tuple(picked[row.id]),
                waiting=waiting.get(row.id, 0),
            )
            for row in rows[start : start + PART_ROWS]
        )
    return questions


def _asked(since: datetime | None, limit: int) -> Select[Any]:
    """Select the last questions that readers typed."""
    names = ("id", "question", "understood", "locale", "outcome", "cause", "story", "facts", "at", "asker")
    asked = select(*(exchanges.c[name] for name in names)).where(exchanges.c.surface.in_((*TYPED, LATER)))
    if since is not None:
        asked = asked.where(exchanges.c.at >= since)
    return asked.order_by(exchanges.c.at.desc(), exchanges.c.id).limit(limit)


def _unhelpful() -> Select[Any]:
    """Select the exchanges whose reply, or a reply to a button under it, was voted unhelpful.

    Votes on a fact do not count once it has changed.
    """
    last = select(votes).where(~votes.c.helpful).order_by(votes.c.at.desc()).limit(MAX_UNHELPFUL_VOTES).subquery()
    own = changes.c.story == exchanges.c.story, changes.c.fact == exchanges.c.facts[0].as_string()
    mended = select(changes.c.number).where(*own, changes.c.what.in_(MENDED), changes.c.at >= last.c.at).exists()
    return select(ROOT).select_from(last.join(exchanges, exchanges.c.id == last.c.exchange)).where(~mended)


async def _picked(connection: AsyncConnection, questions: Sequence[str]) -> dict[str, list[str]]:
    """Return the facts that were chosen after each question, by its exchange."""
    picked: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(questions), MAX_IDS):
        after = exchanges.c.follows.in_(questions[start : start + MAX_IDS])
        chosen = select(exchanges.c.follows, exchanges.c.facts, exchanges.c.at).where(after)
        rows = await connection.execute(chosen.where(exchanges.c.outcome == "answer"))
        for row in sorted(rows, key=attrgetter("at")):  # in SQL, PostgreSQL may read all exchanges in this order
            picked[row.follows] += row.facts[:1]
    return picked


async def _waiting(connection: AsyncConnection) -> dict[str, int]:
    """Return how many readers wait for an answer that no editor has confirmed yet, by exchange."""
    root = func.coalesce(exchanges.c.follows, waits.c.exchange).label("root")
    joined = waits.outerjoin(exchanges, exchanges.c.id == waits.c.exchange)
    counted = (
        select(root, func.count(waits.c.user.distinct()).label("number"))
        .select_from(joined)
        .where(waits.c.fact.is_(None))
    )
    counted = counted.group_by(root)
    return {row.root: row.number for row in await connection.execute(counted)}
