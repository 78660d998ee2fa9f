"""What the journal stores of a question and its reply."""

from dataclasses import dataclass

from bot.answering.context import Utterance
from bot.answering.reply import Outcome
from bot.matching.deciding.decision import Cause


@dataclass(frozen=True)
class Exchange:
    """One utterance with its reply, as the journal keeps it."""

    id: str
    follows: str | None  # the exchange whose suggestions this one chooses among
    utterance: Utterance
    understood: str  # the question, completed where it goes on from the one before
    locale: str
    outcome: Outcome
    cause: str | None
    facts: tuple[str, ...]
    score: float | None
    story: str
    version: str
    elapsed_ms: float


@dataclass(frozen=True)
class Asked:
    """A question as the journal tells it to editors."""

    question: str
    understood: str
    locale: str
    outcome: Outcome
    cause: Cause | None
    story: str
