"""Encoders: loading, caching, and the vectors of an ONNX model."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Thread
from typing import Any

import numpy as np
import pytest

from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import CachedEncoder, Encoder, installed
from bot.matching.ranking.once import Once
from bot.matching.ranking.onnx import BATCH_TEXTS, UNRELATED_SENTENCES, OnnxEncoder, OnnxModel, Pooling
from bot.matching.ranking.rows import Floats
from bot.matching.ranking.semantic import encode_texts
from tests.stories import load_story, questions
from tests.tiny_model import WORDS, table

PADDING, UNKNOWN, FIRST, LAST = range(4)


def ids(text: str) -> list[int]:
    return [WORDS.index(word) if word in WORDS else UNKNOWN for word in text.split()]


def model(pooling: Pooling = "mean", prompt: str = "", output: str = "last_hidden_state") -> OnnxModel:
    """Return the tiny model without its file: it maps each token to a row of the table."""

    def run(inputs: Mapping[str, Any]) -> dict[str, Any]:
        assert set(inputs) == {"input_ids", "attention_mask"}
        vectors = table()[inputs["input_ids"]]
        return {output: vectors.max(axis=1) if output == "sentence_embedding" else vectors}

    return OnnxModel(
        tokenize=lambda texts: [[FIRST, *ids(text), LAST] if pooling == "mean" else ids(text) for text in texts],
        pieces=ids,
        run=run,
        inputs=frozenset({"input_ids", "attention_mask"}),
        pooling=pooling,
        prompt=prompt,
        padding=PADDING,
        unknown=UNKNOWN,
    )


class CountingEncoder:
    """Counts the texts it encodes."""

    name = "counting"
    votes = ""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.texts += texts
        return np.array([[len(text), 1] for text in texts], np.float32).reshape(len(texts), 2)

    def is_word(self, word: str) -> bool:
        return word == "word"


def test_a_text_is_encoded_once() -> None:
    counting = CountingEncoder()
    encoder = CachedEncoder(counting)
    encoder.encode(["a", "b", "a"])
    assert encoder.encode(["b", "c"]).tolist() == [[1, 1], [1, 1]]
    assert counting.texts == ["a", "b", "c"]
    assert encoder.encode([]).shape[0] == 0


def test_a_value_is_loaded_once_with_several_threads() -> None:
    loads: list[int] = []
    once = Once(lambda: loads.append(1) or "loaded")  # type: ignore[func-returns-value]
    threads = [Thread(target=once) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (once(), len(loads)) == ("loaded", 1)


def test_an_onnx_model_is_loaded_on_first_use() -> None:
    loads: list[OnnxModel] = []

    def load() -> OnnxModel:
        loads.append(model())
        return loads[-1]

    encoder = OnnxEncoder("tiny", load)
    assert (encoder.name, loads) == ("tiny", [])
    encoder.encode(["bridge"])
    encoder.encode(["tower"])
    assert len(loads) == 1


@pytest.mark.parametrize("pooling", ["mean", "cls", "last"])
def test_the_vector_of_a_text_does_not_depend_on_its_batch(pooling: Pooling) -> None:
    encoder = OnnxEncoder("tiny", lambda: model(pooling))
    texts = ["bridge", "who built tower", "when bridge closed price ticket"] * BATCH_TEXTS
    together = encoder.encode(texts)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    alone = np.concatenate([encoder.encode([text]) for text in texts[:3]])
    assert together[:3] == pytest.approx(alone, abs=1e-5)
    assert encoder.encode([]).shape[0] == 0


def test_a_texts_vector_is_pooled_from_its_tokens_without_the_padding() -> None:
    def by_hand(text: str) -> Floats:
        mean = table()[[FIRST, *ids(text), LAST]].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))

    expected = by_hand("bridge") - np.mean([by_hand(text) for text in UNRELATED_SENTENCES], axis=0)
    bridge, _ = OnnxEncoder("tiny", model).encode(["bridge", "when bridge closed price ticket"])
    assert bridge == pytest.approx(expected / np.linalg.norm(expected), abs=1e-4)


@pytest.mark.parametrize(("pooling", "alike"), [("cls", "bridge price"), ("last", "who built tower")])
def test_a_texts_vector_is_that_of_its_first_or_last_token(pooling: Pooling, alike: str) -> None:
    encoder = OnnxEncoder("tiny", lambda: model(pooling))
    bridge, other = encoder.encode(["bridge closed tower", alike])
    assert bridge == pytest.approx(other, abs=1e-5)


def test_the_mean_of_unrelated_sentences_is_removed() -> None:
    encoder = OnnxEncoder("tiny", model)
    bridge, pont, ticket = encoder.encode(["bridge closed", "pont fermé", "ticket price"])
    raw = [row / np.linalg.norm(row) for row in (table()[[4, 7]].mean(axis=0), table()[[22, 25]].mean(axis=0))]
    assert raw[0] @ raw[1] > 0.9
    assert bridge @ pont == pytest.approx(1, abs=1e-5)
    assert bridge @ ticket < 0.7


def test_the_prompt_is_prepended_to_every_text() -> None:
    plain = OnnxEncoder("tiny", model).encode(["bridge"])
    prompted = OnnxEncoder("tiny", lambda: model(prompt="query : ")).encode(["bridge"])
    assert not np.allclose(plain, prompted, atol=0.01)


@pytest.mark.parametrize(("word", "known"), [("bridge", True), ("brigde", False), ("", False)])
def test_a_word_is_a_single_piece_of_the_models_vocabulary(word: str, known: bool) -> None:
    assert OnnxEncoder("tiny", model).is_word(word) is known


def test_there_is_one_row_per_text_even_without_an_encoder() -> None:
    assert encode_texts(["one", "two"], None).shape == (2, 0)
    assert encode_texts([], CountingEncoder()).shape[0] == 0
    counting = CountingEncoder()
    assert encode_texts(["L’île, OÙ ?", "b"], counting).shape == (2, 2)
    assert counting.texts == ["l'île où", "b"]


@pytest.mark.skipif(installed() is None, reason="the extra `semantic` is not installed")
def test_the_universal_encoder_has_a_version_and_words_of_many_languages() -> None:
    from bot.matching.ranking.use import UniversalEncoder

    encoder = UniversalEncoder()
    assert encoder.name == "use-multilingual/0.2.1"
    assert [encoder.is_word(word) for word in ("bridge", "pont", "brigde")] == [True, True, False]
    assert encoder.encode(["one", "two"]).shape == (2, 512)


class Cone:
    """The universal encoder as an ONNX model that moves all sentences into a narrow cone."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._texts: list[str] = []
        axis = np.random.default_rng(1).normal(size=512)
        self._axis = 2 * axis / np.linalg.norm(axis)

    def model(self) -> OnnxModel:
        return replace(model(output="sentence_embedding"), tokenize=self._tokenize, run=self._run)

    def _tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        self._texts = list(texts)
        return [[number] for number in range(len(texts))]

    def _run(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"sentence_embedding": self._encoder.encode(self._texts) + self._axis}


@pytest.mark.slow
@pytest.mark.skipif(installed() is None, reason="the extra `semantic` is not installed")
def test_a_model_with_narrow_vectors_abstains_as_often_as_others() -> None:
    """Of 57 unanswerable questions 1 is answered with the universal encoder, and 4 in the cone without its mean."""
    universal = installed()
    assert universal is not None
    decider = Decider(load_story("tram"), CachedEncoder(OnnxEncoder("cone", Cone(universal).model)))
    unanswerable = [asked.text for asked in questions("tram") if asked.kind != "in"]
    answered = [text for text in unanswerable if decider.decide(text).outcome == "answer"]
    assert len(answered) <= 4
