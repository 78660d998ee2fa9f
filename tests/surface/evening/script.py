"""Read a scene from its file, find the first line that differs from what is seen, and rewrite the file."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STEP = re.compile(
    r"(?:\[(?P<name>[\w-]+)\] )?"
    r"(?P<who>\w+) (?P<verb>\w+)(?: (?P<what>[\w-]+))?(?:, to (?P<to>[\w-]+))?(?:: (?P<text>.*))?"
)
INDENT = "  "


@dataclass(frozen=True)
class Step:
    """What somebody does, its line number (from 1), and the lines below it: what is then seen."""

    line: int
    seen: tuple[str, ...]
    name: str
    who: str
    verb: str
    what: str
    to: str
    text: str


def read_steps(path: Path) -> list[Step]:
    """Read the steps of a scene; a line that starts with # is a comment."""
    lines = path.read_text("utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line and not line.startswith((" ", "#"))]
    steps = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = STEP.fullmatch(lines[start])
        assert match, f"{path}:{start + 1}: no step: {lines[start]}"
        parts = {part: words or "" for part, words in match.groupdict().items()}
        steps.append(Step(start + 1, _seen(lines[start + 1 : end]), **parts))
    return steps


def _seen(below: list[str]) -> tuple[str, ...]:
    """Return the indented lines below a step, with the empty lines among them."""
    indented = [number for number, line in enumerate(below) if line.startswith(INDENT)]
    return tuple(below[: indented[-1] + 1]) if indented else ()


def difference(path: Path, step: Step, seen: tuple[str, ...]) -> str:
    """Return the first line that differs, with its position, then everything expected and everything seen."""
    pairs = zip((*step.seen, "nothing more"), (*seen, "nothing more"), strict=False)
    at, (expected, got) = next((at, pair) for at, pair in enumerate(pairs) if pair[0] != pair[1])
    first = f"{path}:{step.line + 1 + at}: expected {expected.strip()!r}, got {got.strip()!r}"
    return "\n".join([first, *difflib.ndiff(step.seen, seen)])


def write_seen(path: Path, seen: Mapping[Step, tuple[str, ...]]) -> None:
    """Write what is seen below each step, and leave the rest of the file unchanged."""
    lines = path.read_text("utf-8").splitlines()
    for step in sorted(seen, key=lambda step: -step.line):  # from the end, so that the lines above stay where they are
        lines[step.line : step.line + len(step.seen)] = seen[step]
    path.write_text("\n".join([*lines, ""]), "utf-8")
