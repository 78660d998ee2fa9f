"""Find the utterances most similar to a query, at a cost that does not grow with the index.

An inverted index (Manning et al., chapter 1) is read from the rarest feature on, up to a maximum number of postings;
the few utterances found are then compared exactly, with the forward index. A small index is compared as a whole.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.ranking.features import Vector
from bot.matching.ranking.rows import Floats, Ints, Rows, products_by_block

MAX_POSTINGS = 5_000  # read per query
MAX_CANDIDATE_UTTERANCES = 48  # compared exactly
MAX_DENSE_UTTERANCES = 2_000  # of an index that is compared as a whole, with all cosines stored (16 MB)
SKETCH_DIMENSIONS = 512  # of the signed hash that approximates cosines between utterances


class Candidates(NamedTuple):
    """Utterances with their cosine to the query, best first, and the cosines between each other."""

    numbers: npt.NDArray[np.int64]
    cosines: Floats
    between: Floats

    def without(self, numbers: npt.NDArray[np.int64]) -> "Candidates":
        """Return the candidates without some utterances."""
        rest = np.flatnonzero(np.isin(self.numbers, numbers, invert=True))
        return Candidates(self.numbers[rest], self.cosines[rest], self.between[np.ix_(rest, rest)])


@dataclass(frozen=True)
class Index:
    """A forward index, an inverted index and a signed hash of each feature; immutable."""

    forward: Rows  # one per utterance
    inverted: Rows  # one per feature; that of a feature too common to be read with others is empty
    holders: Ints  # the number of utterances of each feature
    bucket: Ints  # of each feature, in the sketch
    sign: Floats  # of each feature, in the sketch
    between: Floats | None  # cosines between all utterances, if there are few

    @classmethod
    def build(cls, matrix: Rows) -> "Index":
        """Index the rows of a matrix, one per utterance."""
        chance = np.random.default_rng(0)  # the same hash in every run
        bucket = chance.integers(0, SKETCH_DIMENSIONS, matrix.width, dtype=np.int32)
        sign = chance.choice(np.array([-1, 1], np.float32), matrix.width)
        is_small = matrix.height <= MAX_DENSE_UTTERANCES
        between = next(products_by_block(matrix, MAX_DENSE_UTTERANCES))[1] if is_small else None
        inverted = matrix.transposed(None if is_small else MAX_POSTINGS)
        return cls(matrix, inverted, matrix.times, bucket, sign, between)

    def nearest(self, query: Vector, also: npt.NDArray[np.int64] | None = None) -> Candidates:
        """Return the utterances most similar to the query, always including those of `also`."""
        if self.between is not None:
            return self._among_few(query, self.between, also)
        found = self._found(query)
        numbers = found if also is None else np.unique(np.concatenate([found, also]))
        return self._compared(query, numbers)

    def _among_few(self, query: Vector, between: Floats, also: npt.NDArray[np.int64] | None) -> Candidates:
        """Compare the query with every utterance, which is faster than a search if there are few."""
        holders, shares, lengths = self.inverted.gathered(query.features)
        shares *= query.values.repeat(lengths)
        cosines: Floats = np.bincount(holders, shares, minlength=self.forward.height).astype(np.float32)
        found = np.flatnonzero(cosines > 0)
        if len(found) > MAX_CANDIDATE_UTTERANCES:
            found = np.sort(
                found[np.argpartition(-cosines[found], MAX_CANDIDATE_UTTERANCES)[:MAX_CANDIDATE_UTTERANCES]]
            )
        numbers = found if also is None else np.union1d(found, also)
        numbers = numbers[np.argsort(-cosines[numbers], kind="stable")]
        return Candidates(numbers, cosines[numbers], between[numbers[:, None], numbers])

    def _found(self, query: Vector) -> npt.NDArray[np.int64]:
        """Return the utterances most similar to the query by its rarest features only."""
        lengths = self.holders[query.features]
        order = np.argsort(lengths, kind="stable")
        read = max(1, int(np.searchsorted(np.cumsum(lengths[order]), MAX_POSTINGS, side="right")))
        chosen = order[:read]
        holders, shares, lengths = self._postings(query.features[chosen])
        if not len(holders):
            return np.empty(0, np.int64)
        shares *= query.values[chosen].repeat(lengths)
        height = self.forward.height
        if height <= len(holders) * 8:
            sums = np.bincount(holders, shares, minlength=height)
            distinct = np.flatnonzero(sums > 0)
            sums = sums[distinct]
        else:
            distinct, at = np.unique(holders, return_inverse=True)
            sums = np.bincount(at, shares)
        if len(distinct) <= MAX_CANDIDATE_UTTERANCES:
            return distinct.astype(np.int64)
        best = np.argpartition(-sums, MAX_CANDIDATE_UTTERANCES)[:MAX_CANDIDATE_UTTERANCES]
        return distinct[np.sort(best)].astype(np.int64)

    def _postings(self, features: Ints) -> tuple[Ints, Floats, Ints]:
        """Return the utterances that have some features, the values there, and the number of those of each feature.

        A feature without postings is the only one: it is looked for in all utterances.
        """
        found = self.inverted.gathered(features)
        if len(features) != 1 or len(found[0]):
            return found
        at = np.flatnonzero(self.forward.indices == features[0])
        rows = np.searchsorted(self.forward.indptr, at, side="right") - 1
        return rows.astype(np.int32), self.forward.values_at(rows, at), np.array([len(at)], np.int32)

    def _compared(self, query: Vector, numbers: npt.NDArray[np.int64]) -> Candidates:
        """Compute exact cosines to the query, and cosines between the utterances from their sketches."""
        features, values, lengths = self.forward.gathered(numbers)
        rows = np.arange(len(numbers)).repeat(lengths)
        shares = _weights_at(query, features) * values
        cosines = np.bincount(rows, shares, minlength=len(numbers)).astype(np.float32)
        hashed = np.bincount(
            rows * SKETCH_DIMENSIONS + self.bucket[features],
            self.sign[features] * values,
            minlength=len(numbers) * SKETCH_DIMENSIONS,
        )
        sketches = hashed.reshape(len(numbers), SKETCH_DIMENSIONS).astype(np.float32)
        best = np.argsort(-cosines, kind="stable")
        return Candidates(numbers[best], cosines[best], sketches[best] @ sketches[best].T)


def _weights_at(query: Vector, features: Ints) -> Floats:
    """Return the query's weight of each feature, else 0; the cost does not depend on the number of all features."""
    order = np.argsort(query.features)
    known, values = query.features[order], query.values[order]
    if not len(known):
        return np.zeros(len(features), np.float32)
    at = np.minimum(np.searchsorted(known, features), len(known) - 1)
    weights: Floats = np.where(known[at] == features, values[at], np.float32(0))
    return weights
