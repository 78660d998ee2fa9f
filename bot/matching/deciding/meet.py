"""Tell whether a statement, which asks nothing, meets a fact: speaks of the same thing, rightly or wrongly."""

from bot.matching.deciding.calibrate import Thresholds
from bot.matching.deciding.decide import Decision

AHEAD = 0.06  # how far the next fact must be behind
HELD = 3  # names and content words at least that the fact holds; fewer say too little to be about it


def met(decision: Decision, thresholds: Thresholds) -> str | None:
    """Return the fact that a statement meets; None where it may as well be about something else.

    What vetoes an answer does not matter here: beside a wrong number, year or person, the fact is what a reader needs.
    """
    if not decision.ranking:
        return None
    best, behind = decision.ranking[0], decision.ranking[1].score if len(decision.ranking) > 1 else 0.0
    held, strange = len(best.evidence.known), len(best.evidence.unknown)
    is_near = best.score >= thresholds.answer and best.score - behind >= AHEAD
    return best.fact if is_near and held >= HELD and strange <= held else None
