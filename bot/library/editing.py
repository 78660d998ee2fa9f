"""Try edits of a story on a copy of its files, and write them: all files or none."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering.edits import EditError, FileEdit, Proposal, StoryEdit
from bot.answering.ports import Editing, Encoder, Library
from bot.library.additions import with_addition
from bot.library.problems import Problem
from bot.library.read import StoryResult, read_story
from bot.library.writing import write_all
from bot.library.yamlfile import YamlError, parse

MAX_READINGS = 4  # of stories that are kept, so that several edits of one version read it once


class FileEditing(Editing):
    """Edits of the files in the knowledge folder."""

    def __init__(
        self, library: Library, knowledge: Path, seeds: Path, articles: Path | None, encoder: Encoder | None
    ) -> None:
        self._library = library
        self._knowledge = knowledge
        self._seeds = seeds
        self._articles = articles
        self._encoder = encoder
        self._readings: dict[str, StoryResult] = {}
        self._writing = asyncio.Lock()

    async def propose(self, edit: StoryEdit) -> Proposal:
        return await asyncio.to_thread(self._propose, edit)

    async def apply(self, proposal: Proposal) -> None:
        async with self._writing:
            await asyncio.to_thread(write_all, proposal.files)

    def _propose(self, edit: StoryEdit) -> Proposal:
        folder = story_folder(self._knowledge, edit.story)
        try:
            contents = {path: path.read_bytes() for path in sorted(folder.glob("*.yml"))}
        except OSError as error:
            raise EditError("unreadable", file=error.filename, detail=error.strerror) from error
        before = self._read(folder, contents)
        if before.edition is None:
            raise EditError("broken", story=edit.story)
        changed = dict(contents)
        for addition in edit.additions:
            changed |= with_addition(folder, changed, addition)
        files = [FileEdit(str(path), contents.get(path), new) for path, new in changed.items()]
        after = self._read(folder, changed)
        problems = tuple(str(problem) for problem in _new_problems(before, after))
        changes = tuple(file for file in files if file.before != file.after)
        return Proposal(edit.story, changes, problems, before.edition, after.edition)

    def _read(self, folder: Path, contents: Mapping[Path, bytes]) -> StoryResult:
        """Read a story from these contents, in a temporary folder; problems name the real one."""
        key = self._key(contents)
        if key not in self._readings:
            deciders = {edition.story.id: edition.decider for edition in self._library.current.editions}
            with TemporaryDirectory() as root:
                copy = Path(root) / folder.name
                copy.mkdir()
                for path, content in contents.items():
                    (copy / path.name).write_bytes(content)
                found = read_story(copy, self._seeds, self._articles, self._encoder, deciders)
                problems = tuple(_in_folder(problem, copy, folder) for problem in found.problems)
            self._readings[key] = replace(found, problems=problems)
            for old in list(self._readings)[:-MAX_READINGS]:
                del self._readings[old]
        return self._readings[key]

    def _key(self, contents: Mapping[Path, bytes]) -> str:
        """Return a checksum of the story's files and of the articles' records."""
        records = {path: path.read_bytes() for path in sorted(self._seeds.glob("*.yml"))}
        digest = sha256()
        for path, content in {**contents, **records}.items():
            digest.update(f"{path} {len(content)} ".encode() + content)
        return digest.hexdigest()


def _new_problems(before: StoryResult, after: StoryResult) -> list[Problem]:
    """Return the errors and warnings that there were not before; their lines may have moved."""
    known = {(problem.path, problem.rule.id, problem.message) for problem in before.problems}
    serious = (problem for problem in after.problems if problem.level != "note")
    return [problem for problem in serious if (problem.path, problem.rule.id, problem.message) not in known]


def story_folder(knowledge: Path, story: str) -> Path:
    """Return the folder of a story; raise EditError if there is none."""
    for path in sorted(knowledge.glob("*/*.yml")):
        with suppress(YamlError, UnicodeDecodeError, OSError):
            head = (parse(path.read_text("utf-8-sig")).data or {}).get("story")
            if isinstance(head, dict) and head.get("id") == story:
                return path.parent
    raise EditError("no_story", story=story, folder=knowledge)


def _in_folder(problem: Problem, copy: Path, folder: Path) -> Problem:
    """Return a problem in a copy of a folder as one in the folder."""
    if problem.path == copy:
        return replace(problem, path=folder)
    return replace(problem, path=folder / problem.path.name) if problem.path.parent == copy else problem
