"""The command line, as it is typed."""

import json
import re
import socket
import sqlite3
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.library.votes import UNFITTED
from bot.matching.deciding.context import CONTEXT_SIGNALS
from bot.matching.deciding.signals import SIGNALS
from tests.small_story import edit
from tests.tiny_model import write_tiny_model

FIELDS = {"question", "outcome", "cause", "locale", "answer", "score", "facts", "also", "suggestions", "elapsed_ms"}
FACT_FIELDS = {"id", "kind", "by", "text", "when", "when_text", "score", "sources"}


def test_one_question_a_line_gives_one_object_a_line_in_order(runner: CliRunner) -> None:
    questions = [
        "Qui est Anna Petit ?",
        "How much of the footbridge did the region pay?",
        "Who keeps the lighthouse?",
        "",
    ]
    result = runner.invoke(app, ["ask", "--json", "-"], input="\n".join(questions) + "\n")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["question"] for row in rows] == questions
    assert [row["outcome"] for row in rows] == ["answer", "answer", "abstain", "abstain"]
    assert [[source["paragraph"] for source in row["facts"][0]["sources"]] for row in rows[:2]] == [[3], [4]]
    assert all(set(row) == FIELDS for row in rows)
    assert all(set(fact) == FACT_FIELDS for row in rows for fact in row["facts"])
    assert [row["facts"] for row in rows[2:]] == [[], []]
    assert [row["cause"] for row in rows[2:]] == ["unknown_name", "too_vague"]


def test_json_that_explains_is_refused_and_not_left_out(runner: CliRunner) -> None:
    result = runner.invoke(app, ["ask", "--json", "--why", "Qui est Anna Petit ?"])
    assert (result.exit_code, result.stdout, "--why" in result.stderr) == (2, "", True)


def test_the_answers_of_a_list_are_told_apart_by_their_questions(runner: CliRunner) -> None:
    questions = "Qui est Anna Petit ?\nWho keeps the lighthouse?\n"
    lines = runner.invoke(app, ["ask", "-"], input=questions).stdout.splitlines()
    assert [number for number, line in enumerate(lines) if line.startswith("> ")] == [0, lines.index("") + 1]
    assert lines[0] == "> Qui est Anna Petit ?"
    assert "> " not in runner.invoke(app, ["ask", "Qui est Anna Petit ?"]).stdout


def test_the_fact_base_is_found_from_inside_its_folder(
    runner: CliRunner, small_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_story / "knowledge")
    result = runner.invoke(app, ["ask", "--knowledge", ".", "Who says that the bridge is dangerous?"])
    assert (result.exit_code, result.stdout[:10]) == (0, "Anna Petit"), result.output


@pytest.mark.parametrize("command", ["ask", "check", "run", "playground", "desk"])
@pytest.mark.parametrize(("place", "named"), [("empty", ""), ("knowledge", "."), ("knowledge/bridge", "..")])
def test_without_stories_a_command_says_what_to_do_next(
    runner: CliRunner, small_story: Path, monkeypatch: pytest.MonkeyPatch, command: str, place: str, named: str
) -> None:
    folder = small_story / place
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("ONRECORD_KNOWLEDGE", raising=False)
    result = runner.invoke(app, [command])
    assert (result.exit_code, "onrecord init" in result.stderr) == (2, True)
    assert result.stderr.count("You are inside") == bool(named)
    assert f"`--knowledge {named}`" in result.stderr or not named


def test_a_near_miss_is_no_answer_and_tells_the_nearest_fact(runner: CliRunner) -> None:
    (row,) = map(
        json.loads,
        runner.invoke(app, ["ask", "--json", "Was the town hall convicted of negligence?"]).stdout.splitlines(),
    )
    assert set(row) == FIELDS
    assert (row["outcome"], row["facts"], row["score"]) == ("suggest", [], None)
    assert row["suggestions"][0]["id"] == "negligence-denied"
    assert row["answer"].startswith("The story does not say that. It does say:\n\nFaced with the complaint")


@pytest.mark.parametrize(
    ("options", "outcomes"), [([], ["answer", "abstain", "abstain"]), (["--conversation"], ["answer"] * 3)]
)
def test_the_lines_are_one_conversation_where_that_is_asked_for(
    runner: CliRunner, options: list[str], outcomes: list[str]
) -> None:
    lines = "Qui a construit le pont ?\net quand ?\nqui ?\n"
    result = runner.invoke(app, ["ask", "--json", *options, "-"], input=lines)
    assert [json.loads(line)["outcome"] for line in result.stdout.splitlines()] == outcomes


