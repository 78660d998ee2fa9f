"""Record each new version of the stories with its changes, and announce it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from bot import JournalUnreachableError
from bot.answering.editions import Edition, Shelf
from bot.answering.excerpt import excerpt
from bot.answering.history import Change, Revision, What
from bot.answering.ports import Clock, History, Library
from bot.matching.fold import fold
from bot.story.model import Fact, Story

log = logging.getLogger(__name__)

VISIBLE_FIELDS = {"kind", "by", "when", "citations", "replies_to"}  # what a reply shows of a fact, except its text
REPEAT_SECONDS = 600.0  # announce again without a change, to retry failures and cover messages sent during the last one


class Publishing:
    """Records versions, then announces them."""

    def __init__(self, library: Library, history: History, clock: Clock) -> None:
        self._library = library
        self._history = history
        self._clock = clock
        self._recording = asyncio.Lock()
        self._recorded: Shelf | None = None

    async def record(self) -> None:
        """Record what changed in each story since its last version; a new story is recorded without changes.

        Stories that are recorded already are not recorded again: another process may have published others since.
        """
        async with self._recording:
            shelf = self._library.current
            if shelf is self._recorded:
                return
            for edition in shelf.editions:
                await self._record(edition)
            self._recorded = shelf

    async def _record(self, edition: Edition) -> None:
        story = edition.story
        last = next(iter(await self._history.versions(story.id, 1)), None)
        if last and last.version == edition.version:
            return
        kept = await self._library.read(await self._history.files(last)) if last else None
        recorded = None if kept else await self._history.fingerprints(story.id)
        now, told = await asyncio.to_thread(_compared, kept, recorded, story)
        revision = Revision(edition.version, self._clock.now(), told)
        await self._history.add_revision(story.id, now, revision, edition.files, last)

    async def follow(self, story: str) -> None:
        """Serve what another process published of a story, unless it is served already."""
        last = next(iter(await self._history.versions(story, 1)), None)
        served = self._library.current.by_id.get(story)
        if last and (served is None or served.version != last.version):
            await self._library.serve(await self._history.files(last))

    async def run(self, announce: Callable[[], Awaitable[object]]) -> None:
        """Record and announce each version, and announce again every ten minutes, until cancelled."""
        while True:
            seen = self._library.current
            try:
                await self.record()
                await announce()
            except JournalUnreachableError as error:
                log.warning("a version could not be recorded; trying again in ten minutes: %s", error)
            except Exception:
                log.exception("a version could not be recorded or announced; trying again in ten minutes")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._library.changed(seen), REPEAT_SECONDS)


def _compared(
    kept: Story | None, recorded: Mapping[str, str] | None, story: Story
) -> tuple[dict[str, str], tuple[Change, ...]]:
    """Return the fingerprints of a story, and its changes since a kept version or recorded fingerprints, if any.

    It takes 0.1 ms for each fact, and 1 ms for each change.
    """
    before = fingerprints(kept) if kept else recorded
    changed = () if before is None else changes(before, story)
    told = tuple(replace(one, before=_excerpt(kept, one), after=_excerpt(story, one)) for one in changed)
    return fingerprints(story), told


def _excerpt(story: Story | None, change: Change) -> Story | None:
    return excerpt(story, change.fact) if story else None


def fingerprint(fact: Fact) -> str:
    """Return a hash of what a fact says; punctuation and capitals in its text do not change it."""
    texts = [f"{language}:{fold(text)}" for language, text in sorted(fact.text.root.items())]
    return sha256("\n".join([fact.model_dump_json(include=VISIBLE_FIELDS), *texts]).encode()).hexdigest()[:12]


def fingerprints(story: Story) -> dict[str, str]:
    """Return the fingerprint of each shown fact of a story, by id."""
    return {fact.id: fingerprint(fact) for fact in story.shown_facts.values()}


def changes(before: Mapping[str, str], story: Story) -> tuple[Change, ...]:
    """Return the changes from a version's fingerprints to a story: in the story's order, then withdrawn facts."""
    shown = [Change(fact.id, what) for fact in story.shown_facts.values() if (what := _what(before.get(fact.id), fact))]
    gone = [Change(fact, "withdrawn") for fact in before if fact not in story.shown_facts]
    return (*shown, *gone)


def _what(before: str | None, fact: Fact) -> What | None:
    if before is None:
        return "added"
    if before == fingerprint(fact):
        return None
    return "corrected" if fact.status == "corrected" else "edited"
