"""Each command that a page shows is run, here or in the test of the tutorial, or a table says why it is not."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.conftest import ROOT
from tests.docs.names import PAGES, is_missing
from tests.docs.shown import Shown, arguments_of, input_of, is_understood, mentioned, shown, without_prompt
from tests.docs.test_tutorial import PAGE as TUTORIAL
from tests.docs.test_tutorial import lost

SHOWN = [(page, each) for page in PAGES if page != TUTORIAL for each in shown(page)]
NOT_RUN = {  # the commands that no test types as they stand, by how they begin
    "make run": "it installs, then serves until it is stopped: tests/test_package.py, tests/playground",
    "onrecord playground": "it serves until it is stopped: tests/playground",
    "onrecord feed": "it writes into a folder of a web server: tests/test_cli_publishing.py",
    "onrecord check --articles": "the articles' texts are not in the repository: tests/docs/test_tutorial.py",
    "cp .env.example .env": "it is about a folder of the reader's: tests/test_settings.py",
}
RUN: dict[str, list[tuple[str, ...]]] = {}  # with what the pages show below each
for _, each in SHOWN:
    if not each.command.startswith(tuple(NOT_RUN)):
        RUN.setdefault(each.command.replace(".venv/bin/", ""), []).append(each.below)


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.slow
@pytest.mark.parametrize("command", RUN)
def test_a_command_prints_what_the_page_shows(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(app, arguments_of(command), input=input_of(command) or None, env={"COLUMNS": "120"})
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    printed = [line.strip() for line in result.stdout.splitlines()]
    assert [lost(list(below), printed) for below in RUN[command] if below and lost(list(below), printed)] == []


@pytest.mark.parametrize("one", [one for _, one in SHOWN], ids=lambda one: one.command)
def test_a_command_on_a_line_of_its_own_is_one_that_is_understood(one: Shown) -> None:
    program, *words = shlex.split(one.command)
    if arguments_of(one.command):
        assert is_understood(one.command, whole=True)
    elif program == "make":
        assert not is_missing(one.command, ROOT / "README.md")
    else:
        assert program == "cp"
        assert (ROOT / words[0]).exists()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_command_inside_a_text_exists_with_its_options(page: Path) -> None:
    assert [command for command in mentioned(page) if not is_understood(command, whole=False)] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_command_hides_from_these_tests(page: Path) -> None:
    assert without_prompt(page) == []


def test_what_is_not_run_is_tested_elsewhere() -> None:
    named_tests = {path for reason in NOT_RUN.values() for path in re.findall(r"tests/[\w/.]+\w", reason)}
    assert all("tests/" in reason for reason in NOT_RUN.values())
    assert [path for path in named_tests if not (ROOT / path).exists()] == []


def test_the_table_has_no_command_that_no_page_shows() -> None:
    commands = {each.command for _, each in SHOWN}
    assert [start for start in NOT_RUN if not any(command.startswith(start) for command in commands)] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_an_extra_that_a_page_installs_exists(page: Path) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(re.findall(r"onrecord\[(\w+)\]", page.read_text("utf-8"))) <= declared.keys()


@pytest.mark.parametrize(
    ("command", "whole"),
    [
        ("onrecord nowhere", False),
        ("onrecord ask --nowhere", False),
        ("onrecord attach GAP", True),
        ("onrecord playground --port many", True),
        ("onrecord --nowhere", False),
    ],
)
def test_a_command_that_does_not_exist_is_noticed(command: str, *, whole: bool) -> None:
    assert not is_understood(command, whole=whole)
