"""Vectors on disk: nothing is encoded twice, readers leave no trace, and a damaged file costs only time."""

import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.library import cachefile, vectors
from bot.library.cachefile import FILE_NAME, CacheFile
from bot.library.library import read_knowledge
from bot.library.vectors import VectorCache, storing
from bot.matching.ranking.rows import Floats

TEXTS = [f"text number {number}" for number in range(300)]


class CountingEncoder:
    """Gives each text its own vector, and records what it is asked."""

    def __init__(self, name: str = "counting/1", votes: str = "") -> None:
        self.name = name
        self.votes = votes
        self.texts: list[str] = []
        self.words: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.texts += texts
        rows = np.array([np.bincount([ord(c) % 64 for c in text] or [0], minlength=64) for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(texts) else rows.reshape(0, 64)

    def is_word(self, word: str) -> bool:
        self.words.append(word)
        return word == "word"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def fill(folder: Path) -> None:
    with storing():
        VectorCache(CountingEncoder(), CacheFile(folder)).encode(TEXTS)


def encoded_again(folder: Path, name: str = "counting/1") -> list[str]:
    """Encode all texts, check that the vectors are the same, and return the texts that were not cached."""
    encoder = CountingEncoder(name)
    rows = VectorCache(encoder, CacheFile(folder)).encode(TEXTS)
    assert np.array_equal(rows, CountingEncoder().encode(TEXTS))
    return encoder.texts


def test_a_second_start_encodes_nothing(folder: Path) -> None:
    fill(folder)
    assert encoded_again(folder) == []


def test_another_model_or_version_has_vectors_of_its_own(folder: Path) -> None:
    fill(folder)
    assert encoded_again(folder, "counting/2") == TEXTS


def test_only_what_is_new_is_encoded(folder: Path) -> None:
    fill(folder)
    encoder = CountingEncoder()
    VectorCache(encoder, CacheFile(folder)).encode(["new", *TEXTS, "new"])
    assert encoder.texts == ["new"]


def test_what_readers_ask_is_not_written(folder: Path) -> None:
    encoder = CountingEncoder()
    cache = VectorCache(encoder, CacheFile(folder))
    cache.encode(["my name is"])
    cache.is_word("word")
    with storing():
        cache.encode(["a fact"])
    database = sqlite3.connect(folder / FILE_NAME)
    assert database.execute("SELECT count(*) FROM cache").fetchone() == (1,)
    database.close()
    assert b"a fact" not in (folder / FILE_NAME).read_bytes()


def test_much_is_written_before_the_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The vectors of a long story are not held in memory until all of it is encoded."""
    monkeypatch.setattr(vectors, "MAX_PENDING", 100)
    with storing():
        VectorCache(CountingEncoder(), CacheFile(folder)).encode(TEXTS[:150])
        database = sqlite3.connect(folder / FILE_NAME)
        assert database.execute("SELECT count(*) FROM cache").fetchone() == (150,)
        database.close()


def test_words_are_asked_for_once(folder: Path) -> None:
    encoder = CountingEncoder()
    with storing():
        cache = VectorCache(encoder, CacheFile(folder))
        assert [cache.is_word("word"), cache.is_word("wrod")] == [True, False]
    again = VectorCache(encoder, CacheFile(folder))
    assert [again.is_word("word"), again.is_word("wrod")] == [True, False]
    assert encoder.words == ["word", "wrod"]


@pytest.mark.parametrize("left", [0, 10, 100, 5_000, 40_000])
def test_a_file_cut_short_is_made_anew(folder: Path, left: int) -> None:
    fill(folder)
    content = (folder / FILE_NAME).read_bytes()
    assert len(content) > 50_000
    (folder / FILE_NAME).write_bytes(content[:left])
    encoded_again(folder)
    fill(folder)
    assert encoded_again(folder) == []


def test_a_file_of_something_else_is_made_anew(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"no database at all" * 1000)
    fill(folder)
    assert encoded_again(folder) == []
    assert len(caplog.records) == 1


@pytest.mark.parametrize("blocked", ["the folder", "the file"])
def test_without_a_place_to_write_it_works_and_says_so_once(
    folder: Path, caplog: pytest.LogCaptureFixture, blocked: str
) -> None:
    if blocked == "the folder":
        folder.write_text("a file where the folder should be")
    else:
        (folder / FILE_NAME).mkdir(parents=True)
    caplog.set_level(logging.WARNING)
    fill(folder)
    assert len(caplog.records) == 1
    assert "not cached on disk" in caplog.text
    assert encoded_again(folder) == TEXTS


def test_what_is_there_is_read_while_another_process_writes(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cachefile, "BUSY_TIMEOUT_SECONDS", 0.05)
    fill(folder)
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert encoded_again(folder) == []
    cache = VectorCache(CountingEncoder(), CacheFile(folder))
    with storing():
        cache.encode(["new"])
    assert "locked" in caplog.text
    other.execute("ROLLBACK")
    other.close()
    with storing():
        cache.encode(["new"])
    encoder = CountingEncoder()
    VectorCache(encoder, CacheFile(folder)).encode(["new"])
    assert encoder.texts == []


def test_the_oldest_go_beyond_a_number(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cachefile, "MAX_ROWS", 100)
    fill(folder)
    assert encoded_again(folder) == TEXTS[:200]


def test_a_story_is_loaded_again_without_its_encoder(small_story: Path, folder: Path) -> None:
    paths = small_story / "knowledge", small_story / "seeds"
    first = CountingEncoder()
    before = read_knowledge(*paths, None, VectorCache(first, CacheFile(folder)))
    assert first.texts
    second = CountingEncoder()
    after = read_knowledge(*paths, None, VectorCache(second, CacheFile(folder)))
    assert (second.texts, second.words) == ([], [])
    assert after.problems == before.problems
