"""Compute the cost of a misspelling: edits weighted by how easily they happen.

The four edits of Damerau (optimal string alignment), with weights after Kernighan, Church and Gale (1990) and the
keyboard. The unit is arbitrary: substituting an unrelated letter costs 3.2.
"""

from functools import lru_cache
from itertools import pairwise

VOWELS = frozenset("aeiouy")
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")  # AZERTY and QWERTY
NEIGHBOUR_KEYS = frozenset(pair for row in _ROWS for a, b in pairwise(row) for pair in ((a, b), (b, a)))
_SOUNDS = (("c", "k"), ("s", "z"), ("c", "s"), ("g", "j"), ("k", "q"))
SAME_SOUNDS = frozenset(pair for a, b in _SOUNDS for pair in ((a, b), (b, a)))

SUBSTITUTION_COST = 3.2
NEIGHBOUR_KEY_COST = 2.2  # the adjacent key
VOWEL_COST = 2.0  # one vowel for another
SAME_SOUND_COST = 1.8  # a consonant for another that often sounds the same
SWAP_COST = 1.6  # two letters in the wrong order
STRAY_COST = 2.6  # an extra or a missing letter
DOUBLED_COST = 1.2  # a letter wrongly doubled or not doubled
SILENT_COST = 1.8  # an extra or a missing vowel or h, or a missing last letter
OTHER_INITIAL_COST = 1.5  # in addition: the first letter is seldom wrong
MAX_CACHED_COSTS = 20_000  # each story that reads a text compares its words with the same ones of the language


@lru_cache(MAX_CACHED_COSTS)
def edit_cost(typed: str, meant: str) -> float:
    """Return the cost of `typed` as a misspelling of `meant`."""
    before_last: list[float] = []
    last = [0.0]
    for j in range(len(meant)):
        last.append(last[j] + _deletion_cost(meant, j))
    for i, letter in enumerate(typed):
        extra = _insertion_cost(typed, i)
        row = [last[0] + extra]
        for j, other in enumerate(meant):
            best = min(
                last[j] + _substitution_cost(letter, other), last[j + 1] + extra, row[j] + _deletion_cost(meant, j)
            )
            if i and j and letter == meant[j - 1] and typed[i - 1] == other:
                best = min(best, before_last[j - 1] + SWAP_COST)
            row.append(best)
        before_last, last = last, row
    return last[-1] + (0.0 if typed[:1] == meant[:1] or typed[:2] == meant[1::-1] else OTHER_INITIAL_COST)


def _substitution_cost(letter: str, other: str) -> float:
    if letter == other:
        return 0.0
    if letter in VOWELS and other in VOWELS:
        return VOWEL_COST
    if (letter, other) in SAME_SOUNDS:
        return SAME_SOUND_COST
    return NEIGHBOUR_KEY_COST if (letter, other) in NEIGHBOUR_KEYS else SUBSTITUTION_COST


def _insertion_cost(typed: str, at: int) -> float:
    if at and typed[at] == typed[at - 1]:
        return DOUBLED_COST
    return SILENT_COST if typed[at] in VOWELS or typed[at] == "h" else STRAY_COST


def _deletion_cost(meant: str, at: int) -> float:
    if at and meant[at] == meant[at - 1]:
        return DOUBLED_COST
    return SILENT_COST if meant[at] in VOWELS or meant[at] == "h" or at == len(meant) - 1 else STRAY_COST
