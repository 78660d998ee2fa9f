"""The stories on disk, checked and loaded; a reload replaces all of them or none."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot import StartError
from bot.answering.editions import Edition, Prepared, ReloadReport, Shelf
from bot.answering.ports import Encoder
from bot.answering.versions import StoryFiles
from bot.checking import files
from bot.checking.findings import Level
from bot.library.background import in_background
from bot.library.checked import CheckedCache
from bot.library.disk import is_folder, why_unreadable
from bot.library.overlay import Overlay, replacements
from bot.library.problems import Problem, about_file, has_errors
from bot.library.read import edition_of, read_story, story_of
from bot.library.release import release
from bot.library.restore import checksums_on_disk, write_all
from bot.library.vectors import storing
from bot.matching.deciding.decide import Decider
from bot.story.model import Story

log = logging.getLogger(__name__)


class LibraryError(StartError):
    """Stories that cannot be loaded; the text lists the problems, one per line."""


@dataclass(frozen=True)
class KnowledgeResult:
    """The result of reading the knowledge folder: its problems, and the stories if no problem is an error."""

    problems: tuple[Problem, ...]
    shelf: Shelf | None


class FileLibrary:
    """The stories that questions are answered from, read from files."""

    def __init__(
        self,
        knowledge: Path,
        seeds: Path,
        articles: Path | None,
        encoder: Encoder | None,
        shelf: Shelf,
        cache: CheckedCache | None = None,
    ) -> None:
        self._paths = knowledge, seeds, articles
        self._encoder, self._cache = encoder, cache
        self._current = shelf
        self._reloading = asyncio.Lock()
        self._change = asyncio.Event()
        self._latest = ReloadReport(True, (), shelf)
        self.reloads: Counter[str] = Counter()  # "loaded" or "refused"

    @classmethod
    async def open(
        cls,
        knowledge: Path,
        seeds: Path,
        articles: Path | None = None,
        encoder: Encoder | None = None,
        cache: CheckedCache | None = None,
    ) -> "FileLibrary":
        """Load the stories; raise LibraryError with every problem if one has an error."""
        result = await in_background(partial(read_knowledge, knowledge, seeds, articles, encoder, cache=cache))
        if result.shelf is None:
            raise LibraryError("\n".join(map(str, result.problems)))
        library = cls(knowledge, seeds, articles, encoder, result.shelf, cache)
        library._latest = ReloadReport(True, _at_level(result.problems, "warning"), result.shelf)
        return library

    @property
    def current(self) -> Shelf:
        """The stories to answer from."""
        return self._current

    @property
    def encoder(self) -> Encoder | None:
        """The encoder of the stories' texts, if there is one."""
        return self._encoder

    @property
    def latest(self) -> ReloadReport:
        """The result of the last reload, or of the first load."""
        return self._latest

    async def reload(self) -> ReloadReport:
        """Read, check, build and test in a thread, then replace the stories in one assignment.

        The old stories are kept if there is an error, or if a story answers a smaller share of its questions.
        """
        async with self._reloading:
            return await self._publish(await self._prepare(()))

    async def prepare(self, restored: Sequence[StoryFiles] = ()) -> Prepared:
        """Read, check, build and test in a thread, as if kept files were already on disk; publish nothing.

        Stories that go back to kept files may answer a smaller share of their questions.
        """
        async with self._reloading:
            return await self._prepare(restored)

    async def publish(self, prepared: Prepared) -> ReloadReport:
        """Write the files that are restored, then replace the stories; raise OSError if a file cannot be written.

        The current stories are kept if there are errors, or if they are no longer those that were prepared for.
        """
        async with self._reloading:
            return await self._publish(prepared)

    async def _prepare(self, restored: Sequence[StoryFiles]) -> Prepared:
        served, (knowledge, seeds, articles) = self._current, self._paths
        deciders = {story: edition.decider for story, edition in served.by_id.items()}
        overlay = Overlay({k: v for files in restored for k, v in replacements(files, knowledge, seeds).items()})
        read = partial(read_knowledge, knowledge, seeds, articles, self._encoder, deciders, overlay, self._cache)
        result = await in_background(read)
        errors = [item for item in result.problems if item.level == "error"]
        if result.shelf:
            kept = {files.folder for files in restored}
            compared = {key: one for key, one in served.by_id.items() if one.files.folder not in kept}
            errors += fewer_answered(knowledge, result.shelf, compared)
        problems = _at_level(errors, "error") if errors else _at_level(result.problems, "warning")
        return Prepared(served, problems, None if errors else result.shelf, tuple(restored))

    async def _publish(self, prepared: Prepared) -> ReloadReport:
        shelf = prepared.shelf
        if shelf is None or prepared.served is not self._current:
            self._latest = ReloadReport(False, prepared.problems, self._current)
            self.reloads["refused"] += 1
            return self._latest
        if prepared.restored:
            await asyncio.to_thread(write_all, prepared.restored, *self._paths[:2])
        self._show(shelf)
        self.reloads["loaded"] += 1
        self._latest = ReloadReport(True, prepared.problems, shelf)
        return self._latest

    async def serve(self, files: StoryFiles) -> None:
        """Serve a story from kept files, as another process published it; the files on disk are left alone."""
        async with self._reloading:
            edition = await in_background(partial(edition_of, files, self._encoder, self._cache))
            if edition is None:
                log.warning("%s was published by another process, and its files cannot be read", files.folder)
                return
            editions = self._current.by_id | {edition.story.id: edition}
            self._show(Shelf(tuple(editions[story] for story in sorted(editions))))

    def _show(self, shelf: Shelf) -> None:
        kept = {id(edition) for edition in shelf.editions}  # comparing them would read all of both
        release([edition for edition in self._current.editions if id(edition) not in kept])
        self._current = shelf
        self._change.set()
        self._change = asyncio.Event()

    async def read(self, files: StoryFiles) -> Story | None:
        """Return the story in kept files, unchecked; None if they can no longer be read as one."""
        return await asyncio.to_thread(story_of, files)

    async def on_disk(self, folder: str) -> Mapping[str, str]:
        """Return the SHA-256 of the files of a story's folder, and of all articles' records, by name."""
        return await asyncio.to_thread(checksums_on_disk, folder, *self._paths[:2])

    async def changed(self, seen: Shelf) -> Shelf:
        """Wait until the current stories are no longer `seen`, and return them."""
        while self._current is seen:
            await self._change.wait()
        return self._current


