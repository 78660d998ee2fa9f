"""Find the utterances that share most with a query, at a cost that stays flat as the index grows.

An inverted index (Manning et al., chapter 1) read from the rarest feature on, up to a bound of postings; the few
utterances found so are then compared exactly, through the forward index.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.matching.features import Floats, Ints, Vector

POSTINGS = 15_000  # read for one query
KEPT = 64  # utterances compared exactly
SKETCH = 256  # dimensions of the signed hash that kernels between utterances are taken from


class Candidates(NamedTuple):
    """Utterances with their cosine to the query, best first, and their sketches."""

    numbers: npt.NDArray[np.int64]
    cosines: Floats
    sketches: Floats


@dataclass(frozen=True)
class Index:
    """The forward index, the inverted one, and a hash of each feature; nothing in it changes."""

    forward: sparse.csr_array
    inverted: sparse.csc_array
    bucket: Ints  # of each feature, for the sketch
    sign: Floats

    @classmethod
    def build(cls, matrix: sparse.csr_array) -> "Index":
        """Index the rows of a matrix."""
        chance = np.random.default_rng(0)  # one hash, the same in every run
        bucket = chance.integers(0, SKETCH, matrix.shape[1], dtype=np.int32)
        sign = chance.choice(np.array([-1, 1], np.float32), matrix.shape[1])
        return cls(matrix, matrix.tocsc(), bucket, sign)

    def nearest(self, query: Vector, also: npt.NDArray[np.int64] | None = None) -> Candidates:
        """Return the utterances nearest to the query, and those of `also` whatever they share with it."""
        found = self._found(query)
        numbers = found if also is None else np.unique(np.concatenate([found, also]))
        return self._compared(query, numbers)

    def _found(self, query: Vector) -> npt.NDArray[np.int64]:
        """Add up what the query's rarest features share with each utterance; return the best by that."""
        starts, ends = self.inverted.indptr[query.features], self.inverted.indptr[query.features + 1]
        order = np.argsort(ends - starts, kind="stable")
        read = np.cumsum((ends - starts)[order])
        chosen = order[: max(1, int(np.searchsorted(read, POSTINGS, side="right")))]
        slices = [slice(starts[at], ends[at]) for at in chosen]
        holders = np.concatenate([self.inverted.indices[part] for part in slices]) if slices else np.empty(0, np.int32)
        if not len(holders):
            return np.empty(0, np.int64)
        shares = np.concatenate(
            [query.values[at] * self.inverted.data[part] for at, part in zip(chosen, slices, strict=True)]
        )
        height = self.forward.shape[0]
        if height <= len(holders) * 8:
            sums = np.bincount(holders, shares, minlength=height)
            distinct = np.flatnonzero(sums)
            sums = sums[distinct]
        else:
            distinct, places = np.unique(holders, return_inverse=True)
            sums = np.bincount(places, shares)
        if len(distinct) <= KEPT:
            return distinct.astype(np.int64)
        best = np.argpartition(-sums, KEPT)[:KEPT]
        return distinct[np.sort(best)].astype(np.int64)

    def _compared(self, query: Vector, numbers: npt.NDArray[np.int64]) -> Candidates:
        """Take exact cosines, and a sketch of each utterance, from the forward index."""
        starts, ends = self.forward.indptr[numbers], self.forward.indptr[numbers + 1]
        lengths = ends - starts
        offsets = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
        places = np.arange(int(lengths.sum())) + offsets
        features, values = self.forward.indices[places], self.forward.data[places]
        rows = np.repeat(np.arange(len(numbers)), lengths)
        weights = np.zeros(self.forward.shape[1], np.float32)
        weights[query.features] = query.values
        cosines = np.bincount(rows, weights[features] * values, minlength=len(numbers)).astype(np.float32)
        hashed = np.bincount(
            rows * SKETCH + self.bucket[features], self.sign[features] * values, minlength=len(numbers) * SKETCH
        )
        sketches = hashed.reshape(len(numbers), SKETCH).astype(np.float32)
        best = np.argsort(-cosines, kind="stable")
        return Candidates(numbers[best], cosines[best], sketches[best])
