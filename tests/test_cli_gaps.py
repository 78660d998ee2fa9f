"""`onrecord gaps`, as it is typed."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.gaps import NEXT_STEP, NO_GAPS
from bot.journal.journal import open_journal
from tests.journal.test_questionlog import asked

QUESTIONS = {1: "Is the bridge haunted?", 2: "Is the bridge haunted?", 3: "Why was the bridge\x1b[31m painted\n green?"}


@pytest.fixture
def journalled(runner: CliRunner, tmp_path: Path) -> CliRunner:
    """Three questions without an answer, each by another reader, in the journal."""

    async def write() -> None:
        async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/onrecord.db", None) as journal:
            for number, text in QUESTIONS.items():
                one = asked(number, text, outcome="abstain", cause="no_fact", facts=())
                journal.record(replace(one, context=replace(one.context, user=number)))

    asyncio.run(write())
    return runner


def run(runner: CliRunner, *arguments: str) -> str:
    result = runner.invoke(app, ["gaps", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_gaps_are_listed_with_their_ids_and_the_next_step(journalled: CliRunner) -> None:
    lines = run(journalled).splitlines()
    assert lines[:3] == [
        "000000000001  Is the bridge haunted?",
        "  2 readers · asked 2 times · March 5, 2024 · fr",
        "  Why: the story does not say",
    ]
    assert lines[3].startswith("  Nearest: ")
    assert "000000000003  Why was the bridge[31m painted green?" in lines
    assert lines[-1] == NEXT_STEP


def test_gaps_as_json_are_one_object_a_line(journalled: CliRunner) -> None:
    first, second = map(json.loads, run(journalled, "--json").splitlines())
    assert (first["id"], first["readers"], first["exchanges"]) == ("000000000001", 2, ["000000000001", "000000000002"])
    assert first["nearest"][0].keys() == {"fact", "probability", "against", "unknown"}
    assert second["questions"] == [QUESTIONS[3]]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--limit", "1"), ["000000000001"]),
        (("--story", "bridge"), ["000000000001", "000000000003"]),
        (("--since", "2024-03-05"), ["000000000001", "000000000003"]),
        (("--since", "2024-04"), []),
    ],
)
def test_gaps_are_limited_to_a_story_a_date_and_a_number(
    journalled: CliRunner, arguments: tuple[str, ...], ids: list[str]
) -> None:
    assert [json.loads(line)["id"] for line in run(journalled, "--json", *arguments).splitlines()] == ids


def test_without_a_gap_a_sentence_says_so(journalled: CliRunner) -> None:
    assert run(journalled, "--since", "2030").splitlines() == [NO_GAPS]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--story", "tunnel"), "--story: 'tunnel' is not one of bridge."),
        (("--since", "yesterday"), "--since: 'yesterday' is not "),
    ],
)
def test_what_cannot_be_used_is_a_sentence(journalled: CliRunner, arguments: tuple[str, ...], sentence: str) -> None:
    result = journalled.invoke(app, ["gaps", *arguments])
    assert result.exit_code == 2
    assert result.stderr.startswith(sentence)


def test_without_a_database_a_sentence_says_what_to_do(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(app, ["gaps"])
    assert result.exit_code == 2
    assert "there is no database onrecord.db yet" in result.stderr
    assert list(tmp_path.iterdir()) == []
