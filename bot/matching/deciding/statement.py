"""Return the fact that a statement meets: the one that speaks of the same thing, rightly or wrongly."""

from collections.abc import Sequence

from bot.matching.deciding.calibrate import Thresholds
from bot.matching.deciding.decision import Candidate

MIN_THRESHOLD_SHARE = (
    0.8  # of the story's threshold of an answer; NEAR and AHEAD were chosen on tests/answering/statements.json
)
MIN_SCORE_LEAD = 0.05  # how far the next fact must be behind, as a score
MIN_KNOWN_WORDS = 3  # names and content words at least that the fact holds; fewer say too little to be about it


def fact_for_statement(ranking: Sequence[Candidate], thresholds: Thresholds) -> str | None:
    """Return the fact that a statement meets; None if it may as well be about something else.

    Scores decide, not probabilities, which are of an answer to a question. What vetoes an answer does not matter here:
    beside a wrong number, year or person, the fact is what a reader needs.
    """
    if not ranking:
        return None
    best, *others = sorted(ranking, key=lambda candidate: -candidate.score)
    behind = others[0].score if others else 0.0
    held, strange = len(best.evidence.known), len(best.evidence.unknown)
    is_near = best.score >= MIN_THRESHOLD_SHARE * thresholds.answer and best.score - behind >= MIN_SCORE_LEAD
    return best.fact if is_near and held >= MIN_KNOWN_WORDS and strange <= held else None
