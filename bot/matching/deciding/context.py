"""Weigh the facts for a question that depends on the last one by how they relate to the fact shown then.

A short dependent question is mostly answered by the fact under discussion, by what is said in reply to it, or by one of
the same event. The weights are those of a logistic regression on the 130 later turns of the conversations in
`tests/stories` and on the same turns with the facts that answer them left out, rounded.
"""

from math import exp, log
from typing import Literal

from bot.matching.deciding.evidence import OPEN_SLOTS
from bot.matching.reading.question import Question
from bot.story.model import Fact, Story

Relation = Literal["same", "reply", "event"]

LEAST_IN_CONTEXT = 0.45  # least probability of an answer to a dependent question

_BIAS = -1.2
_BEST, _WITH_LAST = 0.4, 0.2  # of the best reading, and of the one with the last question's words
_RELATED: dict[Relation | None, float] = {"same": 0.7, "reply": 2.6, "event": 0.5, None: 0.0}
_FILLS = 2.2  # the fact shown answers a question word that stands alone
_UNKNOWN = -0.65  # for each word of the question that the fact does not hold
_LOWEST = 0.002  # probability of a reading in which the fact is not among the candidates


def relation(story: Story, shown: Fact | None, fact: Fact) -> Relation | None:
    """Return how a fact relates to the one that was shown last."""
    if shown is None:
        return None
    if fact.id == shown.id:
        return "same"
    if fact.id == shown.replies_to or fact.replies_to in {shown.id, shown.replies_to} - {None}:
        return "reply"
    return "event" if any({fact.id, shown.id} <= set(event.facts) for event in story.events) else None


def probability(best: float, with_last: float, related: Relation | None, *, fills: bool, unknown: int) -> float:
    """Return how probable it is that a fact answers, given the votes of the readings and its relation."""
    votes = _BEST * _logit(best) + _WITH_LAST * _logit(with_last)
    return 1 / (1 + exp(-(_BIAS + votes + _RELATED[related] + _FILLS * fills + _UNKNOWN * unknown)))


def fills(own: Question, last: Question, related: Relation | None, fact: Fact) -> bool:
    """Return whether the fact shown answers a question word that stands alone: "and when?".

    Who is asked for after another "who" plays another part: "who wrote it?", "to whom?".
    """
    if related != "same" or own.units or _refers(own) or own.slot == last.slot == "who":
        return False
    return own.slot is None or own.slot in OPEN_SLOTS or own.slot == "yes-no" or own.slot in fact.answers


def _refers(own: Question) -> bool:
    """Return whether a pronoun asks about somebody or something, and not about the whole: "who is he?"."""
    return own.pronoun is not None and own.tokens[own.pronoun] not in own.spoken.demonstratives


def _logit(share: float) -> float:
    bounded = min(max(share, _LOWEST), 1 - _LOWEST)
    return log(bounded / (1 - bounded))
