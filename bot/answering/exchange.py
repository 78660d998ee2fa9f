"""A question with its reply, as the journal stores it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from bot.answering.context import Context, Surface
from bot.answering.head import Headed
from bot.answering.reply import JournalledOutcome, new_exchange_id
from bot.matching.deciding.decision import Cause, Rule
from bot.matching.fold import words


@dataclass(frozen=True)
class Exchange(Headed):
    """One question with its reply, as the journal stores it."""

    context: Context
    surface: Surface
    question: str
    understood: str  # the question, completed from the one before it if it is a follow-up
    outcome: JournalledOutcome
    cause: Cause | None
    facts: tuple[str, ...]
    score: float | None
    elapsed_ms: float
    rule: Rule | None = None  # that decided, if a question was decided on; not stored
    follows: str | None = None  # the exchange whose suggestion was picked
    id: str = field(default_factory=new_exchange_id)


@dataclass(frozen=True)
class Asked:
    """A journalled question."""

    question: str
    understood: str
    locale: str
    outcome: JournalledOutcome
    cause: Cause | None
    story: str


class GapQuestion(NamedTuple):  # a tuple, since thousands of them are read at once
    """A journalled question without an answer, or with one that a reader voted unhelpful."""

    exchange: str
    question: str
    understood: str
    locale: str
    outcome: JournalledOutcome
    cause: Cause | None
    story: str
    facts: tuple[str, ...]  # that the reply showed, the answer or the nearest one first
    at: datetime
    reader: int  # the same number for the same reader, within one result only
    is_unhelpful: bool  # voted so; of an answer, since its fact last changed
    picked: tuple[str, ...] = ()  # the facts that were chosen afterwards
    waiting: int = 0  # readers who wait for an answer

    @property
    def wording(self) -> str:
        """The question as typed, or completed if it depended on the one before it."""
        return self.understood if len(words(self.understood)) > len(words(self.question)) else self.question
