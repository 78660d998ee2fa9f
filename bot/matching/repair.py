"""Guess the known word that a misspelt one stands for.

Damerau's four edits (A technique for computer detection and correction of spelling errors, 1964), counted by optimal
string alignment: one in a short word, two in a longer one. What is joined by mistake is taken apart.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 3  # letters; below, any word is one edit from many
TWO_EDITS = 6  # letters from which two edits are forgiven
OTHER_INITIAL = 0.5  # of an edit: the first letter is seldom wrong


GAINS = (1.0, 0.8, 0.6)  # how much a word counts, by the edits that were guessed


class Guess(NamedTuple):
    """The known word that was meant, and how much it counts."""

    word: str
    gain: float


class Speller:
    """Knows the words of an index and how often each stands in it, and asks `is_word` of any other."""

    def __init__(self, texts: Iterable[Sequence[str]], is_word: Callable[[str], bool] | None = None) -> None:
        self._counts = Counter(word for text in texts for word in text)
        self._is_word = is_word
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._counts:
            self._by_length[len(word)].append(word)

    def guess(self, text: Sequence[str]) -> list[Guess]:
        """Return the text with each misspelt word replaced by the nearest known one, where one is near."""
        return [known for word in text for known in self._known(word)]

    def _known(self, word: str) -> list[Guess]:
        if word in self._counts or len(word) < SHORTEST or word.isdecimal():
            return [Guess(word, GAINS[0])]
        if self._is_word and self._is_word(word):
            return [Guess(word, GAINS[0])]
        limit = 1 if len(word) < TWO_EDITS else 2
        near = [
            (edits + (OTHER_INITIAL if known[0] != word[0] else 0), -self._counts[known], known, int(edits))
            for size in range(len(word) - limit, len(word) + limit + 1)
            for known, edits, _ in process.extract(
                word, self._by_length.get(size, ()), scorer=OSA.distance, score_cutoff=limit, limit=5
            )
        ]
        if not near:
            return self._apart(word)
        best = min(near)
        return [Guess(best[2], GAINS[best[3]])]

    def _apart(self, word: str) -> list[Guess]:
        """Take two known words apart that were written as one; the likelier two where several fit."""
        cuts = [
            (self._counts[word[:at]] * self._counts[word[at:]], word[:at], word[at:])
            for at in range(2, len(word) - 1)
            if word[:at] in self._counts and word[at:] in self._counts
        ]
        if not cuts:
            return [Guess(word, GAINS[0])]
        return [Guess(part, GAINS[1]) for part in max(cuts)[1:]]
