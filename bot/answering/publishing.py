"""Record each version of the stories when it is loaded, and what changed in it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from hashlib import sha256

from bot.answering.history import Change, Revision, What
from bot.answering.ports import Clock, History, Library
from bot.matching.fold import fold
from bot.story.model import Fact, Story

log = logging.getLogger(__name__)

SEEN = {"kind", "by", "when", "citations", "replies_to"}  # what a reader sees of a fact beside its text
REPEAT_SECONDS = 600.0  # between two announcements if nothing changed: for what failed, or was sent in that very moment


class Publishing:
    """Records versions, and announces them once they are recorded."""

    def __init__(self, library: Library, history: History, clock: Clock) -> None:
        self._library = library
        self._history = history
        self._clock = clock
        self._recording = asyncio.Lock()

    async def record(self) -> None:
        """Record what changed since the last version; a new story is recorded without changes."""
        async with self._recording:
            for edition in self._library.current.editions:
                story = edition.story
                before, now = await self._history.last_told(story.id), fingerprints(story)
                if before != now:
                    changed = () if before is None else changes(before, story)
                    await self._history.keep(story.id, now, Revision(edition.version, self._clock.now(), changed))

    async def run(self, announce: Callable[[], Awaitable[None]]) -> None:
        """Record and announce each version, and announce again every ten minutes, until cancelled."""
        while True:
            seen = self._library.current
            try:
                await self.record()
                await announce()
            except Exception:
                log.exception("a version could not be recorded or announced; it is tried again in ten minutes")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._library.changed(seen), REPEAT_SECONDS)


def fingerprint(fact: Fact) -> str:
    """Return twelve digits that change with what a fact says, but not with a comma or a capital."""
    texts = [f"{language}:{fold(text)}" for language, text in sorted(fact.text.root.items())]
    return sha256("\n".join([fact.model_dump_json(include=SEEN), *texts]).encode()).hexdigest()[:12]


def fingerprints(story: Story) -> dict[str, str]:
    """Return the fingerprint of each fact that a story shows."""
    return {fact.id: fingerprint(fact) for fact in story.shown_facts.values()}


def changes(before: Mapping[str, str], story: Story) -> tuple[Change, ...]:
    """Compare a version with a story: the changes in the order of the story, then the facts that are gone."""
    there = [Change(fact.id, what) for fact in story.shown_facts.values() if (what := _what(before.get(fact.id), fact))]
    gone = [Change(fact, "withdrawn") for fact in before if fact not in story.shown_facts]
    return (*there, *gone)


def _what(before: str | None, fact: Fact) -> What | None:
    if before is None:
        return "added"
    if before == fingerprint(fact):
        return None
    return "corrected" if fact.status == "corrected" else "edited"
