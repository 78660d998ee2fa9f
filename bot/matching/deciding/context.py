"""Weigh the facts for a question that depends on the last one, by their relation to the fact shown last.

The answer is usually that fact itself, a reply to it, or a fact of the same event or paragraph. `context.toml` contains
a logistic regression on the signals below (vote.py has the formula). `python -m tests.benchmarks fit` writes it from
the conversations in `tests/stories` and `tests/matching/conversations.json`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean
from typing import Any, Literal

import numpy as np

from bot.matching.deciding.evidence import OPEN_SLOTS
from bot.matching.deciding.signals import Signal
from bot.matching.deciding.vote import Doubles, LogisticRegression, columns, read_part
from bot.matching.ranking.encoder import Encoder
from bot.matching.reading.followup import ReadingKind
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Fact, Story

Relation = Literal["same", "reply", "event"]

CONTEXT_SIGNALS: dict[str, Signal] = {
    "vote_in_context": Signal(1, "its best vote in any reading of the question with what was said before"),
    "vote_typed": Signal(1, "its vote for the question as it was typed"),
    "vote_completed": Signal(1, "its vote for the question completed by rule, or else its mean vote"),
    "vote_on_average": Signal(1, "the mean of its votes in all readings, none if a veto forbids it in one"),
    "same": Signal(1, "it is the fact shown last"),
    "reply": Signal(1, "it replies to the fact shown last, or to the same claim, or is replied to by that"),
    "event": Signal(1, "it tells of the same event as the fact shown last"),
    "paragraph": Signal(1, "it is cited from a paragraph that the fact shown last is cited from too"),
    "reason": Signal(1, "the same, and the question asks why"),
    "fills": Signal(1, "the fact shown last answers a question word that stands alone"),
    "new_words": Signal(-1, "number of words that the fact shown last lacks: a new word asks for something new"),
    "party": Signal(1, "the question names somebody whom it is about, or who says it"),
}

MIN_VOTE = 0.002  # probability of a fact in a reading that does not rank it


@dataclass(frozen=True)
class ContextVote(LogisticRegression):
    """The vote on a question that depends on the last one, for one kind of ranking."""

    table = CONTEXT_SIGNALS

    answer: float  # minimum probability of an answer
    completed: float  # minimum usual vote for an answer to a question completed by rule


@dataclass(frozen=True)
class Votes:
    """The votes for one fact, as probabilities, in the readings of a question that have a name or a content word."""

    by_reading: Sequence[tuple[ReadingKind, float]]

    @property
    def best(self) -> float:
        """The best vote in all readings, as a logit."""
        return max(self._logits)

    @property
    def mean(self) -> float:
        """The mean vote, as a logit: a fact that only one reading finds is often found by chance."""
        return fmean(self._logits)

    @property
    def typed(self) -> float:
        """The vote for the question as it was typed, as a logit."""
        return max(self._of("typed"), default=_logit(0.0))

    @property
    def completed(self) -> float:
        """The best vote for the question completed by rule, as a logit; the mean of all if there is no rule for it."""
        return max(self._of("completed"), default=self.mean)

    def _of(self, kind: ReadingKind) -> list[float]:
        return [_logit(vote) for each, vote in self.by_reading if each == kind]

    @property
    def _logits(self) -> list[float]:
        return [_logit(vote) for _, vote in self.by_reading] or [_logit(0.0)]


@dataclass(frozen=True)
class Voted:
    """A fact with its votes, and the number of words of the question that it does not have."""

    fact: Fact
    votes: Votes
    unknown: int


def context_vote_for(encoder: Encoder | None) -> ContextVote:
    """Return the vote in context for the rankings of an encoder, or for words alone."""
    return parse_context_vote(read_part("context", encoder))


def parse_context_vote(data: Mapping[str, Any]) -> ContextVote:
    """Parse a fitted vote; raises KeyError or TypeError if it is not one."""
    found = columns(data["signals"], CONTEXT_SIGNALS)
    return ContextVote(data["bias"], *found, answer=data["answer"], completed=data["completed"])


def signals_in_context(
    candidates: Sequence[Voted], own: ParsedQuestion, last: ParsedQuestion, shown: Fact | None, story: Story
) -> Doubles:
    """Return the signals of each candidate: (candidates, signals), in the order of `CONTEXT_SIGNALS`.

    `own` is the question without connectives such as "and", `last` the one before it.
    """
    rows = []
    for each in candidates:
        related, is_beside = relation(story, shown, each.fact), shares_paragraph(shown, each.fact)
        values = {
            "vote_in_context": each.votes.best,
            "vote_typed": each.votes.typed,
            "vote_completed": each.votes.completed,
            "vote_on_average": each.votes.mean,
            "same": related == "same",
            "reply": related == "reply",
            "event": related == "event",
            "paragraph": is_beside,
            "reason": is_beside and own.slot == "why",
            "fills": fills(own, last, related, each.fact),
            "new_words": each.unknown * (related == "same"),
            "party": names_party(own, each.fact),
        }
        rows.append([values[name] for name in CONTEXT_SIGNALS])
    return np.array(rows, np.float64).reshape(len(candidates), len(CONTEXT_SIGNALS))


def relation(story: Story, shown: Fact | None, fact: Fact) -> Relation | None:
    """Return how a fact relates to the one that was shown last."""
    if shown is None:
        return None
    if fact.id == shown.id:
        return "same"
    if fact.id == shown.replies_to or fact.replies_to in {shown.id, shown.replies_to} - {None}:
        return "reply"
    return "event" if any({fact.id, shown.id} <= set(event.facts) for event in story.events) else None


def shares_paragraph(shown: Fact | None, fact: Fact) -> bool:
    """Return whether a fact and the one shown last cite the same paragraph; False for the same fact."""
    if shown is None or fact.id == shown.id:
        return False
    ours, theirs = ({(each.source, each.paragraph) for each in one.citations} for one in (fact, shown))
    return not ours.isdisjoint(theirs)


def names_party(own: ParsedQuestion, fact: Fact) -> bool:
    """Return whether a question names somebody whom a fact is about, or who says it."""
    return not {unit.key for unit in own.names}.isdisjoint((*fact.about, fact.by))


def fills(own: ParsedQuestion, last: ParsedQuestion, related: Relation | None, fact: Fact) -> bool:
    """Return whether the fact shown last answers a question word on its own: "and when?".

    A second "who" asks for another role: "who wrote it?", "to whom?".
    """
    if related != "same" or own.units or _refers(own) or own.slot == last.slot == "who":
        return False
    return own.slot is None or own.slot in OPEN_SLOTS or own.slot == "yes-no" or own.slot in fact.answers


def _refers(own: ParsedQuestion) -> bool:
    """Return whether the question has a pronoun that is not a demonstrative: "who is he?"."""
    return own.pronoun is not None and own.tokens[own.pronoun] not in own.spoken.demonstratives


def _logit(share: float) -> float:
    bounded = min(max(share, MIN_VOTE), 1 - MIN_VOTE)
    return log(bounded / (1 - bounded))
