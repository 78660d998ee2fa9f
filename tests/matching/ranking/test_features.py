"""Texts as sparse vectors of length one, the same for an index and a query."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.ranking import features as module
from bot.matching.ranking.features import Features, grams_of
from bot.matching.ranking.repair import Guess
from tests.matching.ranking.test_rows import as_array

TEXTS = [["who", "built", "the", "bridge"], ["when", "was", "it", "built"], ["the", "river"]]
texts = st.lists(
    st.lists(st.sampled_from(["who", "built", "bridge", "river", "town"]), min_size=1, max_size=5), min_size=1
)


@given(texts)
def test_a_query_that_is_an_indexed_text_has_the_vector_of_its_row(indexed: list[list[str]]) -> None:
    features, matrix = Features.fit(indexed)
    for number, text in enumerate(indexed):
        vector = features.vector(text)
        row = np.zeros(matrix.width, np.float32)
        row[vector.features] = vector.values
        assert row == pytest.approx(as_array(matrix)[number], abs=1e-5)


@given(texts)
def test_every_row_has_length_one_or_less(indexed: list[list[str]]) -> None:
    _, matrix = Features.fit(indexed)
    lengths = np.linalg.norm(as_array(matrix), axis=1)
    assert lengths.max() <= 1.0001


@given(texts, st.data())
def test_texts_are_counted_in_blocks_as_they_are_at_once(indexed: list[list[str]], data: st.DataObject) -> None:
    labels = np.array(data.draw(st.permutations([number // 2 for number in range(len(indexed))])))
    whole, matrix = Features.fit(indexed, labels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK_TEXTS", 2)
        patch.setattr(module, "BLOCK_LABELS", 2)
        features, stacked = Features.fit(indexed, labels)
    assert (features.idf == whole.idf).all()
    assert (as_array(stacked) == as_array(matrix)).all()


def test_unseen_features_lower_the_weight_of_the_others() -> None:
    features, _ = Features.fit(TEXTS)
    plain, strange = features.vector(["built"]), features.vector(["built", "zeppelin"])
    assert np.linalg.norm(strange.values) < np.linalg.norm(plain.values)


def test_a_guessed_word_weighs_less_than_a_written_one() -> None:
    features, _ = Features.fit(TEXTS)
    written = features.vector(["bridge", "river"])
    guessed = features.vector(["bridge", "river"], [Guess("bridge", 0.6), Guess("river", 1.0)])
    column = features.words["bridge"]
    assert guessed.values[guessed.features == column] < written.values[written.features == column]


def test_the_n_grams_of_a_word_include_its_edges() -> None:
    assert grams_of("ab") == (" a", "ab", "b ", " ab", "ab ")


def test_a_feature_of_few_labels_is_rare_however_often_they_repeat_it() -> None:
    texts = [["bridge", "built"], ["bridge", "closed"], ["river", "built"], ["tower", "closed"]]
    features, _ = Features.fit(texts, np.array([0, 0, 1, 2]))
    of_word = {word: features.idf[column] for word, column in features.words.items()}
    assert of_word["bridge"] == of_word["river"] > of_word["built"] == of_word["closed"]
