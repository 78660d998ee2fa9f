"""The commands as they are typed: what they load, what they all take, and what a terminal shows meanwhile."""

import json
import subprocess
import sys
from io import StringIO
from typing import Any, cast

import pytest
from rich.console import Console
from typer.main import get_command

from bot.cli import app, waiting
from bot.cli.waiting import LOADING, loading

COMMANDS = cast("Any", get_command(app)).commands
WITHOUT_STORIES = {"backup", "init", "schema"}
HEAVY = {
    "alembic",
    "babel",
    "discord",
    "matplotlib",
    "numpy",
    "rapidfuzz",
    "sqlalchemy",
    "yaml",
}  # pydantic is loaded by typer
ASKED = """
import json, sys
from bot.cli import app
for arguments in (["--version"], ["--help"], ["ask", "--help"], ["chekc"]):
    try:
        app(arguments)
    except SystemExit:
        pass
print(json.dumps(list({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.slow
def test_the_version_help_and_a_mistake_load_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)  # noqa: S603
    assert HEAVY.intersection(json.loads(done.stdout.splitlines()[-1])) == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_that_reads_stories_takes_their_folder(name: str) -> None:
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert ("--knowledge" in options) == (name not in WITHOUT_STORIES)


@pytest.mark.parametrize(("is_terminal", "shown"), [(True, LOADING), (False, "")])
def test_a_spinner_turns_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch, is_terminal: bool, shown: str) -> None:
    written = StringIO()
    monkeypatch.setattr(written, "isatty", lambda: is_terminal)
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(waiting, "error_console", Console(file=written, force_terminal=True))
    with loading():
        pass
    assert shown in written.getvalue()
    assert bool(shown) == bool(written.getvalue())