def test_why_tells_how_a_question_was_understood(runner: CliRunner) -> None:
    result = runner.invoke(app, ["ask", "--why", "--conversation", "-"], input="Who built the bridge?\nand when?\n")
    assert "and when? (understood as: when built the bridge): answer" in result.stdout


def test_the_locale_overrides_the_language_of_the_question(runner: CliRunner) -> None:
    result = runner.invoke(app, ["ask", "--locale", "fr", "Who is Anna Petit?"])
    assert "ingénieure en chef" in result.stdout


@pytest.mark.parametrize(
    ("locale", "said"), [("fr-FR", "Le pont a été construit par"), ("en-GB", "The bridge was built by")]
)
def test_a_regional_locale_is_its_language(runner: CliRunner, locale: str, said: str) -> None:
    assert said in runner.invoke(app, ["ask", "--locale", locale, "jeanne roy"]).stdout


def test_an_unknown_locale_is_a_sentence(runner: CliRunner) -> None:
    result = runner.invoke(app, ["ask", "--locale", "ja", "jeanne roy"])
    assert (result.exit_code, result.stderr.strip()) == (2, "--locale: 'ja' is not one of en, de, es, fr.")


def test_a_question_on_the_command_line_is_answered_in_words_and_leaves_no_file(
    runner: CliRunner, tmp_path: Path
) -> None:
    result = runner.invoke(app, ["ask", "Is the bridge dangerous?"])
    assert "Claim: Anna Petit" in result.stdout
    assert "Denial: The mayor" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_why_shows_the_nearest_facts_and_what_stands_against_them(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    result = runner.invoke(app, ["ask", "--why", "Who replaced Anna Petit at the county?"])
    assert "Who replaced Anna Petit at the county?: suggest" in result.stdout
    row = next(line for line in result.stdout.splitlines() if "petit-role" in line)
    assert "replaced" in row
    assert "word" in row
    assert list(tmp_path.iterdir()) == []


def test_why_names_the_rule_that_decided_and_what_moved_the_vote(runner: CliRunner) -> None:
    result = runner.invoke(app, ["ask", "--why", "Who replaced Anna Petit at the county?"])
    assert "suggest by the rule 'near' (an answer needs 0." in result.stdout
    assert "No fact answers your question. This one is the nearest to it." in result.stdout
    _, moved = result.stdout.split("What moved the vote on petit-role most:\n")
    lines = moved.splitlines()
    meanings = {signal.meaning for signal in SIGNALS.values()}
    assert 1 < len(lines) < 6
    assert all(re.fullmatch(r"  [+-]\d+\.\d .+", line) for line in lines)
    assert {line.split(maxsplit=1)[1] for line in lines} <= meanings


def test_why_tells_what_moved_the_vote_on_a_question_that_depends_on_the_last(runner: CliRunner) -> None:
    lines = "What does Anna Petit say about the bridge?\nwho denies that?\n"
    result = runner.invoke(app, ["ask", "--why", "--conversation", "-"], input=lines)
    _, second = result.stdout.split("who denies that?", 1)
    assert "answer by the rule 'context'" in second
    moved = second.split(" most:\n")[1].splitlines()
    assert {line.split(maxsplit=1)[1] for line in moved} <= {signal.meaning for signal in CONTEXT_SIGNALS.values()}


def test_an_utterance_of_a_fact_is_answered_by_the_rule_of_that_name(runner: CliRunner) -> None:
    assert "answer by the rule 'curated'" in runner.invoke(app, ["ask", "--why", "Who is Anna Petit?"]).stdout


def test_a_conversation_is_journalled(runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.asking.at_terminal", lambda: True)
    result = runner.invoke(app, ["ask"], input="Qui est Anna Petit ?\n")
    assert "ingénieure en chef" in result.stdout
    with sqlite3.connect(tmp_path / "onrecord.db") as connection:
        assert connection.execute("SELECT question, surface FROM exchanges").fetchall() == [
            ("Qui est Anna Petit ?", "terminal")
        ]
    connection.close()


def test_run_without_a_token_and_without_the_playground_says_how_to_get_both(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.serving.find_spec", lambda _name: None)
    result = runner.invoke(app, ["run"])
    assert result.exit_code == 2
    assert "https://discord.com/developers/applications" in result.stderr
    assert "pip install 'onrecord[playground]'" in result.stderr


def test_the_playground_on_a_port_in_use_offers_another(runner: CliRunner) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = runner.invoke(app, ["playground", "--port", str(port), "--no-browser"])
    assert result.exit_code == 2
    assert f"Port {port} is in use; try --port " in result.stderr


def test_a_wrong_setting_is_a_sentence(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_OWNERS", "me")
    result = runner.invoke(app, ["run"])
    assert (result.exit_code, result.stderr.strip()) == (
        2,
        "ONRECORD_OWNERS: 'me' is not usable: ids are numbers separated by commas.",
    )


def test_a_database_that_cannot_be_opened_is_a_sentence(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.asking.at_terminal", lambda: True)
    monkeypatch.setenv("ONRECORD_DATABASE_URL", "sqlite+aiosqlite:////nowhere/at/all.db")
    result = runner.invoke(app, ["ask"], input="Qui est Anna Petit ?\n")
    assert result.exit_code == 2
    assert result.stderr.startswith("the database /nowhere/at/all.db cannot be opened")


def test_check_is_clean_or_tells_each_problem(runner: CliRunner, small_story: Path) -> None:
    arguments = ["check", "--knowledge", str(small_story / "knowledge"), "--articles", str(small_story / "articles")]
    result = runner.invoke(app, arguments)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "0 errors, 0 warnings"
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    result = runner.invoke(app, arguments)
    assert result.exit_code == 1
    assert "facts.yml:15:5: error[reference.unknown]" in result.stdout


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ("questions: []\n", ", no questions"),
        ("questions: [{ask: Who is the president?, expect: abstain}]\n", ", 1 questions (none of them expects a fact)"),
        ("questions: [{ask: Since when is it closed?, expect: bridge-closed}]\n", " of those in scope answered)"),
    ],
)
def test_check_counts_no_story_as_answered_that_has_no_questions(
    runner: CliRunner, small_story: Path, questions: str, told: str
) -> None:
    (small_story / "knowledge" / "bridge" / "questions.yml").write_text(questions, "utf-8")
    result = runner.invoke(app, ["check", "--knowledge", str(small_story / "knowledge")])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-2].endswith(told)


def test_check_needs_the_folder_it_is_given(runner: CliRunner) -> None:
    result = runner.invoke(app, ["check", "--articles", "nowhere"])
    assert (result.exit_code, result.stderr.strip()) == (2, "ONRECORD_ARTICLES: there is no folder nowhere.")


def test_ask_with_a_broken_story_tells_its_problems(
    runner: CliRunner, small_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    monkeypatch.setenv("ONRECORD_KNOWLEDGE", str(small_story / "knowledge"))
    result = runner.invoke(app, ["ask", "Qui a fermé le pont ?"])
    assert result.exit_code == 2
    assert "error[reference.unknown]" in result.stderr


@pytest.mark.parametrize("name", ["story", "source"])
def test_schema_prints_json(runner: CliRunner, name: str) -> None:
    assert json.loads(runner.invoke(app, ["schema", name]).stdout)["type"] == "object"


def test_version_and_help(runner: CliRunner) -> None:
    assert runner.invoke(app, ["--version"]).stdout == f"onrecord {version('onrecord')}\n"
    for command in ([], ["run"], ["playground"], ["ask"], ["check"], ["schema"]):
        assert "--help" in runner.invoke(app, [*command, "--help"]).stdout


@pytest.mark.parametrize("command", [["ask", "Qui est Anna Petit ?"], ["check"]])
def test_an_encoder_that_is_not_there_is_a_sentence(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("ONRECORD_ENCODER", "no folder")
    result = runner.invoke(app, command)
    assert result.exit_code == 2
    assert result.stderr.startswith("ONRECORD_ENCODER: ")


def test_why_says_that_the_vote_was_not_fitted_for_the_encoder(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("onnx", "onnxruntime", "tokenizers", "huggingface_hub"):
        pytest.importorskip(package)
    asked = ["ask", "--why", "Qui est Anna Petit ?"]
    assert "no vote was fitted" not in runner.invoke(app, asked).stdout
    monkeypatch.setenv("ONRECORD_ENCODER", str(write_tiny_model(tmp_path / "tiny")))
    assert " ".join(UNFITTED.split()) in " ".join(runner.invoke(app, asked).stdout.split())
