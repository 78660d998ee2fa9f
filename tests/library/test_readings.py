"""How facts are read is cached on disk: what changed is read again, and everything is found as without the cache."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.editions import Edition
from bot.library.cachefile import FILE_NAME, CacheFile
from bot.library.checked import Checked, CheckedCache
from bot.library.read import StoryResult, read_story
from bot.library.readings import Readings
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Decision
from bot.matching.deciding.factreading import Wordings
from bot.matching.reading.reader import Reader
from bot.story.model import Fact
from tests.small_story import edit

DRAFT = "  - {id: later, status: draft, kind: report, text: {fr: Plus tard., en: Later.}, asked: {}, citations: []}\n"


class Unchecked(CheckedCache):
    """Remembers no story as checked, so that each fact is recalled with what was found in it."""

    def found(self, *parts: str | bytes) -> Checked | None:
        return None


def read(root: Path) -> StoryResult:
    """Read the small story with its cache on disk."""
    cache = Unchecked(CacheFile(root / "cache"), None)
    return read_story(root / "knowledge" / "bridge", root / "seeds", root / "articles", cache=cache)


@pytest.fixture(autouse=True)
def _each_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build what decides on each story that is read, even if it is equal to another."""
    monkeypatch.setattr("bot.library.read.Decider", Decider)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The facts that are read and not recalled."""
    facts: list[str] = []
    of = Wordings.of

    def recorded(fact: Fact, reader: Reader) -> Wordings:
        facts.append(fact.id)
        return of(fact, reader)

    monkeypatch.setattr(Wordings, "of", recorded)  # it records, and changes nothing
    return facts


def lines(reading: StoryResult) -> list[tuple[str, int]]:
    return [(problem.message, problem.position.line) for problem in reading.problems]


def test_a_second_start_reads_no_fact_and_decides_the_same(small_story: Path, fresh: list[str]) -> None:
    first, again = read(small_story).edition, read(small_story).edition
    assert fresh == ["bridge-closed", "bridge-dangerous", "danger-denied"]
    assert first
    assert again
    assert decisions(first) == decisions(again)


def decisions(edition: Edition) -> list[Decision]:
    asked = [text for fact in edition.story.shown_facts.values() for _, text in fact.asked.values()]
    return [
        edition.decider.decide(text.replace("bridge", "big bridge").replace("pont", "grand pont")) for text in asked
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "read_again"),
    [
        ("facts.yml", "Qui a fermé le pont ?", "Qui donc a fermé le pont ?", ["bridge-closed"]),
        ("story.yml", "[the engineer]", "[the expert]", ["bridge-closed", "bridge-dangerous", "danger-denied"]),
    ],
)
def test_what_changed_is_read_again(
    small_story: Path, fresh: list[str], name: str, old: str, new: str, read_again: list[str]
) -> None:
    """A fact alone, but all of them if a name changes."""
    read(small_story)
    fresh.clear()
    edit(small_story / "knowledge", name, old, new)
    read(small_story)
    assert fresh == read_again


def test_what_was_found_in_a_fact_is_told_where_it_is_now(small_story: Path, fresh: list[str]) -> None:
    edit(small_story / "knowledge", "facts.yml", "en: Anna Petit asserts", "en: She asserts")
    before = lines(read(small_story))
    fresh.clear()
    edit(small_story / "knowledge", "facts.yml", "facts:\n", f"facts:\n{DRAFT}")
    after = lines(read(small_story))
    assert fresh == []
    (found,) = set(before) - set(after)
    assert "does not name 'Anna Petit'" in found[0]
    assert (found[0], found[1] + 1) in after


def test_a_word_that_only_other_facts_have_decides_how_a_fact_is_read(small_story: Path, tmp_path: Path) -> None:
    """A date in words is read with the words of the whole story."""
    edit(
        small_story / "knowledge",
        "facts.yml",
        '{edtf: "2019"}',
        '{edtf: "2019", stated: {fr: samedi, en: at Michaelmas}}',
    )
    edition = read(small_story).edition
    assert edition
    readings, lexicon = Readings(edition.story, CacheFile(tmp_path / "cache"), None), Reader(edition.story).lexicon
    fact, more = edition.story.shown_facts["bridge-closed"], lexicon.vocabulary["en"] | {"michaelmas"}
    assert readings.recall(fact, lexicon)
    assert readings.recall(fact, replace(lexicon, vocabulary={**lexicon.vocabulary, "en": more})) is None


def test_what_readers_ask_is_not_written(small_story: Path) -> None:
    edition = read(small_story).edition
    assert edition
    before = rows(small_story)
    edition.decider.decide("Why did the mayor Aramburu close the bridge?")
    assert rows(small_story) == before
    assert not any(b"aramburu" in value.lower() for value in before)


def rows(root: Path) -> list[bytes]:
    database = sqlite3.connect(root / "cache" / FILE_NAME)
    found = [value for (value,) in database.execute("SELECT value FROM cache ORDER BY key")]
    database.close()
    return found


def test_other_code_reads_again(small_story: Path, fresh: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    read(small_story)
    count = len(fresh)
    monkeypatch.setattr("bot.library.readings.code_checksum", lambda: "another")
    read(small_story)
    assert len(fresh) == 2 * count


def test_a_damaged_reading_is_read_again(small_story: Path, fresh: list[str]) -> None:
    before = read(small_story)
    count = len(fresh)
    database = sqlite3.connect(small_story / "cache" / FILE_NAME)
    with database:
        database.execute("UPDATE cache SET value = CAST(substr(value, 1, length(value) - 3) || 'xyz' AS BLOB)")
    database.close()
    assert read(small_story).problems == before.problems
    assert len(fresh) == 2 * count
