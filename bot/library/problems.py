"""A finding with the file, line and column it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.checking.findings import Level
from bot.library.yamlfile import START, Position


@dataclass(frozen=True)
class Problem:
    """One finding of the checker, printed as `path:line:column: level[rule] message`."""

    path: Path
    position: Position
    level: Level
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.position.line}:{self.position.column}: {self.level}[{self.rule}] {self.message}"


def about_file(path: Path, rule: str, message: str) -> Problem:
    """Return an error about a whole file or folder."""
    return Problem(path, START, "error", rule, message)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether anything forbids loading the story."""
    return any(problem.level == "error" for problem in problems)
