"""The library on disk: one story at a time, replaced whole or not at all."""

import asyncio
from pathlib import Path

from bot.answering.ports import Edition, Encoder, ReloadReport
from bot.library.problems import Problem, about_file
from bot.library.read import Reading, read_story
from bot.matching.decide import Decider


class LibraryError(Exception):
    """A story that cannot be loaded; its text is the problems, a line each."""


class FileLibrary:
    """Holds the edition that questions are answered from."""

    def __init__(
        self, knowledge: Path, seeds: Path, articles: Path | None, encoder: Encoder | None, edition: Edition
    ) -> None:
        self._paths = knowledge, seeds, articles
        self._encoder = encoder
        self._current = edition
        self._reloading = asyncio.Lock()

    @classmethod
    async def open(
        cls, knowledge: Path, seeds: Path, articles: Path | None = None, encoder: Encoder | None = None
    ) -> "FileLibrary":
        """Load the story; raise LibraryError with every problem where it has errors."""
        reading = await asyncio.to_thread(read_knowledge, knowledge, seeds, articles, encoder)
        if reading.edition is None:
            raise LibraryError("\n".join(map(str, reading.problems)))
        return cls(knowledge, seeds, articles, encoder, reading.edition)

    @property
    def current(self) -> Edition:
        """The story to answer from."""
        return self._current

    async def reload(self) -> ReloadReport:
        """Read, check, build and test in a thread, then make one assignment; any error keeps the old story.

        A story that answers a smaller share of its own questions than the one before is refused too.
        """
        async with self._reloading:
            reading = await asyncio.to_thread(read_knowledge, *self._paths, self._encoder, self._current.decider)
            edition, errors = reading.edition, [item for item in reading.problems if item.level == "error"]
            if edition and edition.answered < self._current.answered:
                errors, edition = [self._worse(edition)], None
            if edition is None:
                return ReloadReport(False, tuple(map(str, errors)), self._current)
            self._current = edition
            warnings = (str(item) for item in reading.problems if item.level == "warning")
            return ReloadReport(True, tuple(warnings), edition)

    def _worse(self, edition: Edition) -> Problem:
        return about_file(
            self._paths[0],
            "questions.fewer",
            f"{edition.answered:.0%} of the story's questions are answered, and it was {self._current.answered:.0%}",
        )


def read_knowledge(
    knowledge: Path,
    seeds: Path,
    articles: Path | None = None,
    encoder: Encoder | None = None,
    before: Decider | None = None,
) -> Reading:
    """Read the one story folder of the knowledge folder (`read_story`)."""
    folders = sorted(path for path in knowledge.iterdir() if _is_story(path)) if knowledge.is_dir() else []
    if len(folders) == 1:
        return read_story(folders[0], seeds, articles, encoder, before)
    advice = "it needs one folder, with the files of a story" if knowledge.is_dir() else "there is no such folder"
    return Reading((about_file(knowledge, "knowledge.folder", f"{advice}; see ONRECORD_KNOWLEDGE"),), None, "")


def _is_story(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")
