"""Read a file in CLINC150's format, draw a few utterances per label, and mistype its questions.

The format is that of Larson et al., An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction, 2019
(https://aclanthology.org/D19-1131): a JSON object of parts, each a list of [text, label].
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from string import ascii_lowercase

Pair = tuple[str, str]
LabelledQuestion = tuple[str, str | None]  # None if no label is right

LETTERS_PER_TYPO = 8
MISTAKES = ("insert", "delete", "replace", "swap")  # most misspellings are one of these: Damerau, 1964


class DataError(Exception):
    """A file that cannot be used; the message is a sentence for the user."""


@dataclass(frozen=True)
class Dataset:
    """Utterances to index, and questions to ask."""

    train: Sequence[Pair]
    questions: Sequence[LabelledQuestion]


def read(path: Path) -> Dataset:
    """Read a file; the questions are its test parts, or its validation parts if it has no test parts."""
    try:
        parts = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:  # not UTF-8, or not JSON
        raise DataError(f"{path} is not JSON: {error}.") from error
    if not isinstance(parts, dict):
        raise DataError(f'{path} is not in CLINC150\'s format: it must be an object of parts, such as {{"train": []}}.')
    train = _part(path, parts, "train")
    inside = _part(path, parts, "test") or _part(path, parts, "val")
    outside = _part(path, parts, "oos_test") or _part(path, parts, "oos_val")
    if not train or not inside:
        raise DataError(f'{path} needs utterances in "train", and in "test" or "val".')
    return Dataset(train, [*inside, *((text, None) for text, _ in outside)])


def _part(path: Path, parts: dict[str, object], name: str) -> list[Pair]:
    pairs: list[Pair] = []
    rows = parts.get(name, [])
    for number, row in enumerate(rows if isinstance(rows, list) else [rows]):
        match row:
            case [str(text), str(label)]:
                pairs.append((text, label))
            case _:
                raise DataError(f'{path} is not in CLINC150\'s format: "{name}"[{number}] must be a [text, label].')
    return pairs


def drawn(dataset: Dataset, number: int) -> Dataset:
    """Draw this number of the questions, the same ones every time."""
    questions = Random(0).sample(dataset.questions, min(number, len(dataset.questions)))
    if not any(label for _, label in questions):
        raise DataError(f"None of the {number} questions drawn has a label; draw more.")
    return Dataset(dataset.train, questions)


def few(pairs: Sequence[Pair], shots: int, seed: int) -> list[Pair]:
    """Draw this number of utterances per label, or all if there are fewer."""
    chance = Random(seed)
    texts: dict[str, list[str]] = {}
    for text, label in pairs:
        texts.setdefault(label, []).append(text)
    return [(text, label) for label, own in texts.items() for text in chance.sample(own, min(shots, len(own)))]


def mistype(text: str, chance: Random) -> str:
    """Make one mistake per 8 letters, but at least one, anywhere in the text."""
    letters = list(text)
    count = min(len(letters), max(1, round(len(letters) / LETTERS_PER_TYPO)))
    for at in sorted(chance.sample(range(len(letters)), count), reverse=True):
        other = chance.choice(ascii_lowercase.replace(letters[at], ""))
        match chance.choice(MISTAKES):
            case "insert":
                letters.insert(at, other)
            case "delete" if len(letters) > 1:
                del letters[at]
            case "swap" if letters[at] not in letters[at + 1 : at + 2] and at + 1 < len(letters):
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            case _:
                letters[at] = other
    return "".join(letters)
