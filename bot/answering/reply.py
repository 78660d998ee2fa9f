"""What a question gets, and why."""

from dataclasses import dataclass, field
from secrets import token_hex
from typing import Literal

from bot.answering.cited import Sides
from bot.answering.head import Headed
from bot.matching.deciding.decision import Candidate, Cause, Rule

Outcome = Literal["answer", "suggest", "abstain"]
IDLE: tuple[Cause, ...] = ("small_talk", "too_vague")  # causes that are no gap of a story: no later version answers


def new_exchange_id() -> str:
    """Return an id for an exchange, short enough for a button."""
    return token_hex(6)


@dataclass(frozen=True)
class Suggestion:
    """A fact that is near a question, named by an utterance that asks for it."""

    story: str
    id: str
    text: str
    score: float


@dataclass(frozen=True)
class Reply(Headed):
    """An answer, the nearest that is on record, or the reason why there is neither.

    `facts[0]` is the answer, `nearest[0]` the fact that comes nearest to one; the others must be shown with it. A text
    that asks several questions has the answers to the others in `also`, each with what must be shown with it.
    """

    question: str
    outcome: Outcome
    elapsed_ms: float
    cause: Cause | None = None
    facts: Sides = ()
    suggestions: tuple[Suggestion, ...] = ()
    score: float | None = None
    nearest: Sides = ()  # the fact of `suggestions[0]`
    is_tied: bool = False  # whether several facts answer equally well, so that none of them is the answer
    also: tuple[Sides, ...] = ()
    exchange: str = field(default_factory=new_exchange_id)  # the id under which the journal stores it

    @property
    def answers(self) -> tuple[Sides, ...]:
        """The answer to each question of the text that has one, the surest first."""
        return (self.facts, *self.also) if self.facts else ()

    @property
    def answering(self) -> tuple[str, ...]:
        """The ids of the facts that the answers show, each once."""
        return tuple(dict.fromkeys(fact.id for sides in self.answers for fact in sides))

    @property
    def first(self) -> Sides:
        """The fact that a reader sees first, with what must be shown with it."""
        return self.facts or self.nearest

    @property
    def others(self) -> tuple[Suggestion, ...]:
        """The suggestions whose fact is not shown already."""
        shown = {(self.story, fact.id) for fact in self.nearest}
        return tuple(item for item in self.suggestions if (item.story, item.id) not in shown)


@dataclass(frozen=True)
class Explanation:
    """Why a question gets what it gets: the facts that were ranked, best first, and the one that a reader sees."""

    question: str
    understood: str  # the question, completed if it goes on from the one before
    outcome: Outcome
    cause: Cause | None
    rule: Rule  # that decided
    answer: float  # the least probability of an answer
    candidates: tuple[Candidate, ...]
    nearest: Candidate | None  # what is shown; the best of the ranking if nothing is
    is_tied: bool = False  # whether another fact answers equally well
