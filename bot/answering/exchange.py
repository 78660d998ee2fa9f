"""A question with its reply, as the journal stores it."""

from dataclasses import dataclass, field

from bot.answering.context import Context, Surface
from bot.answering.head import Headed
from bot.answering.reply import Outcome, new_exchange_id
from bot.matching.deciding.decision import Cause


@dataclass(frozen=True)
class Exchange(Headed):
    """One question with its reply, as the journal stores it."""

    context: Context
    surface: Surface
    question: str
    understood: str  # the question, completed from the one before it if it is a follow-up
    outcome: Outcome
    cause: Cause | None
    facts: tuple[str, ...]
    score: float | None
    elapsed_ms: float
    follows: str | None = None  # the exchange whose suggestion was picked
    id: str = field(default_factory=new_exchange_id)


@dataclass(frozen=True)
class Asked:
    """A journalled question."""

    question: str
    understood: str
    locale: str
    outcome: Outcome
    cause: Cause | None
    story: str
