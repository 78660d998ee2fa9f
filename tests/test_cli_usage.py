"""`onrecord stats` and `onrecord export`, as they are typed."""

import asyncio
import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.usage import COLUMNS, cell
from bot.journal.journal import open_journal
from tests.journal.test_usage import FIRST_DAY, asked

TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.fixture
def journalled(runner: CliRunner, tmp_path: Path) -> CliRunner:
    """Two questions of today, one with an answer and a vote, in the journal."""

    async def write() -> None:
        async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/onrecord.db", None) as journal:
            day, text = (TODAY - FIRST_DAY).days, "=HYPERLINK(1), who?"
            journal.record(asked(1, text, day=day))
            journal.record(asked(2, text, day=day, outcome="abstain", cause="no_fact", facts=()))
            await journal.flush()
            await journal.feedback.vote("000000000001", 7, TODAY + timedelta(hours=1), helpful=True)

    asyncio.run(write())
    return runner


def run(runner: CliRunner, *arguments: str) -> str:
    result = runner.invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_stats_shows_what_was_asked_and_what_it_got(journalled: CliRunner) -> None:
    shown = run(journalled, "stats", "--days", "7")
    assert "2 questions asked\n  answered: 1 (50%)\n  not answered: 1 (50%)" in shown
    assert "100% of 1 vote says helpful" in shown
    assert "1 · bridge-closed" in shown
    assert "12 facts answered no question:" in shown


def test_stats_as_json_counts_the_same(journalled: CliRunner) -> None:
    counted = json.loads(run(journalled, "stats", "--json"))
    assert counted["outcomes"] == {"answer": 1, "suggest": 0, "abstain": 1, "unanswered": 0}
    assert (counted["last"], len(counted["never_asked"])) == (TODAY.date().isoformat(), 12)
    assert counted["facts"] == [{"story": "bridge", "fact": "bridge-closed", "answers": 1}]


def test_stats_draws_a_picture(journalled: CliRunner, tmp_path: Path) -> None:
    run(journalled, "stats", "--picture", "usage.png")
    assert (tmp_path / "usage.png").read_bytes().startswith(b"\x89PNG")


def test_an_export_opens_as_a_table_and_runs_no_formula(journalled: CliRunner, tmp_path: Path) -> None:
    header, *rows = csv.reader(StringIO(run(journalled, "export")))
    assert tuple(header) == COLUMNS
    assert [row[header.index("question")] for row in rows] == ["'=HYPERLINK(1), who?"] * 2
    run(journalled, "export", "--output", "all.csv")
    assert len((tmp_path / "all.csv").read_text("utf-8").splitlines()) == 3


def test_an_export_as_json_has_one_object_a_line(journalled: CliRunner) -> None:
    rows = [json.loads(line) for line in run(journalled, "export", "--format", "jsonl").splitlines()]
    assert [(row["outcome"], row["helpful"], row["facts"]) for row in rows] == [
        ("answer", 1, ["bridge-closed"]),
        ("abstain", 0, []),
    ]
    assert all(tuple(row) == COLUMNS for row in rows)


def test_an_export_begins_where_it_is_asked_to(journalled: CliRunner) -> None:
    tomorrow = (TODAY + timedelta(days=1)).date().isoformat()
    assert run(journalled, "export", "--format", "jsonl", "--since", tomorrow) == ""
    result = journalled.invoke(app, ["export", "--since", "yesterday"])
    assert result.exit_code == 2
    assert result.stderr.startswith("--since: 'yesterday' is not ")


@pytest.mark.parametrize("command", ["stats", "export"])
def test_without_a_database_a_sentence_says_what_to_do(runner: CliRunner, command: str, tmp_path: Path) -> None:
    result = runner.invoke(app, [command])
    assert result.exit_code == 2
    assert "there is no database onrecord.db yet" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *((f"{start}1+1", f"'{start}1+1") for start in "=+-@\t\r"),
        ("who?", "who?"),
        (["a", "b"], "a b"),
        (-1.5, -1.5),
        (None, None),
    ],
)
def test_a_cell_is_never_a_formula(value: Any, shown: Any) -> None:
    assert cell(value) == shown
