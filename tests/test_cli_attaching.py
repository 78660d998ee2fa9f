"""`onrecord attach`, `not-ours` and `draft`, as they are typed."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.answering.context import Context
from bot.answering.feedback import Waiting
from bot.cli import app
from bot.journal.journal import open_journal
from tests.journal.test_journal import exchange
from tests.small_story import edit

AT = exchange(1).context.at
TABLIER = "Le tablier va-t-il s'effondrer ?"
MOVED = ("qui a bien pu fermer le pont de la ville", "qui a bien pu fermer ce pont de la ville")


@pytest.fixture
def runner(small_story: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Run the commands on a copy of the small story and a database with three questions in vain."""
    monkeypatch.chdir(small_story)
    for key in ("DISCORD_TOKEN", "ONRECORD_ARTICLES", "ONRECORD_HASH_KEY"):
        monkeypatch.delenv(key, raising=False)
    url = f"sqlite+aiosqlite:///{small_story}/journal.db"
    monkeypatch.setenv("ONRECORD_KNOWLEDGE", str(small_story / "knowledge"))
    monkeypatch.setenv("ONRECORD_SEEDS", str(small_story / "seeds"))
    monkeypatch.setenv("ONRECORD_DATABASE_URL", url)
    asyncio.run(_fill(url))
    return CliRunner()


async def _fill(url: str) -> None:
    async with open_journal(url, None) as journal:
        for number, text in ((0xA1, TABLIER), (0xB2, MOVED[1])):
            row = exchange(number, text)
            journal.record(replace(row, understood=text, outcome="abstain", cause="no_fact", facts=(), score=None))
        journal.record(replace(exchange(0xC3, MOVED[0]), understood=MOVED[0]))
        await journal.flush()
        for number, text in ((0xA1, TABLIER), (0xB2, MOVED[1])):
            await journal.feedback.wait(Waiting(f"{number:012x}", text, Context(7, 5, 3, "fr", AT)))


def text(root: Path, name: str) -> str:
    return (root / "knowledge" / "bridge" / name).read_text("utf-8")


def test_attach_shows_what_it_writes_and_how_many_wait(runner: CliRunner, small_story: Path) -> None:
    result = runner.invoke(app, ["attach", f"{0xA1:012x}", "bridge-dangerous"])
    assert result.exit_code == 0, result.output
    assert f"“{TABLIER}” gets bridge-dangerous." in result.output
    assert "facts.yml, line " in result.output
    assert "There is only one wording" in result.output
    assert "Written: facts.yml." in result.output
    assert "/facts reload" in result.output
    assert "1 reader who asked to be told will be" in result.output
    assert TABLIER in text(small_story, "facts.yml")


def test_not_ours_writes_a_question_and_the_gap_is_gone(runner: CliRunner, small_story: Path) -> None:
    result = runner.invoke(app, ["not-ours", "0000000000a1"])
    assert result.exit_code == 0, result.output
    assert f"{{ask: {TABLIER}, expect: abstain}}" in text(small_story, "questions.yml")
    again = runner.invoke(app, ["not-ours", "0000000000a1"])
    assert again.exit_code == 2
    assert "is not the beginning of one gap's id" in again.output


def test_draft_names_the_file_and_the_lines(runner: CliRunner, small_story: Path) -> None:
    result = runner.invoke(app, ["draft", "0000000000a1"])
    assert result.exit_code == 0, result.output
    assert "drafts.yml, line 2: - id: " in result.output
    assert "complete it, set its status to published" in result.output
    assert "status: draft" in text(small_story, "drafts.yml")


def test_what_changes_for_the_worse_is_written_only_with_yes(runner: CliRunner, small_story: Path) -> None:
    arguments = ["attach", "0000000000b2", "danger-denied"]
    result = runner.invoke(app, arguments)
    assert result.exit_code == 1, result.output
    assert f"1 answer changes for the worse:\n“{MOVED[0]}”: bridge-closed → " in result.output
    assert "add --yes" in result.output
    assert MOVED[1] not in text(small_story, "facts.yml")
    assert runner.invoke(app, [*arguments, "--yes"]).exit_code == 0
    assert MOVED[1] in text(small_story, "facts.yml")


def test_a_fact_that_is_not_there_and_a_story_with_errors_are_sentences(runner: CliRunner, small_story: Path) -> None:
    result = runner.invoke(app, ["attach", "0000000000a1", "gate"])
    assert (result.exit_code, "no fact “gate”" in result.output) == (2, True)
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    assert runner.invoke(app, ["attach", "0000000000a1", "bridge-closed"]).exit_code == 2
