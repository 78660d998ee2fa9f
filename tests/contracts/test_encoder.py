"""The contract of sentence encoders, for every one there is, as it comes and as it is remembered."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.library.cachefile import CacheFile
from bot.library.encoders import load_encoder
from bot.library.vectors import VectorCache, storing
from bot.matching.ranking.encoder import CachedEncoder, Encoder, installed
from tests.library.test_vectors import CountingEncoder
from tests.tiny_model import write_tiny_model

TEXTS = ["bridge closed", "who built tower", "when bridge closed price ticket"]
without_universal = pytest.mark.skipif(installed() is None, reason="the extra `semantic` is not installed")


def universal(_folder: Path) -> Encoder:
    from bot.matching.ranking.use import UniversalEncoder

    return UniversalEncoder()


def onnx(folder: Path) -> Encoder:
    return load_encoder(str(write_tiny_model(folder / "model")), folder)


def remembered(_folder: Path) -> Encoder:
    return CachedEncoder(CountingEncoder())


def cached(folder: Path) -> Encoder:
    with storing():
        encoder = VectorCache(CountingEncoder(), CacheFile(folder))
        encoder.encode(TEXTS[:2])
    return encoder


def counting(_folder: Path) -> Encoder:
    return CountingEncoder()


@pytest.fixture(
    scope="module", params=[pytest.param(universal, marks=without_universal), onnx, remembered, cached, counting]
)
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    make: Callable[[Path], Encoder] = request.param
    return make(tmp_path_factory.mktemp("encoder"))


def test_an_encoder_has_a_name_that_stays(encoder: Encoder) -> None:
    assert encoder.name
    assert encoder.name == encoder.name


def test_each_text_has_a_row_of_length_one(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert rows.dtype == np.float32
    assert rows.ndim == 2
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)


def test_a_row_is_that_of_its_text_wherever_it_stands(encoder: Encoder) -> None:
    first, second, third = encoder.encode(TEXTS)
    again = encoder.encode([TEXTS[2], TEXTS[0], TEXTS[0]])
    assert again == pytest.approx(np.stack([third, first, first]), abs=1e-4)
    assert first @ second < 0.999


def test_no_text_has_no_row(encoder: Encoder) -> None:
    assert len(encoder.encode([])) == 0


def test_an_empty_text_has_a_row_all_the_same(encoder: Encoder) -> None:
    assert len(encoder.encode([""])) == 1


def test_letters_at_random_are_no_word(encoder: Encoder) -> None:
    assert encoder.is_word("xqzvkwj") is False
    assert encoder.is_word("") is False
