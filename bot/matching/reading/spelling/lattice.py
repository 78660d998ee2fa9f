"""Find the likeliest way through the readings of a text's words (Viterbi, with a beam)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.matching.reading.spelling.wording import END, START

BEAM = 12  # last words that are followed
COST_WEIGHT = 2.0  # of a misspelling against the logarithm of likelihood
WORD_GAIN = 6.0  # for each word beyond the first, or two words would always be less likely than one


class Reading(NamedTuple):
    """What some typed words may stand for."""

    size: int  # typed words
    words: tuple[str, ...]
    cost: float


class Path(NamedTuple):
    """A way to a place in the text, from its last reading back."""

    score: float
    last: Reading | None = None
    before: "Path | None" = None


def likeliest(readings: Sequence[Sequence[Reading]], log: Callable[[str, str], float]) -> tuple[float, list[Reading]]:
    """Return the likeliest readings, and the logarithm of how likely they are.

    `readings` has those that start at each typed word, one of size 1 at least.
    """
    ends: list[dict[str, Path]] = [{} for _ in range(len(readings) + 1)]
    ends[0][START] = Path(0.0)
    for at, starting in enumerate(readings):
        beam = sorted(ends[at].items(), key=lambda item: (-item[1].score, item[0]))[:BEAM]
        for reading in starting:
            reached = ends[at + reading.size]
            for before, path in beam:
                score, last = path.score - COST_WEIGHT * reading.cost + WORD_GAIN * (len(reading.words) - 1), before
                for word in reading.words:
                    score += log(last, word)
                    last = word
                if last not in reached or reached[last].score < score:
                    reached[last] = Path(score, reading, path)
        ends[at] = {}

    def whole(last: str) -> float:
        return ends[-1][last].score + log(last, END)

    last = max(sorted(ends[-1]), key=whole)
    return whole(last), _readings(ends[-1][last])


def _readings(path: Path) -> list[Reading]:
    found = []
    while path.last and path.before:
        found.append(path.last)
        path = path.before
    return found[::-1]
