"""Fakes of the ports, as simple as the real ones allow; each keeps the contract of its port in tests/contracts."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.answering.context import Context, Surface, Utterance
from bot.answering.editions import Edition, Prepared, ReloadReport, Shelf
from bot.answering.exchange import Exchange
from bot.answering.history import ShownMessage
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.answering.versions import STORY_PREFIX, StoryFiles
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.rows import Floats
from bot.story.model import Story
from tests.quick_stories import decider_of


class MemoryJournal:
    """Keeps exchanges in a list."""

    def __init__(self) -> None:
        self.kept: list[Exchange] = []
        self.shown: list[ShownMessage] = []

    def record(self, exchange: Exchange) -> None:
        if exchange.id not in {one.id for one in self.kept}:
            self.kept.append(exchange)

    def add_message(self, shown: ShownMessage) -> None:
        self.shown.append(shown)

    def remove_message(self, message: int) -> None:
        self.shown = [one for one in self.shown if one.message != message]


class MemorySyncState:
    """Keeps values in a dictionary."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    async def read(self, key: str) -> str | None:
        return self._values.get(key)

    async def write(self, key: str, value: str) -> None:
        self._values[key] = value


class MemoryBindings:
    """Keeps bindings in a dictionary."""

    def __init__(self) -> None:
        self._stories: dict[int | None, str] = {}

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        return next((self._stories[place] for place in (channel, parent, guild) if place in self._stories), None)

    async def bind(self, place: int, story: str | None, user: int | None = None) -> None:
        self._stories.pop(place, None)
        if story is not None:
            self._stories[place] = story


class SteppedClock:
    """Goes forward by one second each time somebody looks."""

    def __init__(self) -> None:
        self._now = datetime(2024, 3, 5, 12, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def perf(self) -> float:
        return self.now().timestamp()


class SetClock:
    """Stands still until it is advanced."""

    def __init__(self) -> None:
        self._now = datetime(2024, 3, 5, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def perf(self) -> float:
        return self._now.timestamp()

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


def files_of(story: Story) -> StoryFiles:
    return StoryFiles(story.id, {f"{STORY_PREFIX}story.json": story.model_dump_json().encode()})


def edition_of(story: Story, encoder: Encoder | None = None, version: str = "000000000000") -> Edition:
    """Return a story as it is loaded."""
    return Edition(story, decider_of(story, encoder), version, 1.0, files_of(story))


class FixedLibrary:
    """Holds stories that change only when others are published; it takes no file for a story but its own."""

    def __init__(self, *stories: Story) -> None:
        self.current = Shelf(tuple(map(edition_of, sorted(stories, key=lambda story: story.id))))

    async def reload(self) -> ReloadReport:
        return await self.publish(await self.prepare())

    async def prepare(self, restored: Sequence[StoryFiles] = ()) -> Prepared:
        others = {one.story.id: one for one in self.current.editions}
        for files in restored:
            story = await self.read(files)
            assert story is not None
            others[story.id] = edition_of(story, version=files.version)
        shelf = Shelf(tuple(others.values())) if restored else self.current
        return Prepared(self.current, (), shelf, tuple(restored))

    async def publish(self, prepared: Prepared) -> ReloadReport:
        if prepared.shelf is None or prepared.served is not self.current:
            return ReloadReport(False, prepared.problems, self.current)
        self.current = prepared.shelf
        return ReloadReport(True, prepared.problems, self.current)

    async def serve(self, files: StoryFiles) -> None:
        if await self.read(files):
            await self.publish(await self.prepare([files]))

    async def read(self, files: StoryFiles) -> Story | None:
        try:
            return Story.model_validate_json(files.contents[f"{STORY_PREFIX}story.json"])
        except (KeyError, ValueError):
            return None

    async def on_disk(self, folder: str) -> Mapping[str, str]:
        found = [one.files.checksums for one in self.current.editions if one.files.folder == folder]
        return found[0] if found else {}

    async def changed(self, seen: Shelf) -> Shelf:
        if seen is self.current:
            await asyncio.Event().wait()
        return self.current


def context(locale: str = "fr") -> Context:
    return Context(7, 5, 3, locale, datetime(2024, 3, 5, tzinfo=UTC))


def utterance(text: str, locale: str = "fr", surface: Surface = "ask", reply_in: str | None = None) -> Utterance:
    return Utterance.of(context(locale), text, surface, reply_in)


def serving(*stories: Story) -> Stories:
    return Stories(FixedLibrary(*stories), MemoryBindings(), SteppedClock(), catalogue())


class CountingEncoder:
    """Encodes a text by its letters, and keeps the texts."""

    name = "counting"
    votes = ""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.encoded += texts
        rows = [np.bincount([ord(letter) % 32 for letter in text] or [0], minlength=32) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32).reshape(len(texts), 32)

    def is_word(self, word: str) -> bool:
        return False