def _at_level(problems: Iterable[Problem], level: Level) -> tuple[str, ...]:
    return tuple(str(problem) for problem in problems if problem.level == level)


def _without_stories(knowledge: Path) -> str:
    if not is_folder(knowledge):
        return "there is no such folder"
    if any(knowledge.glob("*.yml")):
        return "it is the folder of one story; name the folder around it"
    return "there is no folder of a story in it"


def read_knowledge(
    knowledge: Path,
    seeds: Path,
    articles: Path | None = None,
    encoder: Encoder | None = None,
    before: Mapping[str, Decider] | None = None,
    overlay: Overlay | None = None,
    cache: CheckedCache | None = None,
) -> KnowledgeResult:
    """Read each story folder in the knowledge folder (see `read_story`)."""
    overlay = overlay or Overlay()
    folders = overlay.folders(knowledge)
    if not folders:
        reason = why_unreadable(knowledge) or _without_stories(knowledge)
        return KnowledgeResult((about_file(knowledge, files.NO_FOLDER, reason=reason),), None)
    with storing():
        results = [read_story(folder, seeds, articles, encoder, before, overlay, cache) for folder in folders]
    editions = [result.edition for result in results if result.edition]
    problems = [*dict.fromkeys(problem for result in results for problem in result.problems)]
    if len(editions) == len(folders):
        problems += [*_same_ids(folders, editions), *_unused(overlay.files(seeds), editions)]
    if has_errors(problems):
        return KnowledgeResult(tuple(problems), None)
    return KnowledgeResult(tuple(problems), Shelf(tuple(sorted(editions, key=lambda edition: edition.story.id))))


def shelf_of(kept: Iterable[StoryFiles], encoder: Encoder | None = None) -> Shelf:
    """Return the stories in kept files, unchecked; those that can no longer be read are left out."""
    found = (edition_of(files, encoder) for files in kept)
    return Shelf(tuple(sorted((one for one in found if one), key=lambda edition: edition.story.id)))


def fewer_answered(knowledge: Path, shelf: Shelf, before: Mapping[str, Edition]) -> Iterator[Problem]:
    """Yield a problem for each story that answers a smaller share of its own questions than before."""
    for story, edition in shelf.by_id.items():
        was = before.get(story, edition).answered
        if was is not None and edition.answered is not None and edition.answered < was:
            yield about_file(knowledge, files.FEWER_ANSWERED, story=story, now=edition.answered, before=was)


def _same_ids(folders: Iterable[Path], editions: Iterable[Edition]) -> Iterator[Problem]:
    owners: dict[str, Path] = {}
    for folder, edition in zip(folders, editions, strict=True):
        owner = owners.setdefault(edition.story.id, folder)
        if owner != folder:
            yield about_file(folder, files.SAME_STORY, other=owner.name, id=edition.story.id)


def _unused(records: Iterable[Path], editions: Iterable[Edition]) -> Iterator[Problem]:
    """Yield a problem for each article that no story cites."""
    cited = {source.id for edition in editions for source in edition.story.sources}
    for path in records:
        if path.stem not in cited:
            yield about_file(path, files.SOURCE_UNUSED)
