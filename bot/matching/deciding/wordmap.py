"""Compute the similarity of single words to the words of a story.

It is the cosine of the word vectors, which are partly centred because all words share a direction without information
(Mu and Viswanath, All-but-the-top, 2018); without an encoder, it is the similarity of the letters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats

CENTRING_SHARE = 0.7  # of the mean that is subtracted
MIN_SHARED_LETTERS = 0.5  # of letters in common, at which the similarity is 0; it is 1 if all are


@dataclass(frozen=True)
class WordMap:
    """The content words of a story, one row each; immutable."""

    row_of: dict[str, int]
    vectors: Floats  # (words, dimensions), of length one; without an encoder there are no columns
    mean: Floats
    encoder: Encoder | None

    @classmethod
    def build(cls, words: Iterable[str], encoder: Encoder | None) -> "WordMap":
        """Assign a row to each distinct word."""
        row_of: dict[str, int] = {}
        for word in words:
            row_of.setdefault(word, len(row_of))
        if encoder is None or not row_of:
            return cls(row_of, np.empty((len(row_of), 0), np.float32), np.empty(0, np.float32), None)
        vectors = encoder.encode(list(row_of))
        mean = CENTRING_SHARE * vectors.mean(axis=0)
        return cls(row_of, _centred(vectors, mean), mean, encoder)

    def rows(self, words: Iterable[str]) -> npt.NDArray[np.intp]:
        """Return the distinct rows of some words of the map."""
        return np.array(sorted({self.row_of[word] for word in words}), np.intp)

    @cached_property
    def _spelled(self) -> npt.NDArray[np.object_]:
        """The word of each row."""
        return np.array(list(self.row_of), np.object_)

    def near(self, words: Sequence[str], rows: Sequence[int] | npt.NDArray[np.intp]) -> Floats:
        """Return the similarity of any words to some rows: (words, rows), at most 1."""
        if not words or not len(rows):
            return np.zeros((len(words), len(rows)), np.float32)
        if self.encoder is None:
            spelled = self._spelled[rows].tolist()
            shares = process.cdist(words, spelled, scorer=fuzz.ratio, dtype=np.float32) / 100
            return np.maximum(0, (shares - MIN_SHARED_LETTERS) / (1 - MIN_SHARED_LETTERS))
        near: Floats = _centred(self.encoder.encode(words), self.mean) @ self.vectors[rows].T
        return near


def _centred(vectors: Floats, mean: Floats) -> Floats:
    centred = vectors - mean
    lengths = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), np.float32(1e-9))
    unit: Floats = (centred / lengths).astype(np.float32)
    return unit
