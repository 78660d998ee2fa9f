"""Retrieval finds what an exhaustive comparison finds."""

import random

import numpy as np
import pytest

from bot.matching.ranking import retrieve
from bot.matching.ranking.features import Features
from bot.matching.ranking.retrieve import Index

WORDS = [f"{first}{second}" for first in ("mu", "ta", "ri", "so", "ple") for second in ("ka", "no", "li", "ter", "vo")]


def texts(count: int) -> list[list[str]]:
    chance = random.Random(count)
    return [chance.choices(WORDS, k=chance.randint(2, 6)) for _ in range(count)]


@pytest.mark.parametrize("count", [1, 30, 500])
def test_the_nearest_is_the_one_of_highest_cosine(count: int) -> None:
    indexed = texts(count)
    features, matrix = Features.fit(indexed)
    index = Index.build(matrix)
    for text in texts(20):
        query = features.vector(text)
        dense = np.zeros(matrix.shape[1], np.float32)
        dense[query.features] = query.values
        cosines = matrix @ dense
        found = index.nearest(query)
        assert found.cosines[0] == pytest.approx(cosines.max(), abs=1e-5)
        assert found.cosines == pytest.approx(cosines[found.numbers], abs=1e-5)


def test_no_more_are_compared_than_are_kept() -> None:
    features, matrix = Features.fit(texts(500))
    assert len(Index.build(matrix).nearest(features.vector(WORDS)).numbers) == retrieve.KEPT


def test_what_another_index_found_is_compared_too() -> None:
    features, matrix = Features.fit([["muka"], ["tano"]])
    found = Index.build(matrix).nearest(features.vector(["muka"]), np.array([1]))
    assert found.numbers.tolist() == [0, 1]


def test_a_query_that_shares_nothing_finds_nothing() -> None:
    features, matrix = Features.fit([["muka"]])
    assert len(Index.build(matrix).nearest(features.vector(["zzz"])).numbers) == 0


def test_a_bound_of_postings_keeps_the_rarest_features(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieve, "POSTINGS", 5)
    features, matrix = Features.fit([["common", "rare"], *([["common", "other"]] * 50)])
    assert 0 in Index.build(matrix).nearest(features.vector(["common", "rare"])).numbers


def test_a_query_that_shares_nothing_is_compared_with_what_another_index_found() -> None:
    features, matrix = Features.fit(texts(2_500))
    found = Index.build(matrix).nearest(features.vector(["zzz"]), np.array([3, 5]))
    assert found.numbers.tolist() == [3, 5]
    assert found.cosines.tolist() == [0.0, 0.0]
