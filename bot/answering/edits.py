"""Edits of a story's files: what an editor wants to add, and how the files would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from bot import OnRecordError
from bot.answering.editions import Edition

EditRefusal = Literal[
    "changed",  # a file was changed by somebody else
    "unwritable",
    "unreadable",
    "not_yaml",
    "by_hand",  # the file is written in a way that a program cannot add to
    "broken",  # the files have errors already
    "impossible",  # the story would have errors
    "no_story",
    "no_fact",
]


class EditError(OnRecordError):
    """An edit that was refused; nothing was written. The catalogues have a sentence for each reason."""

    def __init__(self, reason: EditRefusal, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values


@dataclass(frozen=True)
class NewUtterances:
    """Utterances to add to a fact's `asked`, in one language."""

    fact: str
    language: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class NewQuestion:
    """A question to add to the story's own; `expect` is a fact's id or `abstain`."""

    ask: str
    expect: str


@dataclass(frozen=True)
class NewFact:
    """A fact to add, as the mapping that is written."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class StoryEdit:
    """What to add to a story; several additions are made together or not at all."""

    story: str
    additions: tuple[NewUtterances | NewQuestion | NewFact, ...]


@dataclass(frozen=True)
class FileEdit:
    """A file's content before an edit (None if there is no file yet) and after it."""

    path: str
    before: bytes | None
    after: bytes

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self.path.replace("\\", "/").rpartition("/")[2]

    @property
    def added(self) -> tuple[tuple[int, str], ...]:
        """The lines that are new or changed, with their numbers from 1."""
        old, new = ((content or b"").decode("utf-8-sig").splitlines() for content in (self.before, self.after))
        matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        rows = [row for what, _, _, start, end in matched if what != "equal" for row in range(start, end)]
        return tuple((row + 1, new[row]) for row in rows)


@dataclass(frozen=True)
class Proposal:
    """An edit that was tried on a copy: the files, what the checker says only since, and the story before and after."""

    story: str
    files: tuple[FileEdit, ...]
    problems: tuple[str, ...]  # `path:line:column: level[rule] message`
    before: Edition
    after: Edition | None  # None if the story would have errors
