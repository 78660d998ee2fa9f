"""Model the words of questions about a story: bigrams of its texts, mixed with the frequencies of the language."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.matching.reading.spelling.wordlist import WordList

START, END = "<", ">"
PAIR_WEIGHT, WORD_WEIGHT = 0.35, 0.65  # of bigrams and of single words
LANGUAGE_WEIGHT, STORY_WEIGHT = 0.55, 0.45  # of a single word's share in the language and in the story
UNKNOWN_SHARE = 1e-9  # share of running text assumed for an unlisted word


class Bigrams:
    """Word and bigram counts in one language; immutable once built."""

    def __init__(self, listed: WordList, texts: Iterable[Sequence[str]], names: Iterable[Sequence[str]]) -> None:
        self._listed = listed
        self._pairs = Counter[tuple[str, str]]()
        self.counts = Counter[str]()
        for text in texts:
            self.counts.update(text)
            self._pairs.update(pairwise((START, *text, END)))
        for name in names:
            self.counts.update(set(name))
        self._total = sum(self.counts.values()) or 1
        self._before = Counter[str]()
        for (before, _), count in self._pairs.items():
            self._before[before] += count

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
        return (before, word) in self._pairs

    def log_probability(self, before: str, word: str) -> float:
        """Return the log probability of a word after another."""
        pairs = self._pairs[before, word] / self._before[before] if self._before[before] else 0.0
        return math.log(PAIR_WEIGHT * pairs + WORD_WEIGHT * self.share(word))

    def log_phrase(self, words: Iterable[str]) -> float:
        """Return the log probability of words without their context."""
        return sum(math.log(self.share(word)) for word in words)
