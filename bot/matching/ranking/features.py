"""Turn texts into sparse vectors of words, word pairs and character n-grams.

There are two blocks of equal weight: words and word bigrams, and character 2- and 3-grams inside ` word ` (Cavnar and
Trenkle, N-Gram-Based Text Categorization, 1994). In each, a value is sublinear term frequency times smooth inverse
document frequency (Manning, Raghavan and Schütze, Introduction to Information Retrieval, chapter 6), scaled to length
one. A document is all the utterances of one label.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

import numpy as np

from bot.matching.ranking.repair import Guess
from bot.matching.ranking.rows import BLOCK_NORM, Floats, Ints, Positions, Rows, Weights, spans

GRAM_SIZES = range(2, 4)  # lengths of character n-grams
MAX_CACHED_WORDS = 10_000  # whose n-grams are cached
UNSEEN_SHARE = 0.5  # of an unseen feature's squared weight that is added to the query's squared norm
BLOCK_TEXTS = 1_024  # whose features are counted at once: those of 80,000 texts would take 400 MB for a moment
BLOCK_LABELS = 128  # whose texts are counted at once for the idf


@dataclass(frozen=True)
class Vector:
    """A query as a sparse vector: distinct feature numbers and their values."""

    features: Ints
    values: Floats


@lru_cache(MAX_CACHED_WORDS)
def grams_of(word: str) -> tuple[str, ...]:
    """Return the character n-grams of a word with a space at each end."""
    padded = f" {word} "
    return tuple(padded[at : at + size] for size in GRAM_SIZES for at in range(len(padded) - size + 1))


@dataclass(frozen=True)
class Features:
    """The vocabulary of an index; columns are words, then word pairs, then character n-grams."""

    words: dict[str, int]
    pairs: Positions  # first word * number of words + second word, of each column; ascending
    grams: dict[str, int]
    idf: Floats
    unseen: float  # squared idf of a feature in no utterance

    @classmethod
    def fit(cls, texts: Sequence[Sequence[str]], labels: Positions | None = None) -> "tuple[Features, Rows]":
        """Return the features of folded texts, and the matrix of the texts: one row per text, one column per feature.

        The idf of a feature counts the labels that have it, not the texts; without labels each text is a document.
        """
        words: dict[str, int] = {}
        numbers = [words.setdefault(word, len(words)) for text in texts for word in text]
        flat, lengths = np.array(numbers, np.int64), np.array([len(text) for text in texts], np.int64)
        of_words, pairs = _words_and_pairs(flat, lengths, len(words))
        spelled, grams = _spelled(words)
        width, size = of_words.width + len(grams), len(of_words.data) + sum(len(spelled[number]) for number in numbers)
        blocks = (
            of_words.block(*span).beside(of_letters)
            for span, of_letters in zip(_spans(len(texts)), _letters(flat, lengths, spelled, len(grams)), strict=True)
        )
        counts = Rows.stacked(blocks, size, len(texts), width)
        labels = np.arange(len(texts)) if labels is None else labels
        documents = int(labels.max(initial=-1)) + 1
        idf = _idf(counts, labels, documents)
        features = cls(words, pairs, grams, idf, (math.log(1 + documents) + 1) ** 2)
        return features, replace(counts, weights=Weights.of(counts, idf, of_words.width))

    def vector(self, text: Sequence[str], guesses: Sequence[Guess] = ()) -> Vector:
        """Return the vector of a folded text; unseen features lower the weight of the others.

        If words are misspelt, `guesses` are the words to use; the n-grams are always those of the text.
        """
        meant, gains = list(zip(*guesses, strict=True)) or (text, [1.0] * len(text))
        first_pair, first_gram = len(self.words), len(self.words) + len(self.pairs)
        known: dict[int, float] = {}
        numbers = [self.words.get(word, -1) for word in meant]
        unknown = {word for word, number in zip(meant, numbers, strict=True) if number < 0}
        for number, gain in zip(numbers, gains, strict=True):
            if number >= 0:
                known[number] = known.get(number, 0) + gain
        pairs = self._pairs_of(numbers)
        for column, gain in zip(pairs, gains, strict=False):
            if column >= 0:
                known[first_pair + column] = known.get(first_pair + column, 0) + gain
        unknown_pairs = pairs.count(-1)
        letters = Counter(chain.from_iterable(map(grams_of, text)))
        known_grams = self.grams
        spelled = {first_gram + known_grams[gram]: times for gram, times in letters.items() if gram in known_grams}
        parts = [self._block(known, len(unknown) + unknown_pairs), self._block(spelled, len(letters) - len(spelled))]
        return Vector(
            np.concatenate([part.features for part in parts]), np.concatenate([part.values for part in parts])
        )

    def _pairs_of(self, numbers: Sequence[int]) -> list[int]:
        """Return the column of each pair of adjacent words, given by number; -1 if no text has it."""
        if len(numbers) < 2 or not len(self.pairs):
            return [-1] * (len(numbers) - 1)
        flat = np.array(numbers, np.int64)
        codes = np.where(np.minimum(flat[:-1], flat[1:]) >= 0, flat[:-1] * len(self.words) + flat[1:], -1)
        at = np.minimum(np.searchsorted(self.pairs, codes), len(self.pairs) - 1)
        columns: list[int] = np.where(self.pairs[at] == codes, at, -1).tolist()
        return columns

    def _block(self, counts: Mapping[int, float], unseen: int) -> Vector:
        columns = np.fromiter(counts, np.int32, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.idf[columns]
        norm = math.sqrt(float(values @ values) + UNSEEN_SHARE * self.unseen * unseen) or 1.0
        return Vector(columns, (BLOCK_NORM / norm * values).astype(np.float32))


def _spans(size: int) -> Iterator[tuple[int, int]]:
    """Yield the first text of each block, and the first one after it."""
    for start in range(0, size, BLOCK_TEXTS):
        yield start, min(start + BLOCK_TEXTS, size)


def _words_and_pairs(flat: Positions, lengths: Positions, width: int) -> tuple[Rows, Positions]:
    """Count the words of each text, one text after the other, then the pairs of adjacent ones, and number the pairs."""
    rows = np.repeat(np.arange(len(lengths)), lengths)
    inside = rows[1:] == rows[:-1]
    pairs, numbers = np.unique((flat[:-1] * width + flat[1:])[inside], return_inverse=True)
    where = np.concatenate([rows, rows[1:][inside]]), np.concatenate([flat, numbers + width])
    return Rows.counting(*where, len(lengths), width + len(pairs)), pairs


def _spelled(words: Iterable[str]) -> tuple[list[list[int]], dict[str, int]]:
    """Return the numbers of the n-grams of each word, and the number of each n-gram."""
    grams: dict[str, int] = {}
    return [[grams.setdefault(gram, len(grams)) for gram in grams_of(word)] for word in words], grams


def _letters(numbers: Positions, lengths: Positions, spelled: Sequence[Sequence[int]], width: int) -> Iterator[Rows]:
    """Count the n-grams of each text's words, given by number, one text after the other, by blocks of texts."""
    ends = np.concatenate([[0], np.cumsum(lengths)])
    sizes = np.array([len(each) for each in spelled], np.int64)
    for start, end in _spans(len(lengths)):
        own = numbers[ends[start] : ends[end]]
        rows = np.repeat(np.arange(end - start), lengths[start:end])
        columns = np.fromiter(chain.from_iterable([spelled[number] for number in own.tolist()]), np.int64)
        yield Rows.counting(np.repeat(rows, sizes[own]), columns, end - start, width)


def _idf(block: Rows, labels: Positions, documents: int) -> Floats:
    """Return the idf of each feature; the texts of some labels are counted at a time."""
    frequencies = np.zeros(block.width, np.int64)
    texts = np.argsort(labels, kind="stable")
    ends = np.searchsorted(labels[texts], np.arange(0, documents + BLOCK_LABELS, BLOCK_LABELS))
    for part in np.split(texts, ends[1:-1]):
        lengths = block.indptr[part + 1] - block.indptr[part]
        columns = block.indices[spans(block.indptr[part], lengths)]
        of_labels = Rows.counting(np.repeat(labels[part] % BLOCK_LABELS, lengths), columns, BLOCK_LABELS, block.width)
        frequencies += of_labels.times
    weights: Floats = (np.log((1 + documents) / (1 + frequencies)) + 1).astype(np.float32)
    return weights
