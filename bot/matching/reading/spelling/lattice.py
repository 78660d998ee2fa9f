"""Find the likeliest way through the corrections of a text's words (Viterbi, with a beam)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.matching.reading.spelling.bigrams import END, START

BEAM_WIDTH = 12  # last words that are followed
COST_WEIGHT = 2.0  # of a misspelling against the logarithm of likelihood
EXTRA_WORD_GAIN = 6.0  # for each word beyond the first, or two words would always be less likely than one


class Correction(NamedTuple):
    """What some typed words may stand for."""

    size: int  # typed words
    words: tuple[str, ...]
    cost: float


class Path(NamedTuple):
    """A way to a place in the text, from its last correction back."""

    score: float
    last: Correction | None = None
    before: "Path | None" = None


def likeliest_path(
    corrections: Sequence[Sequence[Correction]], log: Callable[[str, str], float]
) -> tuple[float, list[Correction]]:
    """Return the likeliest corrections, and the logarithm of how likely they are.

    `corrections` has those that start at each typed word, one of size 1 at least.
    """
    ends: list[dict[str, Path]] = [{} for _ in range(len(corrections) + 1)]
    ends[0][START] = Path(0.0)
    for at, starting in enumerate(corrections):
        beam = sorted(ends[at].items(), key=lambda item: (-item[1].score, item[0]))[:BEAM_WIDTH]
        for correction in starting:
            reached = ends[at + correction.size]
            for before, path in beam:
                score, last = (
                    path.score - COST_WEIGHT * correction.cost + EXTRA_WORD_GAIN * (len(correction.words) - 1),
                    before,
                )
                for word in correction.words:
                    score += log(last, word)
                    last = word
                if last not in reached or reached[last].score < score:
                    reached[last] = Path(score, correction, path)
        ends[at] = {}

    def whole(last: str) -> float:
        return ends[-1][last].score + log(last, END)

    last = max(sorted(ends[-1]), key=whole)
    return whole(last), _corrections(ends[-1][last])


def _corrections(path: Path) -> list[Correction]:
    found = []
    while path.last and path.before:
        found.append(path.last)
        path = path.before
    return found[::-1]
