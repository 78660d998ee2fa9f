"""The commands on versions, as they are typed: `diff`, `rollback` and `feed`."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from bot.answering.publishing import Publishing
from bot.app import SystemClock
from bot.cli import app
from bot.journal.journal import open_journal
from bot.library.library import FileLibrary
from tests.small_story import edit

OLD, NEW = "Anna Petit affirme que le pont est dangereux.", "Anna Petit affirme que le pont est fragile."
NAMES = {"atom": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def runner(small_story: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(small_story)
    for key in ("ONRECORD_ARTICLES", "ONRECORD_DATABASE_URL", "ONRECORD_SEEDS", "ONRECORD_KNOWLEDGE"):
        monkeypatch.delenv(key, raising=False)
    return CliRunner()


def publish(root: Path) -> str:
    """Publish the files as a bot does that starts, and return the version."""

    async def record() -> str:
        library = await FileLibrary.open(root / "knowledge", root / "seeds")
        async with open_journal(f"sqlite+aiosqlite:///{root}/onrecord.db", None) as journal:
            await Publishing(library, journal.history, SystemClock()).record()
        return library.current.editions[0].version

    return asyncio.run(record())


def run(runner: CliRunner, *arguments: str, **options: Any) -> tuple[int, str]:
    result = runner.invoke(app, arguments, **options)
    return result.exit_code, result.output


def test_without_a_bot_that_has_run_there_is_nothing_to_compare_with(runner: CliRunner, small_story: Path) -> None:
    for command in (["diff"], ["rollback", "1"], ["feed"]):
        code, output = run(runner, *command)
        assert code == 2
        assert "there is no database" in output
    assert not (small_story / "onrecord.db").exists()


def test_without_a_version_a_sentence_says_so(runner: CliRunner, small_story: Path) -> None:
    async def make() -> None:
        async with open_journal(f"sqlite+aiosqlite:///{small_story}/onrecord.db", None):
            pass

    asyncio.run(make())
    for command, expected in ((["diff"], 0), (["rollback", "1"], 2), (["feed"], 2)):
        code, output = run(runner, *command)
        assert code == expected
        assert "No version has been published yet" in output


def test_a_diff_names_what_publishing_would_change(runner: CliRunner, small_story: Path) -> None:
    publish(small_story)
    code, output = run(runner, "diff")
    assert code == 0
    assert "there is nothing to publish" in output
    edit(small_story, "facts.yml", OLD, NEW)
    code, output = run(runner, "diff", "--story", "bridge")
    assert code == 0
    assert "Edited: bridge-dangerous (text)" in output
    assert f"− fr {OLD}" in output
    assert f"+ fr {NEW}" in output


def test_a_diff_of_files_that_cannot_be_published_fails(runner: CliRunner, small_story: Path) -> None:
    publish(small_story)
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    code, output = run(runner, "diff")
    assert code == 1
    assert "error[reference.unknown]" in output
    assert run(runner, "diff", "--story", "tunnel")[0] == 2


def test_a_rollback_writes_the_files_of_before(runner: CliRunner, small_story: Path) -> None:
    first = publish(small_story)
    edit(small_story, "facts.yml", OLD, NEW)
    second = publish(small_story)
    facts = small_story / "knowledge" / "bridge" / "facts.yml"
    code, output = run(runner, "rollback", first)
    assert code == 2
    assert NEW in facts.read_text("utf-8")
    code, output = run(runner, "rollback", first, "--yes")
    assert code == 0
    assert f"are those of version {first} again" in output
    assert OLD in facts.read_text("utf-8")
    assert publish(small_story) == first
    assert run(runner, "rollback", second, "--yes")[0] == 0
    assert publish(small_story) == second


def test_a_rollback_never_loses_an_edit_that_was_not_published(runner: CliRunner, small_story: Path) -> None:
    first = publish(small_story)
    edit(small_story, "facts.yml", OLD, NEW)
    code, output = run(runner, "rollback", first, "--yes")
    assert code == 2
    assert "story/facts.yml" in output
    assert NEW in (small_story / "knowledge" / "bridge" / "facts.yml").read_text("utf-8")


def test_a_rollback_to_an_unknown_version_lists_those_that_are_kept(runner: CliRunner, small_story: Path) -> None:
    first = publish(small_story)
    code, output = run(runner, "rollback", "000000000000")
    assert code == 2
    assert first in output


def feed(runner: CliRunner, *options: str) -> ElementTree.Element:
    code, output = run(runner, "feed", *options)
    assert code == 0, output
    return ElementTree.fromstring(output)  # noqa: S314 - our own


def text(element: ElementTree.Element, path: str) -> str:
    found = element.findall(f"atom:{path}", NAMES)
    assert len(found) == 1, f"RFC 4287 requires exactly one {path}"
    assert found[0].text
    return found[0].text


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("fr", ["Corrigé : " + NEW, "Nous écrivions auparavant : « " + OLD, "↳ Démenti : Le maire"]),
        ("en", ["Corrected: Anna Petit asserts", "↳ Denial: The mayor"]),
    ],
)
def test_a_feed_has_all_that_atom_requires_and_says_what_changed(
    runner: CliRunner, small_story: Path, locale: str, told: list[str]
) -> None:
    publish(small_story)
    edit(small_story, "facts.yml", "id: bridge-dangerous\n", "id: bridge-dangerous\n    status: corrected\n")
    edit(small_story, "facts.yml", OLD, NEW)
    publish(small_story)
    edit(small_story, "facts.yml", "id: danger-denied\n", "id: danger-denied\n    status: withdrawn\n")
    publish(small_story)
    root = feed(runner, "--locale", locale, "--domain", "example.org", "--url", "https://example.org/feed.xml")
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    newest, oldest = root.findall("atom:entry", NAMES)
    for element in (root, newest, oldest):
        assert text(element, "id").startswith("tag:example.org,2")
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
        assert element.get(LANGUAGE) == locale
    assert text(root, "author/atom:name")
    assert text(root, "updated") == text(newest, "updated") >= text(oldest, "updated")
    assert len({text(element, "id") for element in (root, newest, oldest)}) == 3
    assert root.find("atom:link[@rel='self']", NAMES) is not None
    content = text(oldest, "content")
    assert all(line in content for line in told)
    assert "bridge-dangerous" not in content


def test_the_ids_of_a_feed_stay_and_it_may_be_written_to_a_file(runner: CliRunner, small_story: Path) -> None:
    publish(small_story)
    empty = feed(runner)
    edit(small_story, "facts.yml", OLD, NEW)
    publish(small_story)
    before, after = feed(runner), feed(runner, "--story", "bridge")
    assert text(empty, "id") == text(before, "id") == text(after, "id")
    assert [text(entry, "id") for entry in before.iterfind("atom:entry", NAMES)] == [
        text(entry, "id") for entry in after.iterfind("atom:entry", NAMES)
    ]
    assert run(runner, "feed", "--output", "feed.xml") == (0, "")
    assert (small_story / "feed.xml").read_text("utf-8") == runner.invoke(app, ["feed"]).output
    assert run(runner, "feed", "--output", "no/feed.xml")[0] == 2
    assert run(runner, "feed", "--story", "tunnel")[0] == 2
