"""Turn texts into sparse vectors of words, word pairs and character n-grams.

There are two blocks of equal weight: words and word bigrams, and character 2- and 3-grams inside ` word ` (Cavnar and
Trenkle, N-Gram-Based Text Categorization, 1994). In each, a value is sublinear term frequency times smooth inverse
document frequency (Manning, Raghavan and Schütze, Introduction to Information Retrieval, chapter 6), scaled to length
one. A document is all the utterances of one label.
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
MAX_CACHED_WORDS = 10_000  # whose n-grams are cached
UNSEEN_SHARE = 0.5  # of an unseen feature's squared weight that is added to the query's squared norm
BLOCK_NORM = math.sqrt(0.5)  # two blocks of this length form a vector of length one

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


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
    def fit(
        cls, texts: Sequence[Sequence[str]], labels: npt.NDArray[np.int64] | None = None
    ) -> "tuple[Features, sparse.csr_array]":
        """Return the features of folded texts, and the matrix of the texts: one row per text, one column per feature.

        The idf of a feature counts the labels that have it, not the texts; without labels each text is a document.
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
        """Return the vector of a folded text; unseen features lower the weight of the others.

        If words are misspelt, `guesses` are the words to use; the n-grams are always those of the text.
        """
        meant = guesses or [Guess(word, 1.0) for word in text]
        first_pair, first_gram = len(self.words), len(self.words) + len(self.pairs)
        known: dict[int, float] = {}
        numbers = [self.words.get(guess.word, -1) for guess in meant]
        unknown = {guess.word for guess, number in zip(meant, numbers, strict=True) if number < 0}
        for number, guess in zip(numbers, meant, strict=True):
            if number >= 0:
                known[number] = known.get(number, 0) + guess.gain
        unknown_pairs = 0
        for (first, second), gain in zip(pairwise(numbers), meant, strict=False):
            column = self.pairs.get(first * first_pair + second) if min(first, second) >= 0 else None
            if column is None:
                unknown_pairs += 1
            else:
                known[first_pair + column] = known.get(first_pair + column, 0) + gain.gain
        letters = Counter(chain.from_iterable(map(grams_of, text)))
        spelled = {first_gram + self.grams[gram]: times for gram, times in letters.items() if gram in self.grams}
        parts = [self._block(known, len(unknown) + unknown_pairs), self._block(spelled, len(letters) - len(spelled))]
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
    """Count the pairs of adjacent words in each text, and number the pairs."""
    inside = rows[1:] == rows[:-1]
    codes, numbers = np.unique((flat[:-1] * width + flat[1:])[inside], return_inverse=True)
    pairs = {code: number for number, code in enumerate(codes.tolist())}
    return _counts(rows[1:][inside], numbers, height, len(codes)), pairs


def _idf(block: sparse.csr_array) -> Floats:
    frequencies = np.bincount(block.indices, minlength=block.shape[1])
    weights: Floats = (np.log((1 + block.shape[0]) / (1 + frequencies)) + 1).astype(np.float32)
    return weights


def _weighted(block: sparse.csr_array, idf: Floats) -> sparse.csr_array:
    """Weight the counts of a block and scale each row to a squared length of one half."""
    values = (1 + np.log(block.data)) * idf[block.indices]
    lengths = np.diff(block.indptr)
    squares = np.add.reduceat(np.append(values * values, np.float32(0)), np.minimum(block.indptr[:-1], len(values)))
    norms = np.sqrt(np.where(lengths > 0, squares, 1))
    data = (BLOCK_NORM * values / np.repeat(norms, lengths)).astype(np.float32)
    return sparse.csr_array((data, block.indices.astype(np.int32), block.indptr.astype(np.int32)), shape=block.shape)
