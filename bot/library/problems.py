"""A finding with its file, line and column."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.checking.findings import Level, Rule
from bot.library.yamlfile import START, Position


@dataclass(frozen=True)
class Problem:
    """One finding of the checker, printed as `path:line:column: level[rule] message`."""

    path: Path
    position: Position
    rule: Rule
    message: str

    @property
    def level(self) -> Level:
        """How serious it is: the level of its rule."""
        return self.rule.level

    def __str__(self) -> str:
        place = f"{printable(str(self.path))}:{self.position.line}:{self.position.column}"
        return f"{place}: {self.level}[{self.rule.id}] {self.message}"


def printable(name: str) -> str:
    """Return a name with what cannot be printed on one line as escapes: a name on disk may be any bytes."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)


def about_file(path: Path, rule: Rule, **values: object) -> Problem:
    """Return a problem with a whole file or folder."""
    return Problem(path, START, rule, rule.message(**values))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any problem prevents the story from being loaded."""
    return any(problem.level == "error" for problem in problems)
