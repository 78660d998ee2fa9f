"""How likely words are in a question about a story: its own words and pairs of words, and those of the language."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.matching.reading.spelling.wordlist import WordList

START, END = "<", ">"
PAIR_WEIGHT, WORD_WEIGHT = 0.35, 0.65  # how much a pair of words and a single one count
LANGUAGE_WEIGHT, STORY_WEIGHT = 0.55, 0.45  # of a single word: how much the language's count and the story's count
NAME_COUNT = 3  # times that a name counts beside its occurrences
UNKNOWN_SHARE = 1e-9  # the share of a word that is nowhere


class Bigrams:
    """Word counts and pairs in one language; immutable once built."""

    def __init__(self, listed: WordList, texts: Iterable[Sequence[str]], names: Iterable[Sequence[str]]) -> None:
        self._listed = listed
        self._pairs = Counter[tuple[str, str]]()
        self.counts = Counter[str]()
        for text in texts:
            self.counts.update(text)
            self._pairs.update(pairwise((START, *text, END)))
        for name in names:
            self.counts.update(dict.fromkeys(name, NAME_COUNT))
        self._total = sum(self.counts.values()) or 1
        self._before = Counter[str]()
        for (before, _), count in self._pairs.items():
            self._before[before] += count

    def share(self, word: str) -> float:
        """Return how likely a word is wherever it is."""
        return (
            LANGUAGE_WEIGHT * (self._listed.share(word) or UNKNOWN_SHARE)
            + STORY_WEIGHT * self.counts[word] / self._total
        )

    def share_in_language(self, word: str) -> float:
        """Return how likely a word is in any text of the language."""
        return self._listed.share(word)

    def has_pair(self, before: str, word: str) -> bool:
        """Return whether a word of the story is after another, or opens a text."""
        return (before, word) in self._pairs

    def log_probability(self, before: str, word: str) -> float:
        """Return the logarithm of how likely a word is after another."""
        pairs = self._pairs[before, word] / self._before[before] if self._before[before] else 0.0
        return math.log(PAIR_WEIGHT * pairs + WORD_WEIGHT * self.share(word))

    def log_phrase(self, words: Iterable[str]) -> float:
        """Return the logarithm of how likely words are, whatever is around them."""
        return sum(math.log(self.share(word)) for word in words)
