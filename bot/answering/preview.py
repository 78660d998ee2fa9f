"""What publishing would change, before anything is published; and which earlier version a story may go back to."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answering.diff import StoryDiff, shelf_diff
from bot.answering.editions import Prepared
from bot.answering.ports import History, Library, QuestionLog
from bot.answering.versions import STORY_PREFIX, KeptVersion, StoryFiles

MAX_QUESTIONS = 1000  # of the journal, newest first


@dataclass(frozen=True)
class Preview:
    """Stories that could be published, and how they differ from those that are served."""

    prepared: Prepared
    diffs: tuple[StoryDiff, ...]


async def preview(library: Library, question_log: QuestionLog, restored: Sequence[StoryFiles] = ()) -> Preview:
    """Read and check the files, as if some kept files were written already, and compare them with what is served."""
    prepared = await library.prepare(restored)
    if prepared.shelf is None or not prepared.is_changed:
        return Preview(prepared, ())
    asked = await question_log.recent(MAX_QUESTIONS)
    return Preview(prepared, await asyncio.to_thread(shelf_diff, prepared.served, prepared.shelf, asked))


async def unkept_files(library: Library, history: History, version: KeptVersion) -> list[str]:
    """Return the files on disk that going back to a version would lose, since no kept version has them."""
    on_disk = await library.on_disk(version.folder)
    return lost_files(on_disk, version.checksums, await history.versions(version.story))


def lost_files(on_disk: Mapping[str, str], wanted: Mapping[str, str], kept: Sequence[KeptVersion]) -> list[str]:
    """Return the names of the files that would be overwritten or deleted although no kept version has their content."""
    known = {pair for version in kept for pair in version.checksums.items()}
    return sorted(
        name
        for name, checksum in on_disk.items()
        if (name.startswith(STORY_PREFIX) or name in wanted)
        and checksum != wanted.get(name)
        and (name, checksum) not in known
    )
