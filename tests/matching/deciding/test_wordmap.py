"""Similarity to the words of a story: by meaning with an encoder, by letters without one."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.matching.deciding.wordmap import MIN_SHARED_LETTERS, WordMap
from bot.matching.ranking.encoder import Encoder, installed
from bot.matching.ranking.rows import Floats

WORDS = ["bridge", "closed", "tower", "price", "danger"]


class Letters:
    """Encodes each word by its letters."""

    name = "letters"
    votes = ""

    def encode(self, texts: Sequence[str]) -> Floats:
        rows = [np.bincount([ord(c) % 32 for c in text] or [0], minlength=32) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32).reshape(len(texts), 32)

    def is_word(self, word: str) -> bool:
        return False


@pytest.fixture(params=["letters", "universal", "none"])
def encoder(request: pytest.FixtureRequest) -> Encoder | None:
    if request.param == "none":
        return None
    found = Letters() if request.param == "letters" else installed()
    if found is None:
        pytest.skip("the extra `semantic` is not installed")
    return found


def test_a_word_of_the_map_is_nearest_to_itself(encoder: Encoder | None) -> None:
    near = WordMap.build(WORDS, encoder).near(WORDS, range(len(WORDS)))
    assert near.shape == (len(WORDS), len(WORDS))
    assert near.argmax(axis=1).tolist() == list(range(len(WORDS)))
    assert np.diag(near) == pytest.approx(np.ones(len(WORDS)), abs=1e-3)


def test_no_word_is_more_similar_than_itself(encoder: Encoder | None) -> None:
    assert WordMap.build(WORDS, encoder).near(["bridges", "close", "zzz"], range(len(WORDS))).max() <= 1.001


def test_each_word_has_one_row_and_rows_are_distinct_and_sorted(encoder: Encoder | None) -> None:
    words = WordMap.build(["tower", "bridge", "tower"], encoder)
    assert words.row_of == {"tower": 0, "bridge": 1}
    assert words.rows(["bridge", "tower", "bridge"]).tolist() == [0, 1]
    assert words.rows([]).tolist() == []


@pytest.mark.parametrize(("asked", "held"), [([], WORDS), (["bridge"], []), ([], [])])
def test_an_empty_map_and_no_words_give_empty_rows(encoder: Encoder | None, asked: list[str], held: list[str]) -> None:
    assert WordMap.build(held, encoder).near(asked, range(len(held))).shape == (len(asked), len(held))


def test_without_an_encoder_similarity_starts_at_a_share_of_common_letters() -> None:
    words = WordMap.build(["bridge", "xyz"], None)
    same, other = words.near(["bridges"], [0, 1])[0]
    assert same == pytest.approx(
        (12 / 13 - MIN_SHARED_LETTERS) / (1 - MIN_SHARED_LETTERS), abs=1e-4
    )  # 12 of the 13 letters are in common
    assert other == 0
    assert words.vectors.shape == (2, 0)


def test_with_an_encoder_a_synonym_is_more_similar_than_a_similar_spelling() -> None:
    encoder = installed()
    if encoder is None:
        pytest.skip("the extra `semantic` is not installed")
    words = WordMap.build(["cost", "coast", "bridge", "closed"], encoder)
    cost, coast = words.near(["price"], [0, 1])[0]
    assert cost > coast


def test_the_similarity_to_a_row_does_not_depend_on_the_other_rows(encoder: Encoder | None) -> None:
    words, asked, some = WordMap.build(WORDS, encoder), ["bridges", "tour"], [1, 4]
    assert words.near(asked, some) == pytest.approx(words.near(asked, range(len(WORDS)))[:, some], abs=1e-6)
