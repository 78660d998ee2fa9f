"""Define the result of a decision: its outcome, the rule that decided and the facts that were considered."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.matching.deciding.evidence import Evidence
from bot.matching.reading.question import ParsedQuestion

Cause = Literal["unknown_name", "no_fact", "too_vague", "after_story", "small_talk"]
Rule = Literal[
    "nothing",
    "curated",
    "about_bot",
    "later",
    "tied",
    "probable",
    "completed",
    "context",
    "near",
    "unknown",
    "far",
    "statement",
]
Outcome = Literal["abstain", "suggest", "answer"]

MAX_SUGGESTIONS = 3
OUTCOMES: tuple[Outcome, ...] = ("abstain", "suggest", "answer")  # in order of how much they tell the reader


class Candidate(NamedTuple):  # a tuple is made faster, and each question has a dozen
    """A fact with its score, its utterance nearest to the question, and the evidence for and against it.

    The score is the mean of two rankings: by the question as typed, and by its names, concepts and slot.
    """

    fact: str
    score: float
    as_typed: float
    as_read: float
    utterance: str
    lexical: float  # cosine of the question as typed with that utterance, by words and letters
    semantic: float | None  # the same by meaning
    evidence: Evidence
    probability: float = 0.0  # that it answers the question, by the fitted vote
    strongest: tuple[tuple[str, float], ...] = ()  # the signals with the largest contributions to the vote


@dataclass(frozen=True)
class Decision:
    """The decision on a question, with the ranking behind it."""

    outcome: Outcome
    rule: Rule
    question: ParsedQuestion  # as read, and completed if it depends on the last one
    chosen: tuple[Candidate, ...] = ()  # one for an answer, up to three for suggestions
    cause: Cause | None = None
    ranking: tuple[Candidate, ...] = ()
    also: tuple["Decision", ...] = ()  # the answers to the other questions of a long text

    @property
    def language(self) -> str | None:
        """The language of the question; None if it cannot be detected."""
        return self.question.language

    @property
    def understood(self) -> str:
        """The text of the question, completed if it depends on the last one."""
        return self.question.text

    @property
    def strength(self) -> tuple[int, float]:
        """A sort key to choose between decisions: how much the outcome tells the reader, then its probability."""
        return OUTCOMES.index(self.outcome), self.chosen[0].probability if self.chosen else 0.0
