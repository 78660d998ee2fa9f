"""Turn texts into sparse vectors of words, word pairs and character n-grams.

Two blocks of half the weight each: words and word bigrams; character 2- and 3-grams inside ` word ` (Cavnar and
Trenkle, N-Gram-Based Text Categorization, 1994). In each, sublinear term frequency times smooth inverse document
frequency (Manning, Raghavan and Schütze, Introduction to Information Retrieval, chapter 6), and length one. What counts
as a document there is all the utterances of one label.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.matching.ranking.repair import Guess

GRAM_SIZES = range(2, 4)  # lengths of character n-grams
MAX_CACHED_WORDS = 10_000  # words whose n-grams are kept at hand
UNSEEN_SHARE = 0.5  # the share of an unseen feature's weight that counts against a query
BLOCK_NORM = math.sqrt(0.5)  # two blocks of this length make a vector of length one

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Vector:
    """A query as a sparse vector: feature numbers, all different, and their values."""

    features: Ints
    values: Floats


@lru_cache(MAX_CACHED_WORDS)
def grams_of(word: str) -> tuple[str, ...]:
    """Return the character n-grams of a word, its edges marked by spaces."""
    padded = f" {word} "
    return tuple(padded[at : at + size] for size in GRAM_SIZES for at in range(len(padded) - size + 1))


@dataclass(frozen=True)
class Features:
    """The vocabulary of an index; columns are words, then word pairs, then character n-grams."""

    words: dict[str, int]
    pairs: dict[int, int]  # first word * number of words + second word -> column
    grams: dict[str, int]
    idf: Floats
    unseen: float  # squared weight of a feature that no utterance has

    @classmethod
    def fit(
        cls, texts: Sequence[Sequence[str]], labels: npt.NDArray[np.int64] | None = None
    ) -> "tuple[Features, sparse.csr_array]":
        """Give each feature of some folded texts a column; return them with the texts' matrix, a row each.

        A feature is rare where few labels hold it, however many of their texts; without labels each text is its own.
        """
        words: dict[str, int] = {}
        numbers = [words.setdefault(word, len(words)) for text in texts for word in text]
        flat, lengths = np.array(numbers, np.int64), np.array([len(text) for text in texts], np.int64)
        rows = np.repeat(np.arange(len(texts)), lengths)
        unigrams = _counts(rows, flat, len(texts), len(words))
        bigrams, pairs = _pairs(rows, flat, len(texts), len(words))
        grams: dict[str, int] = {}
        spelled = [[grams.setdefault(gram, len(grams)) for gram in grams_of(word)] for word in words]
        of_words = _counts(
            np.repeat(np.arange(len(words)), [len(row) for row in spelled]),
            np.array([gram for row in spelled for gram in row], np.int64),
            len(words),
            len(grams),
        )
        blocks = [sparse.hstack([unigrams, bigrams], format="csr"), (unigrams @ of_words).tocsr()]
        labels = np.arange(len(texts)) if labels is None else labels
        of_labels = _counts(labels, np.arange(len(texts)), int(labels.max(initial=-1)) + 1, len(texts))
        idfs = [_idf(of_labels @ block) for block in blocks]
        matrix = sparse.hstack([_weighted(*pair) for pair in zip(blocks, idfs, strict=True)], format="csr")
        features = cls(words, pairs, grams, np.concatenate(idfs), (math.log(1 + of_labels.shape[0]) + 1) ** 2)
        return features, matrix

    def vector(self, text: Sequence[str], guesses: Sequence[Guess] = ()) -> Vector:
        """Weigh a folded text; features never seen before make the others count for less.

        `guesses` are the words that were meant, where some are misspelt; the letters are those that were written.
        """
        meant = guesses or [Guess(word, 1.0) for word in text]
        first_pair, first_gram = len(self.words), len(self.words) + len(self.pairs)
        known: dict[int, float] = {}
        numbers = [self.words.get(guess.word, -1) for guess in meant]
        unknown = {guess.word for guess, number in zip(meant, numbers, strict=True) if number < 0}
        for number, guess in zip(numbers, meant, strict=True):
            if number >= 0:
                known[number] = known.get(number, 0) + guess.gain
        strange = 0
        for (first, second), gain in zip(pairwise(numbers), meant, strict=False):
            column = self.pairs.get(first * first_pair + second) if min(first, second) >= 0 else None
            if column is None:
                strange += 1
            else:
                known[first_pair + column] = known.get(first_pair + column, 0) + gain.gain
        letters = Counter(chain.from_iterable(map(grams_of, text)))
        spelled = {first_gram + self.grams[gram]: times for gram, times in letters.items() if gram in self.grams}
        parts = [self._block(known, len(unknown) + strange), self._block(spelled, len(letters) - len(spelled))]
        return Vector(
            np.concatenate([part.features for part in parts]), np.concatenate([part.values for part in parts])
        )

    def _block(self, counts: Mapping[int, float], unseen: int) -> Vector:
        columns = np.fromiter(counts, np.int32, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.idf[columns]
        norm = math.sqrt(float(values @ values) + UNSEEN_SHARE * self.unseen * unseen) or 1.0
        return Vector(columns, (BLOCK_NORM / norm * values).astype(np.float32))


def _counts(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], height: int, width: int) -> sparse.csr_array:
    ones = np.ones(len(rows), np.float32)
    return sparse.coo_array((ones, (rows, columns)), shape=(height, width)).tocsr()


def _pairs(
    rows: npt.NDArray[np.int64], flat: npt.NDArray[np.int64], height: int, width: int
) -> tuple[sparse.csr_array, dict[int, int]]:
    """Count the pairs of words that stand side by side in one text."""
    inside = rows[1:] == rows[:-1]
    codes, numbers = np.unique((flat[:-1] * width + flat[1:])[inside], return_inverse=True)
    pairs = {code: number for number, code in enumerate(codes.tolist())}
    return _counts(rows[1:][inside], numbers, height, len(codes)), pairs


def _idf(block: sparse.csr_array) -> Floats:
    held = np.bincount(block.indices, minlength=block.shape[1])
    weights: Floats = (np.log((1 + block.shape[0]) / (1 + held)) + 1).astype(np.float32)
    return weights


def _weighted(block: sparse.csr_array, idf: Floats) -> sparse.csr_array:
    """Weigh a block's counts and make each row of length one half, squared."""
    values = (1 + np.log(block.data)) * idf[block.indices]
    lengths = np.diff(block.indptr)
    squares = np.add.reduceat(np.append(values * values, np.float32(0)), np.minimum(block.indptr[:-1], len(values)))
    norms = np.sqrt(np.where(lengths > 0, squares, 1))
    data = (BLOCK_NORM * values / np.repeat(norms, lengths)).astype(np.float32)
    return sparse.csr_array((data, block.indices.astype(np.int32), block.indptr.astype(np.int32)), shape=block.shape)
