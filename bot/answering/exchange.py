"""What the journal stores of a question and its reply."""

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
    understood: str  # the question, completed if it goes on from the one before
    outcome: Outcome
    cause: Cause | None
    facts: tuple[str, ...]
    score: float | None
    elapsed_ms: float
    follows: str | None = None  # the exchange whose suggestions this one chooses among
    id: str = field(default_factory=new_exchange_id)


@dataclass(frozen=True)
class Asked:
    """A question as the journal returns it."""

    question: str
    understood: str
    locale: str
    outcome: Outcome
    cause: Cause | None
    story: str
