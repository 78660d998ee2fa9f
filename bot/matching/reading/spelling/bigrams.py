"""Model the words of questions about a story: bigrams of its texts, mixed with the frequencies of the language."""

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from bot.matching.reading.spelling.wordlist import WordList

START, END = "<", ">"
PAIR_WEIGHT, WORD_WEIGHT = 0.35, 0.65  # of bigrams and of single words
LANGUAGE_WEIGHT, STORY_WEIGHT = 0.55, 0.45  # of a single word's share in the language and in the story
_SECOND_BITS = 32  # of a bigram's number
UNKNOWN_SHARE = 1e-9  # share of running text assumed for an unlisted word


class Bigrams:
    """Word and bigram counts in one language; immutable once built.

    A bigram is one number, of its words' numbers: a tuple of two words takes ten times the memory.
    """

    def __init__(self, listed: WordList, texts: Iterable[Sequence[str]], names: Iterable[Sequence[str]]) -> None:
        self._listed = listed
        self.counts = Counter[str]()
        self._number_of = {START: 0, END: 1}
        codes = array("Q")
        for text in texts:
            self.counts.update(text)
            numbers = [self._number_of.setdefault(word, len(self._number_of)) for word in (START, *text, END)]
            codes.extend(_code(*pair) for pair in pairwise(numbers))
        for name in names:
            self.counts.update(set(name))
        self._total = sum(self.counts.values()) or 1
        pairs, times = np.unique(np.frombuffer(codes, np.uint64), return_counts=True)
        before = np.bincount((pairs >> np.uint64(_SECOND_BITS)).astype(np.int64), times, len(self._number_of))
        self._pairs, self._times = array("Q", pairs.tobytes()), array("Q", times.astype(np.uint64).tobytes())
        self._before = array("Q", before.astype(np.uint64).tobytes())  # how often each word is the first of a pair

    def share(self, word: str) -> float:
        """Return the probability of a word without its context."""
        return (
            LANGUAGE_WEIGHT * (self._listed.share(word) or UNKNOWN_SHARE)
            + STORY_WEIGHT * self.counts[word] / self._total
        )

    def share_in_language(self, word: str) -> float:
        """Return the share of a word in running text of the language."""
        return self._listed.share(word)

    def has_pair(self, before: str, word: str) -> bool:
        """Return whether the story has a word right after another, or at the start of a text."""
        return self._times_of(before, word) > 0

    def log_probability(self, before: str, word: str) -> float:
        """Return the log probability of a word after another."""
        times = self._times_of(before, word)
        pairs = times / self._before[self._number_of[before]] if times else 0.0
        return math.log(PAIR_WEIGHT * pairs + WORD_WEIGHT * self.share(word))

    def log_phrase(self, words: Iterable[str]) -> float:
        """Return the log probability of words without their context."""
        return sum(math.log(self.share(word)) for word in words)

    def _times_of(self, before: str, word: str) -> int:
        """Return how often the story has a word right after another."""
        first, second = self._number_of.get(before), self._number_of.get(word)
        if first is None or second is None:
            return 0
        at = bisect_left(self._pairs, code := _code(first, second))
        return self._times[at] if at < len(self._pairs) and self._pairs[at] == code else 0


def _code(first: int, second: int) -> int:
    return first << _SECOND_BITS | second
