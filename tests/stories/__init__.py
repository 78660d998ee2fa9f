"""Stories to develop on, each with questions by people who had not seen its facts.

A folder holds `knowledge/` and `seeds/` (the project's own story has them elsewhere), and the questions: `in.jsonl`
(answered by the facts in `expect`), `near.jsonl` (near misses) and `reversed.jsonl` (who does what to whom turned
round), `out.txt` (about other things), `followups.jsonl` (a conversation a line).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from bot.library.read import read_story
from bot.story.model import Story

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
OWN = "musk-openai"  # the story that ships with the project
STORIES = tuple(sorted(path.name for path in FOLDER.iterdir() if (path / "in.jsonl").exists()))

Kind = Literal["in", "near", "out"]


@dataclass(frozen=True)
class Asked:
    """A question by a reader, and the facts that answer it: none for a near miss and for what is out of scope."""

    text: str
    kind: Kind
    register: str
    expect: frozenset[str]


@lru_cache
def load_story(name: str) -> Story:
    """Load one of the stories."""
    root = ROOT if name == OWN else FOLDER / name
    folder = root / "knowledge" / OWN if name == OWN else next(path for path in (root / "knowledge").iterdir())
    reading = read_story(folder, root / "seeds")
    assert reading.edition is not None, reading.problems
    return reading.edition.story


def questions(name: str) -> Iterator[Asked]:
    """Yield the questions on a story, each to be asked alone."""
    for row in _rows(name, "in.jsonl"):
        yield Asked(row["q"], "in", row.get("register", "plain"), frozenset(row["expect"]))
    for file in ("near.jsonl", "reversed.jsonl"):
        for row in _rows(name, file):
            yield Asked(row["q"], "near", file.removesuffix(".jsonl"), frozenset())
    out = FOLDER / name / "out.txt"
    for line in out.read_text("utf-8").splitlines() if out.exists() else []:
        yield Asked(line, "out", "out", frozenset())


def conversations(name: str) -> Iterator[list[Asked]]:
    """Yield the conversations on a story, turn by turn."""
    for turns in _rows(name, "followups.jsonl"):
        yield [
            Asked(turn["q"], "near" if turn.get("abstain") else "in", "turn", frozenset(turn.get("expect", ())))
            for turn in turns
        ]


def _rows(name: str, file: str) -> list[Any]:
    path = FOLDER / name / file
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line] if path.exists() else []
