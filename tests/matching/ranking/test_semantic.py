"""Meaning: translations are close, and unchanged utterances are not encoded again."""

import numpy as np
import pytest

from bot.matching import Matcher
from bot.matching.ranking import semantic
from bot.matching.ranking.encoder import Encoder, installed
from bot.matching.ranking.semantic import Semantics
from tests.fakes import CountingEncoder

PAIRS = [("quand le pont a été fermé", "closed"), ("qui a construit la tour", "built"), ("le prix du billet", "price")]


@pytest.fixture(params=["counting", "universal"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    """Every implementation of the port."""
    found = CountingEncoder() if request.param == "counting" else installed()
    if found is None:
        pytest.skip("the extra `semantic` is not installed")
    return found


def test_an_encoder_returns_one_row_of_length_one_per_text_always_the_same(encoder: Encoder) -> None:
    rows = encoder.encode(["one text", "another"])
    assert rows.shape[0] == 2
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-3)
    assert rows == pytest.approx(encoder.encode(["one text", "another"]), abs=1e-5)
    assert encoder.encode([]).shape[0] == 0


def test_a_rebuilt_matcher_encodes_only_what_changed() -> None:
    encoder = CountingEncoder()
    before = Matcher(PAIRS, encoder)
    encoder.encoded.clear()
    Matcher([*PAIRS, ("une nouvelle question", "new")], encoder, before)
    assert encoder.encoded == ["une nouvelle question"]


def test_texts_are_encoded_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, labels = [f"question {number % 5}" for number in range(12)], np.arange(12)
    whole = Semantics.build(texts, labels, CountingEncoder())
    monkeypatch.setattr(semantic, "ENCODED_AT_ONCE", 3)
    encoder = CountingEncoder()
    before = Semantics.build(texts[:2], labels[:2], encoder)
    encoder.encoded.clear()
    assert (Semantics.build(texts, labels, encoder, before).vectors == whole.vectors).all()
    assert set(encoder.encoded) == set(texts[2:5])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("when was the bridge closed", "closed"),
        ("cuánto cuesta el billete", "price"),
        ("wer hat den Turm gebaut", "built"),
    ],
)
def test_a_question_in_another_language_finds_its_label(text: str, label: str) -> None:
    encoder = installed()
    if encoder is None:
        pytest.skip("the extra `semantic` is not installed")
    matcher = Matcher(PAIRS, encoder)
    assert matcher.is_semantic
    assert matcher.rank(text)[0].label == label


def test_without_an_encoder_only_words_are_compared() -> None:
    matcher = Matcher(PAIRS, None)
    assert not matcher.is_semantic
    assert matcher.rank("quand a été fermé le pont")[0].label == "closed"


def test_in_a_large_index_the_utterances_of_the_nearest_labels_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{first}{second} {second}" for first in "abcdefgh" for second in "mnopqrst"]
    labels = np.array([number // 4 for number in range(len(texts))])
    whole = Semantics.build(texts, labels, CountingEncoder())
    asked = [(whole.query(text), number) for number, text in enumerate(texts)]
    monkeypatch.setattr(semantic, "MAX_COMPARED_WHOLE", 10)
    monkeypatch.setattr(semantic, "MAX_COMPARED_LABELS", 4)
    monkeypatch.setattr(semantic, "MAX_NEAREST_UTTERANCES", 5)
    for exact, number in asked:
        found = whole.query(texts[number])
        assert number in found.nearest
        assert found.nearest.tolist() == sorted(set(found.nearest.tolist()))
        assert len(found.nearest) == 5
        assert found.centroids == pytest.approx(exact.centroids)
        assert whole.cosine(found, number) == pytest.approx(1.0, abs=1e-3)
