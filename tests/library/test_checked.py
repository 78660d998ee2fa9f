"""What checking found is remembered on disk: the same files are not checked again, and any others are."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.checking.regression import MISSED
from bot.library import checked
from bot.library.cachefile import CacheFile
from bot.library.checked import Checked, CheckedCache
from bot.library.read import StoryResult, read_story
from tests.library.test_vectors import CountingEncoder
from tests.small_story import edit

REMEMBERED = MISSED.at("questions", 0, "ask", ask="?", outcome="abstain", wanted="'bridge-closed'")


class Altering(CheckedCache):
    """Remembers a finding that checking the small story would not give."""

    def remember(self, found: Checked, *parts: str | bytes) -> None:
        super().remember(replace(found, findings=(REMEMBERED,), answered=0.5), *parts)


def read(root: Path, cache: CheckedCache) -> StoryResult:
    return read_story(root / "knowledge" / "bridge", root / "seeds", root / "articles", cache=cache)


@pytest.fixture
def cache(tmp_path: Path) -> CheckedCache:
    return CheckedCache(CacheFile(tmp_path / "cache"), None)


@pytest.fixture
def remembering(small_story: Path, tmp_path: Path) -> CheckedCache:
    cache = Altering(CacheFile(tmp_path / "cache"), None)
    read(small_story, cache)
    return cache


def was_checked(reading: StoryResult) -> bool:
    return REMEMBERED.message not in [problem.message for problem in reading.problems]


def test_the_same_files_are_not_checked_again(small_story: Path, remembering: CheckedCache) -> None:
    reading = read(small_story, remembering)
    assert [problem.message for problem in reading.problems] == [REMEMBERED.message]
    assert reading.problems[0].rule is MISSED
    assert reading.problems[0].position.line > 1
    assert reading.edition is not None
    assert reading.edition.answered == 0.5


@pytest.mark.parametrize(
    "name", ["knowledge/bridge/facts.yml", "seeds/bridge-article.yml", "articles/bridge-article.txt"]
)
def test_what_changed_is_checked(small_story: Path, remembering: CheckedCache, name: str) -> None:
    path = small_story / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert was_checked(read(small_story, remembering))


def test_a_further_article_is_checked_for(small_story: Path, remembering: CheckedCache) -> None:
    record = (small_story / "seeds" / "bridge-article.yml").read_text("utf-8")
    (small_story / "seeds" / "other.yml").write_text(record.replace("id: bridge-article", "id: other"), "utf-8")
    assert was_checked(read(small_story, remembering))


def test_other_code_checks_again(small_story: Path, remembering: CheckedCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "code_checksum", lambda: "another")
    assert was_checked(read(small_story, remembering))


def test_another_encoder_decides_otherwise(tmp_path: Path) -> None:
    file = CacheFile(tmp_path)
    CheckedCache(file, CountingEncoder("one")).remember(Checked((REMEMBERED,), None), "files")
    assert CheckedCache(file, CountingEncoder("one")).found("files") == Checked((REMEMBERED,), None)
    assert CheckedCache(file, CountingEncoder("two")).found("files") is None
    assert CheckedCache(file, None).found("files") is None


def test_a_story_with_an_error_is_checked_each_time(small_story: Path, cache: CheckedCache) -> None:
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    first, second = read(small_story, cache), read(small_story, cache)
    assert first.problems == second.problems != ()
    assert first.edition is second.edition is None
