"""The reply to a question, and its explanation."""

from dataclasses import dataclass, field
from secrets import token_hex
from typing import Literal

from bot.answering.cited import Sides
from bot.answering.head import Headed
from bot.matching.deciding.decision import Candidate, Cause, Rule

Outcome = Literal["answer", "suggest", "abstain"]
JournalledOutcome = Literal[Outcome, "unanswered"]  # unanswered: no reply was delivered
CAUSES_WITHOUT_GAP: tuple[Cause, ...] = (
    "small_talk",
    "too_vague",
)  # causes that no later version of a story can remove


def new_exchange_id() -> str:
    """Return a new exchange id, short enough for a custom_id."""
    return token_hex(6)


@dataclass(frozen=True)
class Suggestion:
    """A fact near a question, with an utterance that asks for it."""

    story: str
    id: str
    text: str
    score: float
    title: str | None = None  # of its story, if it is not the one of the reply


@dataclass(frozen=True)
class Reply(Headed):
    """An answer, a suggestion (the nearest fact on record), or an abstention with its cause.

    `facts[0]` is the answer, `nearest[0]` the nearest fact; the rest must be shown with it. If a text asks several
    questions, the answers to the others are in `also`, each with what must be shown with it.
    """

    question: str
    outcome: Outcome
    elapsed_ms: float
    cause: Cause | None = None
    facts: Sides = ()
    suggestions: tuple[Suggestion, ...] = ()
    score: float | None = None
    nearest: Sides = ()  # the fact of `suggestions[0]`
    is_tied: bool = False  # whether there is no answer because several facts answer equally well
    is_unsaid: bool = False  # whether the story surely does not say what is asked
    searched: int = 1  # stories in which an answer was looked for
    also: tuple[Sides, ...] = ()
    exchange: str = field(default_factory=new_exchange_id)  # the id in the journal

    @property
    def answers(self) -> tuple[Sides, ...]:
        """The answer to each question of the text that has one, the most certain first."""
        return (self.facts, *self.also) if self.facts else ()

    @property
    def answering(self) -> tuple[str, ...]:
        """The ids of the facts in the answers, each once."""
        return tuple(dict.fromkeys(fact.id for sides in self.answers for fact in sides))

    @property
    def first(self) -> Sides:
        """The first fact shown, with what must be shown with it."""
        return self.facts or self.nearest

    @property
    def others(self) -> tuple[Suggestion, ...]:
        """The suggestions whose fact is not already shown."""
        shown = {(self.story, fact.id) for fact in self.nearest}
        return tuple(item for item in self.suggestions if (item.story, item.id) not in shown)


@dataclass(frozen=True)
class Explanation:
    """Why a question got its reply: the ranked facts, best first, and the one that is shown."""

    question: str
    understood: str  # the question, completed from the one before it if it is a follow-up
    outcome: Outcome
    cause: Cause | None
    rule: Rule  # the rule that decided
    answer: float  # the minimum probability of an answer
    candidates: tuple[Candidate, ...]
    nearest: Candidate | None  # the candidate that is shown; the best of the ranking if none is
    is_tied: bool = False  # whether another fact answers equally well
    is_fitted: bool = True  # whether the vote was fitted for the encoder
