"""The commands that pages show: on a line of its own after `$`, or inside a line of text."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import typer

from bot.cli import app
from tests.docs.names import spans
from tests.docs.printed import PART

PROMPT, TYPED = "$ ", "> "
BLOCK = re.compile(r"^```\w*\n([\s\S]*?)^```$|((?:^ {4,}\S.*\n|^\n(?= {4}))+)", re.MULTILINE)
PROGRAMS = ("onrecord", ".venv/", "make", "python", "pip", "docker", "git", "cp", "printf", "sudo")
PLACEHOLDER = re.compile(r"[\[\]]")
GROUP: Any = typer.main.get_command(app)


class Shown(NamedTuple):
    """A command, what the page shows below it, and the lines that are typed into it."""

    command: str
    below: tuple[str, ...]


def shown(page: Path) -> Iterator[Shown]:
    """Yield the commands that a page shows on lines of their own, in order."""
    text = PART.sub("", page.read_text("utf-8"))
    for found in BLOCK.finditer(text):
        lines = [line.strip() for line in (found[1] or found[2]).splitlines() if line.strip()]
        starts = [at for at, line in enumerate(lines) if line.startswith(PROMPT)]
        for at, end in zip(starts, [*starts, len(lines)][1:], strict=True):
            yield Shown(lines[at].removeprefix(PROMPT), tuple(lines[at + 1 : end]))


def without_prompt(page: Path) -> list[str]:
    """Return the lines of a page's blocks that look like commands but have no `$`, so that no test sees them."""
    text = PART.sub("", page.read_text("utf-8"))
    lines = [line.strip() for found in BLOCK.finditer(text) for line in (found[1] or found[2]).splitlines()]
    return [line for line in lines if line.split(" ")[0].startswith(PROGRAMS) and " " in line]


def mentioned(page: Path) -> Iterator[str]:
    """Yield the commands of ours that a page names inside its text, without brackets around what may be left out."""
    for span in spans(page.read_text("utf-8")):
        if re.match(r"(?:\.venv/bin/)?onrecord [a-z-]", span):
            yield PLACEHOLDER.sub("", span)


def arguments_of(command: str) -> list[str]:
    """Return what follows `onrecord` in a command, behind a pipe too; nothing for another program."""
    words = shlex.split(command.rpartition(" | ")[2])
    return words[1:] if Path(words[0]).name == "onrecord" else []


def input_of(command: str) -> str:
    """Return what `printf '%s\\n'` writes into a command's pipe."""
    before = command.rpartition(" | ")[0]
    return "".join(f"{word}\n" for word in shlex.split(before)[2:]) if before else ""


def is_understood(command: str, *, whole: bool) -> bool:
    """Return whether the command line takes a command: its name and options, and if it is whole, its values too."""
    name, *arguments = arguments_of(command)
    if name == "--help":
        return not arguments
    found = GROUP.commands.get(name)
    if found is None:
        return False
    context = found.context_class(found, info_name=name)
    try:
        if whole:
            found.parse_args(context, arguments)
        else:
            found.make_parser(context).parse_args(arguments)
    except Exception as error:  # noqa: BLE001
        return "--help" in arguments and type(error).__name__ == "Exit"
    return True
