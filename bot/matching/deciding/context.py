"""Weigh the facts for a question that depends on the last one, by how they relate to the fact shown then.

A short dependent question is mostly answered by the fact under discussion, by what is said in reply to it, or by one of
the same event. The weights are those of a logistic regression, rounded, on the later turns of the conversations in
`tests/stories` and `tests/matching/conversations.json`, and on the same turns with the facts that answer them left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Literal

from bot.matching.deciding.evidence import OPEN_SLOTS
from bot.matching.reading.followup import ReadingKind
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Fact, Story

Relation = Literal["same", "reply", "event"]

LEAST_IN_CONTEXT = 0.5  # least probability of an answer to a dependent question
AHEAD_IN_CONTEXT = 0.2  # how far the next fact must be behind an answer to a question completed by rule

_BIAS = -0.73
_BEST = 0.25  # of a fact's best vote in all readings; two kinds of reading have their own weight too
_VOTES: dict[ReadingKind, float] = {"typed": 0.24, "joined": 0.0, "ruled": 0.19}
_LEAD = 0.26  # how far the best vote is ahead of every other fact's
_RELATED: dict[Relation | None, float] = {"same": 0.73, "reply": 1.4, "event": 0.7, None: 0.0}
_FILLS = 7.0  # the fact shown answers a question word that stands alone, of which there is no vote as typed
_UNKNOWN = -0.76  # for each word of the question that the fact does not hold
_UNKNOWN_TO_SAME = -1.1  # in addition if it is the fact shown: a new word asks for something new
_LOWEST = 0.002  # probability of a fact in a reading that does not rank it
_LONGEST_LEAD = 4.0


@dataclass(frozen=True)
class Votes:
    """The best vote for one fact in each kind of reading of a question."""

    by_kind: Mapping[ReadingKind, float]

    @property
    def best(self) -> float:
        """The best vote in all readings, as a logit."""
        return max(map(_logit, self.by_kind.values()), default=_logit(0.0))


def relation(story: Story, shown: Fact | None, fact: Fact) -> Relation | None:
    """Return how a fact relates to the one that was shown last."""
    if shown is None:
        return None
    if fact.id == shown.id:
        return "same"
    if fact.id == shown.replies_to or fact.replies_to in {shown.id, shown.replies_to} - {None}:
        return "reply"
    return "event" if any({fact.id, shown.id} <= set(event.facts) for event in story.events) else None


def fills(own: ParsedQuestion, last: ParsedQuestion, related: Relation | None, fact: Fact) -> bool:
    """Return whether the fact shown answers a question word that stands alone: "and when?".

    Who is asked for after another "who" plays another part: "who wrote it?", "to whom?".
    """
    if related != "same" or own.units or _refers(own) or own.slot == last.slot == "who":
        return False
    return own.slot is None or own.slot in OPEN_SLOTS or own.slot == "yes-no" or own.slot in fact.answers


def probability(
    votes: Votes, others: Sequence[Votes], related: Relation | None, *, is_filled: bool, unknown: int
) -> float:
    """Return how probable it is that a fact answers, given the votes of the readings and its relation."""
    lead = votes.best - max((other.best for other in others), default=_logit(0.0))
    total = _BIAS + _BEST * votes.best + _LEAD * max(-_LONGEST_LEAD, min(_LONGEST_LEAD, lead))
    total += sum(weight * _logit(votes.by_kind.get(kind, 0.0)) for kind, weight in _VOTES.items())
    total += _RELATED[related] + _FILLS * is_filled
    total += (_UNKNOWN + _UNKNOWN_TO_SAME * (related == "same")) * unknown
    return 1 / (1 + exp(-total))


def _refers(own: ParsedQuestion) -> bool:
    """Return whether a pronoun asks about somebody or something, and not about the whole: "who is he?"."""
    return own.pronoun is not None and own.tokens[own.pronoun] not in own.spoken.demonstratives


def _logit(share: float) -> float:
    bounded = min(max(share, _LOWEST), 1 - _LOWEST)
    return log(bounded / (1 - bounded))
