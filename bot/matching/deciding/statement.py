"""Find the fact about the same thing as a statement, even if the statement is wrong."""

from collections.abc import Sequence

from bot.matching.deciding.calibrate import Thresholds
from bot.matching.deciding.decision import Candidate

# MIN_THRESHOLD_SHARE and MIN_SCORE_LEAD were chosen on tests/answering/statements.json.
MIN_THRESHOLD_SHARE = 0.8  # of the story's threshold for an answer
MIN_SCORE_LEAD = 0.05  # over the next fact
MIN_KNOWN_WORDS = 3  # names and content words of the statement that the fact has


def fact_for_statement(ranking: Sequence[Candidate], thresholds: Thresholds) -> str | None:
    """Return the fact about the same thing as a statement; None if the statement may be about something else.

    Scores decide, because probabilities are those of an answer to a question. Vetoes do not count: if the statement has
    a wrong number, year or person, this fact is what the reader needs.
    """
    if not ranking:
        return None
    best, *others = sorted(ranking, key=lambda candidate: -candidate.score)
    behind = others[0].score if others else 0.0
    known, unknown = len(best.evidence.known), len(best.evidence.unknown)
    is_near = best.score >= MIN_THRESHOLD_SHARE * thresholds.answer and best.score - behind >= MIN_SCORE_LEAD
    return best.fact if is_near and known >= MIN_KNOWN_WORDS and unknown <= known else None
