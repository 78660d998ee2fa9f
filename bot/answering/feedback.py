"""What readers say of replies: mistakes, and that they wait for an answer."""

from dataclasses import dataclass
from datetime import datetime

from bot.answering.context import Context


@dataclass(frozen=True)
class Mistake:
    """What somebody says is wrong in an answer, and where it is written otherwise."""

    exchange: str
    wrong: str
    written: str
    at: datetime


@dataclass(frozen=True)
class ReportedMistake:
    """A mistake in the editors' queue, with the question and the facts that it is about."""

    number: int
    mistake: Mistake
    question: str | None  # None where the exchange is no longer kept
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """Somebody who wants to be told once a question is answered; the user's id is kept for that, and until then."""

    exchange: str
    question: str  # as it was understood
    context: Context
