"""The tutorial is true: its commands, run in an empty folder, print what it shows."""

import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "tutorial.md"
FOLDER = ROOT / "docs" / "tutorial"
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"^# (knowledge/\S+)$", re.MULTILINE)
GAP = re.compile(r"\b[0-9a-f]{12}\b")
PROMPT, TYPED, LEFT_OUT = "$ ", "> ", "…"

Step = tuple[str, list[str]]  # a command with the lines below it, or a file with none


def steps(page: str) -> Iterator[Step]:
    """Yield the files to save (their YAML) and the commands of a page, in order."""
    for number, part in enumerate(FENCE.split(page)):
        if number % 2:
            yield part, []
            continue
        command: Step | None = None
        for line in part.splitlines():
            if line.startswith(f"    {PROMPT}"):
                if command:
                    yield command
                command = line.removeprefix(f"    {PROMPT}"), []
            elif line.startswith("    ") and command:
                command[1].append(line.removeprefix("    "))
        if command:
            yield command


def run(command: str, typed: str, folder: Path) -> list[str]:
    """Run a command with a terminal as its input; return the lines that it prints."""
    _, *arguments = shlex.split(command)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("ONRECORD_", "DISCORD_"))}
    environment |= {"PYTHONPATH": str(ROOT), "COLUMNS": "120", "LC_ALL": "C.UTF-8"}
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{typed}\x04".encode())
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bot", *arguments],
            stdin=theirs,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.removeprefix(TYPED).strip() for line in done.stdout.splitlines()]


def lost(shown: list[str], printed: list[str]) -> str | None:
    """Return the first line of a page that the output does not have where it should; None if it has them all."""
    left, may_skip = [line for line in printed if line], False
    for line in filter(None, (GAP.sub("GAP", line).strip() for line in shown)):
        if line == LEFT_OUT:
            may_skip = True
            continue
        wanted = line.removesuffix(LEFT_OUT)
        fits = [at for at, one in enumerate(left) if (one.startswith(wanted) if wanted != line else one == line)]
        if not fits or (fits[0] > 0 and not may_skip):
            return line
        left, may_skip = left[fits[0] + 1 :], False
    return None if may_skip or not left else left[0]


@pytest.mark.slow
def test_the_tutorial_shows_what_its_commands_print(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "recall.md", tmp_path)
    gap = ""
    for step, shown in steps(PAGE.read_text("utf-8")):
        if "\n" not in step:
            typed = "".join(f"{line.removeprefix(TYPED)}\n" for line in shown if line.startswith(TYPED))
            printed = run(GAP.sub(gap, step), typed, tmp_path)
            gap = next((found[0] for line in printed if (found := GAP.match(line))), gap)
            told = [line for line in shown if not line.startswith(TYPED)]
            assert lost(told, [GAP.sub("GAP", line) for line in printed]) is None, (step, printed)
        elif place := PLACE.search(step):
            (tmp_path / place[1]).write_text(step, "utf-8")
        else:
            assert step.removeprefix("facts:\n") in (tmp_path / "knowledge" / "cheese" / "drafts.yml").read_text(
                "utf-8"
            )


@pytest.mark.parametrize(
    ("shown", "printed", "line"),
    [
        (["a", "b"], ["a", "", "b"], None),
        (["a", "…"], ["a", "b"], None),
        (["a b …"], ["a b c"], None),
        (["a"], ["a", "b"], "b"),
        (["b"], ["a", "b"], "b"),
        (["…", "c"], ["a", "b"], "c"),
    ],
)
def test_a_line_that_is_not_printed_is_noticed(shown: list[str], printed: list[str], line: str | None) -> None:
    assert lost(shown, printed) == line


def test_the_finished_story_of_the_tutorial_has_only_questions_that_are_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(FOLDER)
    result = CliRunner().invoke(app, ["check", "--knowledge", "knowledge", "--articles", "."])
    assert set(re.findall(r"(?:error|warning|note)\[([a-z._]+)\]", result.stdout)) <= {"question.missed"}
    assert "cheese: 21 facts, 8 entities, 6 events, 18 questions" in result.stdout
