"""What a question gets."""

from dataclasses import dataclass
from typing import Literal

from bot.answering.cited import FactView, Pair
from bot.answering.head import AsOf
from bot.matching.deciding.decision import Candidate, Cause, Rule

Outcome = Literal["answer", "suggest", "abstain"]
IDLE: tuple[Cause, ...] = ("small_talk", "too_vague")  # causes that are no gap of a story: no later version answers


@dataclass(frozen=True)
class Suggestion:
    """A fact that is near a question, told by the utterance that asks for it."""

    story: str
    id: str
    text: str
    score: float


@dataclass(frozen=True)
class Reply:
    """What a question gets: an answer, the nearest that is on record, or the reason why there is neither.

    `facts[0]` is the answer, `nearest[0]` the fact that comes nearest to one; the others must be shown with it. A text
    that asks several questions has the answers to the others in `also`, each with what must be shown with it.
    """

    exchange: str
    question: str
    locale: str
    outcome: Outcome
    cause: Cause | None
    facts: tuple[FactView, ...]
    suggestions: tuple[Suggestion, ...]
    score: float | None
    as_of: AsOf
    story: str
    title: str  # of the story
    version: str
    elapsed_ms: float
    nearest: Pair = ()  # the fact of `suggestions[0]`
    is_tied: bool = False  # whether several facts answer equally well, so that none of them is the answer
    also: tuple[Pair, ...] = ()

    @property
    def answers(self) -> tuple[Pair, ...]:
        """The answer to each question of the text that has one, the surest first."""
        return (self.facts, *self.also) if self.facts else ()

    @property
    def answering(self) -> tuple[str, ...]:
        """The ids of the facts that the answers show, each once."""
        return tuple(dict.fromkeys(view.id for thread in self.answers for view in thread))

    @property
    def thread(self) -> Pair:
        """The fact that a reader sees, with what stands beside it."""
        return self.facts or self.nearest

    @property
    def others(self) -> tuple[Suggestion, ...]:
        """The suggestions whose fact is not seen already."""
        seen = {(self.story, view.id) for view in self.nearest}
        return tuple(item for item in self.suggestions if (item.story, item.id) not in seen)


@dataclass(frozen=True)
class Explanation:
    """Why a question gets what it gets: the facts that were ranked, best first, and the one that a reader sees."""

    question: str
    understood: str  # the question, completed where it goes on from the one before
    outcome: Outcome
    cause: Cause | None
    rule: Rule  # that decided
    answer: float  # the least probability of an answer
    candidates: tuple[Candidate, ...]
    nearest: Candidate | None  # what is shown; the best of the ranking if nothing is
    is_tied: bool = False  # whether another fact answers equally well
