"""Replace misspelt words by the words of an index that were probably meant.

A noisy channel (Kernighan, Church and Gale, A spelling correction program based on a noisy channel model, 1990):
Damerau's four edits (A technique for computer detection and correction of spelling errors, 1964), counted by optimal
string alignment, are weighed against the frequency of a word in the index, on its own and next to its neighbours. Words
joined by mistake are split, and words split by mistake are joined.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_GUESSED_LETTERS = 3  # a shorter word is one edit from many, so a guess must also fit its neighbours
MIN_TWO_EDITS_LETTERS = 6  # of a word that may have two edits
OTHER_INITIAL_EDITS = 0.5  # edits added for another first letter, which is seldom wrong
EDIT_COST = 3.0  # in units of the log frequency of a pair of words
FREQUENCY_WEIGHT = 0.5  # of the log frequency of the word
MAX_NEAR_WORDS = 60  # that are weighed
MIN_LONG_LETTERS = 5  # of a word compared by two letters at each end, and not by one
End = tuple[int, str, str]  # the length of a word, and either its first letters or its last ones; the other is empty

GAINS = (1.0, 0.8, 0.6)  # weight of a word, by its number of edits


class Guess(NamedTuple):
    """A word that was probably meant, and its weight."""

    word: str
    gain: float


class WordRepair:
    """Repairs texts with the words of an index; words that `is_word` accepts are left unchanged."""

    def __init__(self, texts: Sequence[Sequence[str]], is_word: Callable[[str], bool] | None = None) -> None:
        self._counts = Counter(word for text in texts for word in text)
        self._pairs = Counter(pair for text in texts for pair in pairwise(text))
        self._is_word = is_word
        self._by_end: dict[End, list[str]] = defaultdict(list)
        for word in self._counts:
            for end in chain(_ends(word, len(word), 1), _ends(word, len(word), 2)):
                self._by_end[end].append(word)

    def guess(self, text: Sequence[str]) -> list[Guess]:
        """Return the text with each misspelt word replaced by the likeliest known one, if any is near."""
        guesses: list[Guess] = []
        left = iter(zip(text, [*text[1:], ""], strict=True))
        for word, after in left:
            if self._is_fine(word):
                guesses.append(Guess(word, GAINS[0]))
            elif after and word + after in self._counts:
                guesses.append(Guess(word + after, GAINS[1]))
                next(left)
            else:
                guesses.extend(self._meant(word, guesses[-1].word if guesses else "", after))
        return guesses

    def _is_fine(self, word: str) -> bool:
        return word in self._counts or word.isdecimal() or bool(self._is_word and self._is_word(word))

    def _meant(self, word: str, before: str, after: str) -> list[Guess]:
        """Return the likeliest known word for a misspelt one, by edits, frequency and neighbours."""
        limit = 1 if len(word) < MIN_TWO_EDITS_LETTERS else 2
        found = process.extract(
            word, self._alike(word, limit), scorer=OSA.distance, score_cutoff=limit, limit=MAX_NEAR_WORDS
        )
        near = [(self._fit(before, known, after), known, int(edits)) for known, edits, _ in found]
        if len(word) < MIN_GUESSED_LETTERS:
            near = [row for row in near if row[0] > 0]
        if not near:
            return self._apart(word)

        def likelihood(row: tuple[float, str, int]) -> float:
            fit, known, edits = row
            cost = EDIT_COST * (edits + (OTHER_INITIAL_EDITS if known[0] != word[0] else 0))
            return fit + FREQUENCY_WEIGHT * math.log(self._counts[known]) - cost

        _, known, edits = max(near, key=likelihood)
        return [Guess(known, GAINS[edits])]

    def _alike(self, word: str, limit: int) -> list[str]:
        """Return the known words of similar length with the same first or last letters.

        One edit leaves the first or the last letters unchanged, and so do most pairs of edits. So only few of the known
        words are compared.
        """
        letters = 1 if len(word) < MIN_LONG_LETTERS else 2
        sizes = range(len(word) - limit, len(word) + limit + 1)
        ends = chain.from_iterable(_ends(word, size, letters) for size in sizes)
        return list(dict.fromkeys(chain.from_iterable(self._by_end.get(end, ()) for end in ends)))

    def _fit(self, before: str, word: str, after: str) -> float:
        return math.log1p(self._pairs[before, word]) + math.log1p(self._pairs[word, after])

    def _apart(self, word: str) -> list[Guess]:
        """Split a word into two known words; if there are several ways, into the likeliest two."""
        cuts = [
            (self._counts[word[:at]] * self._counts[word[at:]], word[:at], word[at:])
            for at in range(2, len(word) - 1)
            if word[:at] in self._counts and word[at:] in self._counts
        ]
        if not cuts:
            return [Guess(word, GAINS[0])]
        return [Guess(part, GAINS[1]) for part in max(cuts)[1:]]


def _ends(word: str, size: int, letters: int) -> tuple[End, End]:
    """Return the index keys of words of this size with the same first or last letters."""
    return (size, word[:letters], ""), (size, "", word[-letters:])
