"""Find the likeliest sequence of corrections for a text (Viterbi with a beam)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.matching.reading.spelling.bigrams import END, START

BEAM_WIDTH = 12  # paths per position, one for each last word
COST_WEIGHT = 2.0  # of a misspelling's cost against log probability
EXTRA_WORD_GAIN = 6.0  # per word after the first; without it two words would always be less likely than one


class Respelling(NamedTuple):
    """A correction of one or more typed words."""

    size: int  # number of typed words
    words: tuple[str, ...]
    cost: float


class Path(NamedTuple):
    """The corrections up to a position in the text, linked from the last one backwards."""

    score: float
    last: Respelling | None = None
    before: "Path | None" = None


def likeliest_path(
    corrections: Sequence[Sequence[Respelling]], log: Callable[[str, str], float]
) -> tuple[float, list[Respelling]]:
    """Return the log probability of the likeliest corrections, and the corrections.

    `corrections` lists those that start at each typed word; at least one of them has size 1.
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


def _corrections(path: Path) -> list[Respelling]:
    found = []
    while path.last and path.before:
        found.append(path.last)
        path = path.before
    return found[::-1]
