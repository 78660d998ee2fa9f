"""Readers' feedback on replies: mistakes, and waits for an answer."""

from dataclasses import dataclass
from datetime import datetime

from bot.answering.context import Context


@dataclass(frozen=True)
class Mistake:
    """A mistake that a reader reports: what is wrong, and a source that says otherwise."""

    exchange: str
    wrong: str
    written: str
    at: datetime


@dataclass(frozen=True)
class ReportedMistake:
    """A mistake in the editors' queue, with the exchange's question and facts."""

    number: int
    mistake: Mistake
    question: str | None  # None if the exchange is no longer stored
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """A user who waits for an answer; their id is stored only until they get it."""

    exchange: str
    question: str  # as it was understood: a follow-up is completed
    context: Context
    story: str | None = None  # with `fact`: the answer that an editor confirmed; None if none has yet
    fact: str | None = None
