"""Read from the journal the questions without a good answer, and what readers did afterwards."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Subquery, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.exchange import GapQuestion
from bot.answering.reply import CAUSES_WITHOUT_GAP
from bot.journal.database import aware
from bot.journal.tables import changes, exchanges, votes, waits

TYPED = ("mention", "reply", "direct", "ask", "terminal")  # the surfaces on which readers type a question
LATER = "later"  # the answer that a reader waited for: the question is theirs, and they may vote on it
MENDED = ("corrected", "edited")  # changes of a fact after which earlier votes on it no longer count

# The exchange that a vote, a pick or a wait is about: buttons under a reply to a button count for the typed question.
ROOT = func.coalesce(exchanges.c.follows, exchanges.c.id).label("root")


async def read_gap_questions(connection: AsyncConnection, since: datetime | None, limit: int) -> list[GapQuestion]:
    """Return the last questions without a good answer, newest first; readers are numbered from 0.

    A question whose reply was not delivered says nothing about the story, and its reader was told to ask again.
    """
    unhelpful = _unhelpful()
    open_ended = or_(exchanges.c.outcome == "suggest", exchanges.c.cause.not_in(CAUSES_WITHOUT_GAP))
    unanswered = and_(exchanges.c.outcome.in_(("suggest", "abstain")), open_ended)
    last = (
        select(exchanges, unhelpful.c.root.is_not(None).label("unhelpful"))
        .outerjoin(unhelpful, unhelpful.c.root == exchanges.c.id)
        .where(exchanges.c.surface.in_((*TYPED, LATER)), or_(unanswered, unhelpful.c.root.is_not(None)))
        .where(*() if since is None else (exchanges.c.at >= since,))
        .order_by(exchanges.c.at.desc(), exchanges.c.id)
        .limit(limit)
        .subquery()
    )
    picked, waiting = await _picked(connection, last), await _waiting(connection)
    readers: dict[str, int] = {}
    return [
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
            is_unhelpful=row.unhelpful,
            picked=tuple(picked[row.id]),
            waiting=waiting.get(row.id, 0),
        )
        for row in await connection.execute(select(last))
    ]


def _unhelpful() -> Subquery:
    """Select the exchanges whose reply, or a reply to a button under it, was voted unhelpful.

    Votes on a fact do not count once it has changed.
    """
    mended = (
        select(changes.c.story, changes.c.fact, func.max(changes.c.at).label("at"))
        .where(changes.c.what.in_(MENDED))
        .group_by(changes.c.story, changes.c.fact)
        .subquery()
    )
    own = and_(mended.c.story == exchanges.c.story, mended.c.fact == exchanges.c.facts[0].as_string())
    joined = exchanges.join(votes, votes.c.exchange == exchanges.c.id).outerjoin(mended, own)
    counts = or_(mended.c.at.is_(None), votes.c.at > mended.c.at)
    return select(ROOT).select_from(joined).where(~votes.c.helpful, counts).distinct().subquery()


async def _picked(connection: AsyncConnection, questions: Subquery) -> dict[str, list[str]]:
    """Return the facts that were chosen after each question, by its exchange."""
    chosen = select(exchanges.c.follows, exchanges.c.facts).where(
        exchanges.c.follows.in_(select(questions.c.id)), exchanges.c.outcome == "answer"
    )
    picked: dict[str, list[str]] = defaultdict(list)
    for row in await connection.execute(chosen.order_by(exchanges.c.at)):
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
