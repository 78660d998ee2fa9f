"""Turn texts into sparse vectors of words, word pairs and character n-grams.

There are two blocks of equal weight: words and word bigrams, and character 2- and 3-grams inside ` word ` (Cavnar and
Trenkle, N-Gram-Based Text Categorization, 1994). In each, a value is sublinear term frequency times smooth inverse
document frequency (Manning, Raghavan and Schütze, Introduction to Information Retrieval, chapter 6), scaled to length
one. A document is all the utterances of one label.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np

from bot.matching.ranking.repair import Guess
from bot.matching.ranking.rows import Floats, Ints, Positions, Rows

GRAM_SIZES = range(2, 4)  # lengths of character n-grams
MAX_CACHED_WORDS = 10_000  # whose n-grams are cached
UNSEEN_SHARE = 0.5  # of an unseen feature's squared weight that is added to the query's squared norm
BLOCK_NORM = math.sqrt(0.5)  # two blocks of this length form a vector of length one


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
    pairs: dict[int, int]  # first word * number of words + second word -> column
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
        rows = np.repeat(np.arange(len(texts)), lengths)
        of_words, pairs = _words_and_pairs(rows, flat, len(texts), len(words))
        of_letters, grams = _letters(rows, numbers, words, len(texts))
        labels = np.arange(len(texts)) if labels is None else labels
        documents = int(labels.max(initial=-1)) + 1
        idfs = [_idf(block, labels, documents) for block in (of_words, of_letters)]
        matrix = _weighted(of_words, idfs[0]).beside(_weighted(of_letters, idfs[1]))
        features = cls(words, pairs, grams, np.concatenate(idfs), (math.log(1 + documents) + 1) ** 2)
        return features, matrix

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
        unknown_pairs = 0
        for (first, second), gain in zip(pairwise(numbers), gains, strict=False):
            column = self.pairs.get(first * first_pair + second) if first >= 0 and second >= 0 else None
            if column is None:
                unknown_pairs += 1
            else:
                known[first_pair + column] = known.get(first_pair + column, 0) + gain
        letters = Counter(chain.from_iterable(map(grams_of, text)))
        known_grams = self.grams
        spelled = {first_gram + known_grams[gram]: times for gram, times in letters.items() if gram in known_grams}
        parts = [self._block(known, len(unknown) + unknown_pairs), self._block(spelled, len(letters) - len(spelled))]
        return Vector(
            np.concatenate([part.features for part in parts]), np.concatenate([part.values for part in parts])
        )

    def _block(self, counts: Mapping[int, float], unseen: int) -> Vector:
        columns = np.fromiter(counts, np.int32, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.idf[columns]
        norm = math.sqrt(float(values @ values) + UNSEEN_SHARE * self.unseen * unseen) or 1.0
        return Vector(columns, (BLOCK_NORM / norm * values).astype(np.float32))


def _words_and_pairs(rows: Positions, flat: Positions, height: int, width: int) -> tuple[Rows, dict[int, int]]:
    """Count the words of each text, then the pairs of adjacent ones, and number the pairs."""
    inside = rows[1:] == rows[:-1]
    codes, numbers = np.unique((flat[:-1] * width + flat[1:])[inside], return_inverse=True)
    pairs = {code: number for number, code in enumerate(codes.tolist())}
    where = np.concatenate([rows, rows[1:][inside]]), np.concatenate([flat, numbers + width])
    return Rows.counting(*where, height, width + len(pairs)), pairs


def _letters(
    rows: Positions, numbers: Sequence[int], words: Mapping[str, int], height: int
) -> tuple[Rows, dict[str, int]]:
    """Count the n-grams of each text's words, given by row and number, and number the n-grams."""
    grams: dict[str, int] = {}
    spelled = [[grams.setdefault(gram, len(grams)) for gram in grams_of(word)] for word in words]
    spelled_of = [spelled[number] for number in numbers]
    where = np.repeat(rows, np.array([len(row) for row in spelled_of], np.int64))
    columns = np.fromiter(chain.from_iterable(spelled_of), np.int64, len(where))
    return Rows.counting(where, columns, height, len(grams)), grams


def _idf(block: Rows, labels: Positions, documents: int) -> Floats:
    of_labels = Rows.counting(labels[block.row_of], block.indices, documents, block.width)
    frequencies = np.bincount(of_labels.indices, minlength=block.width)
    weights: Floats = (np.log((1 + documents) / (1 + frequencies)) + 1).astype(np.float32)
    return weights


def _weighted(block: Rows, idf: Floats) -> Rows:
    """Weight the counts of a block and scale each row to a squared length of one half."""
    values = (1 + np.log(block.data)) * idf[block.indices]
    squares = np.bincount(block.row_of, values * values, minlength=block.height)
    norms = np.sqrt(np.where(squares > 0, squares, 1))
    return replace(block, data=(BLOCK_NORM * values / norms[block.row_of]).astype(np.float32))
