"""A sparse matrix stored row by row (CSR), with the few operations that an index of texts needs.

scipy has them too, but takes 140 MB of disk and a quarter of a second to import.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Positions = npt.NDArray[np.int64]

MAX_PAIRED_ROWS = 32  # that have a column; a column of more rows is multiplied as a dense one, which is faster


BLOCK_ROWS = 4_096  # looked at together: a matrix of 80,000 texts has nine million values
BLOCK_NORM = math.sqrt(0.5)  # two blocks of columns of this length form a vector of length one


@dataclass(frozen=True)
class Weights:
    """How the counts in a matrix become values: weights take four times the memory of counts."""

    of_columns: Floats
    first_letters: int  # the first column of the second block
    norms: npt.NDArray[np.float64]  # of each row, two: by block

    @classmethod
    def of(cls, counts: "Rows", of_columns: Floats, first_letters: int) -> "Weights":
        """Scale each block of each row to a squared length of one half."""
        norms = np.ones(2 * counts.height)
        for start, block in counts.blocks():
            values = _weighed(block.data, of_columns[block.indices])
            parts = 2 * block.row_of + (block.indices >= first_letters)
            squares = np.bincount(parts, values * values, minlength=2 * block.height)
            norms[2 * start : 2 * (start + block.height)] = np.sqrt(np.where(squares > 0, squares, 1))
        return cls(of_columns, first_letters, norms)

    def values(self, rows: npt.NDArray[np.integer], columns: Ints, counts: npt.NDArray[Any]) -> Floats:
        """Return the values at some places."""
        norms = self.norms[2 * rows + (columns >= self.first_letters)]
        values: Floats = (BLOCK_NORM * _weighed(counts, self.of_columns[columns]) / norms).astype(np.float32)
        return values


def _weighed(counts: npt.NDArray[Any], weights: Floats) -> Floats:
    weighed: Floats = (1 + np.log(counts.astype(np.float32))) * weights
    return weighed


@dataclass(frozen=True)
class Rows:
    """The values of row r are those from `indptr[r]` to `indptr[r + 1]`, in ascending order of their columns."""

    data: npt.NDArray[Any]  # the values; small integers if there are weights
    indices: Ints  # the column of each value
    indptr: Ints
    width: int  # the number of columns
    weights: Weights | None = None

    @classmethod
    def counting(cls, rows: Positions, columns: npt.NDArray[np.integer], height: int, width: int) -> "Rows":
        """Return how often each pair of a row and a column occurs."""
        pairs, times = np.unique(rows * width + columns, return_counts=True)
        starts = np.searchsorted(pairs, np.arange(height + 1) * width).astype(np.int32)
        pairs %= max(width, 1)
        return cls(times.astype(np.float32), pairs.astype(np.int32), starts, width)

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.indptr) - 1

    @property
    def row_of(self) -> Ints:
        """The row of each value."""
        return np.repeat(np.arange(self.height, dtype=np.int32), np.diff(self.indptr))

    def lengths(self, rows: npt.NDArray[np.integer]) -> Ints:
        """Return the number of values of some rows."""
        lengths: Ints = self.indptr[rows + 1] - self.indptr[rows]
        return lengths

    def gathered(self, rows: npt.NDArray[np.integer]) -> tuple[Ints, Floats, Ints]:
        """Return the columns and the values of some rows, one row after the other, and the length of each row."""
        lengths = self.lengths(rows)
        at = spans(self.indptr[rows], lengths)
        return self.indices[at], self.values_at(rows.repeat(lengths), at), lengths

    def values_at(self, rows: npt.NDArray[np.integer], at: npt.NDArray[np.integer] | slice) -> Floats:
        """Return the values at some positions in the data, of which the rows are given."""
        found: Floats = self.data[at]
        return self.weights.values(rows, self.indices[at], found) if self.weights else found

    @property
    def values(self) -> Floats:
        """All values."""
        return self.values_at(self.row_of, slice(None))

    def blocks(self) -> Iterator[tuple[int, "Rows"]]:
        """Yield the first row of each block of rows, and the block, without weights."""
        for start in range(0, self.height, BLOCK_ROWS):
            yield start, self.block(start, min(start + BLOCK_ROWS, self.height))

    def block(self, start: int, end: int) -> "Rows":
        """Return the rows from `start` to `end`, without copying their values."""
        values = slice(self.indptr[start], self.indptr[end])
        return Rows(self.data[values], self.indices[values], self.indptr[start : end + 1] - values.start, self.width)

    @classmethod
    def stacked(cls, parts: Iterable["Rows"], size: int, height: int, width: int) -> "Rows":
        """Return the rows of several matrices of counts, one below the other; they have at most `size` values."""
        data: npt.NDArray[Any] = np.empty(size, np.uint8)
        indices, indptr = np.empty(size, np.int32), np.zeros(height + 1, np.int32)
        row = 0
        for part in parts:
            if part.data.max(initial=0) > np.iinfo(data.dtype).max:
                data = data.astype(np.uint16)  # no text has so many words
            start, end = indptr[row], indptr[row] + len(part.data)
            data[start:end], indices[start:end] = part.data, part.indices
            indptr[row : row + part.height + 1] = part.indptr + start
            row += part.height
        return cls(data[: indptr[-1]], indices[: indptr[-1]], indptr, width)

    def beside(self, other: "Rows") -> "Rows":
        """Return a matrix with the columns of this one, then those of another one of the same height."""
        indptr = self.indptr + other.indptr
        data, indices = np.empty(indptr[-1], np.float32), np.empty(indptr[-1], np.int32)
        for part, shift, before in ((self, 0, other.indptr[:-1]), (other, self.width, self.indptr[1:])):
            at = np.arange(len(part.data)) + np.repeat(before, np.diff(part.indptr))
            data[at], indices[at] = part.data, part.indices + np.int32(shift)
        return Rows(data, indices, indptr, self.width + other.width)

    @cached_property
    def times(self) -> Ints:
        """The number of values in each column; counting those of all rows at once would take their memory twice."""
        times = np.zeros(self.width, np.int32)
        for _, block in self.blocks():
            times += np.bincount(block.indices, minlength=self.width).astype(np.int32)
        return times

    def transposed(self, most: int | None = None) -> "Rows":
        """Return the matrix whose rows are the columns of this one; those with more than `most` values are empty."""
        times = self.times
        is_kept = times <= (self.height if most is None else most)
        times = np.where(is_kept, times, 0)
        size = int(times.sum())
        data, rows, columns = np.empty(size, np.float32), np.empty(size, np.int32), np.empty(size, np.int32)
        end = 0
        for first, block in self.blocks():
            at = np.flatnonzero(is_kept[block.indices])
            start, end = end, end + len(at)
            rows[start:end], columns[start:end] = block.row_of[at] + first, block.indices[at]
            data[start:end] = self.values_at(rows[start:end], at + self.indptr[first])
        order = np.argsort(columns, kind="stable").astype(np.int32)
        del columns
        starts = np.concatenate([[0], np.cumsum(times)]).astype(np.int32)
        return Rows(data[order], rows[order], starts, self.height)


def products_by_block(matrix: Rows, block_rows: int) -> Iterator[tuple[int, Floats]]:
    """Yield the first row of each block of rows, and the products of the block with all rows up to its own last.

    Columns of many rows are multiplied as an array, the others pair by pair.
    """
    by_column = matrix.transposed()
    lengths = np.diff(by_column.indptr)
    rows, columns, data = matrix.row_of, matrix.indices, matrix.values
    common = np.flatnonzero(lengths > MAX_PAIRED_ROWS)
    is_common = lengths[columns] > MAX_PAIRED_ROWS
    dense = np.zeros((matrix.height, len(common)), np.float32)
    dense[rows[is_common], np.searchsorted(common, columns[is_common])] = data[is_common]
    for start in range(0, max(matrix.height, 1), block_rows):  # an empty matrix is one empty block
        end = min(start + block_rows, matrix.height)
        values = np.arange(matrix.indptr[start], matrix.indptr[end])
        values = values[~is_common[values]]
        times = lengths[columns[values]]
        partners = spans(by_column.indptr[columns[values]], times)
        cells = np.repeat((rows[values] - start).astype(np.int64) * matrix.height, times) + by_column.indices[partners]
        shares = np.repeat(data[values], times) * by_column.data[partners]
        paired = np.bincount(cells, shares, minlength=(end - start) * matrix.height)
        paired = paired.reshape(end - start, matrix.height)[:, :end].astype(np.float32)
        yield start, dense[start:end] @ dense[:end].T + paired


def spans(starts: Ints, lengths: npt.NDArray[np.integer]) -> Positions:
    """Return the positions of spans that start at `starts`, one span after the other."""
    ends = np.cumsum(lengths)
    positions: Positions = np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)
    return positions
