"""What becomes of a question, as a value: the outcome, the rule that decided, and the facts that were weighed."""

from dataclasses import dataclass
from typing import Literal

from bot.matching.deciding.evidence import Evidence
from bot.matching.reading.question import ParsedQuestion

Cause = Literal["unknown_name", "no_fact", "too_vague", "after_story", "small_talk"]
Rule = Literal[
    "nothing", "curated", "about_bot", "later", "tied", "probable", "context", "near", "unknown", "far", "statement"
]
Outcome = Literal["abstain", "suggest", "answer"]

MAX_SUGGESTIONS = 3
OUTCOMES: tuple[Outcome, ...] = ("abstain", "suggest", "answer")  # the more is told, the later


@dataclass(frozen=True)
class Candidate:
    """A fact with its score, the utterance nearest to the question, and what speaks for and against it.

    The score is the mean of two rankings: of the question as it was typed, and of its names, concepts and slot.
    """

    fact: str
    score: float
    as_typed: float
    as_read: float
    utterance: str
    lexical: float  # cosine of the question as typed and that utterance, by words and letters
    semantic: float | None  # the same by meaning
    evidence: Evidence
    probability: float = 0.0  # that it answers, by the fitted vote
    strongest: tuple[tuple[str, float], ...] = ()  # the signals that moved the vote most, with what each added


@dataclass(frozen=True)
class Decision:
    """What becomes of a question, with the ranking that led to it."""

    outcome: Outcome
    rule: Rule
    question: ParsedQuestion  # as it was read, completed if it went on from the one before
    chosen: tuple[Candidate, ...] = ()  # one on answer, up to three on suggest
    cause: Cause | None = None
    ranking: tuple[Candidate, ...] = ()
    also: tuple["Decision", ...] = ()  # the answers to what else a long text asks

    @property
    def language(self) -> str | None:
        """The language of the question; None if its words do not tell."""
        return self.question.language

    @property
    def understood(self) -> str:
        """The question in words, completed if it went on from the one before."""
        return self.question.text

    @property
    def strength(self) -> tuple[int, float]:
        """How much the decision tells, and how surely: to choose among several readings."""
        return OUTCOMES.index(self.outcome), self.chosen[0].probability if self.chosen else 0.0
