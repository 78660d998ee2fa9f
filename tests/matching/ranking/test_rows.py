"""A sparse matrix does what scipy's does."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from bot.matching.ranking import rows as module
from bot.matching.ranking.rows import Rows, products_by_block

HEIGHT, WIDTH = 7, 9
pairs = st.lists(st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1)), max_size=60)


def as_scipy(matrix: Rows) -> sparse.csr_array:
    return sparse.csr_array((matrix.values, matrix.indices, matrix.indptr), shape=(matrix.height, matrix.width))


def as_array(matrix: Rows) -> npt.NDArray[np.float32]:
    array: npt.NDArray[np.float32] = as_scipy(matrix).toarray()
    return array


def counted(found: list[tuple[int, int]], height: int = HEIGHT) -> Rows:
    rows, columns = np.array(found, np.int64).reshape(-1, 2).T
    return Rows.counting(rows, columns, height, WIDTH)


@given(pairs)
def test_pairs_are_counted_and_columns_ascend(found: list[tuple[int, int]]) -> None:
    matrix = counted(found)
    expected = np.zeros((HEIGHT, WIDTH), np.float32)
    for row, column in found:
        expected[row, column] += 1
    assert (as_array(matrix) == expected).all()
    assert as_scipy(matrix).has_canonical_format


@given(pairs, pairs)
def test_matrices_are_put_beside_each_other_and_turned(
    found: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    one, other = counted(found), counted(others)
    assert (as_array(one.beside(other)) == np.hstack([as_array(one), as_array(other)])).all()
    assert (as_array(one.transposed()) == as_array(one).T).all()


@given(pairs, st.integers(0, 4))
def test_columns_of_many_values_are_left_empty(found: list[tuple[int, int]], most: int) -> None:
    matrix = counted(found)
    expected = as_array(matrix).T
    expected[(expected > 0).sum(axis=1) > most] = 0
    assert (as_array(matrix.transposed(most)) == expected).all()


@pytest.mark.parametrize("common", [0, 2, 100])
@given(found=pairs, block=st.integers(1, HEIGHT + 1))
def test_products_of_blocks_are_those_of_the_whole(common: int, found: list[tuple[int, int]], block: int) -> None:
    """Whether no column is multiplied as an array, or those of more than two rows, or all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_PAIRED_ROWS", common)
        matrix = counted(found)
        whole = as_array(matrix) @ as_array(matrix).T
        for start, product in products_by_block(matrix, block):
            end = start + len(product)
            assert product == pytest.approx(whole[start:end, :end])


def test_a_matrix_without_rows_has_no_products() -> None:
    assert [product.shape for _, product in products_by_block(counted([], height=0), 5)] == [(0, 0)]
