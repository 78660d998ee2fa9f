"""Stories without what costs a test that reads one most, and changes nothing that a test can see."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from cachetools import LRUCache

from bot.drafting import suggesting
from bot.library import read
from bot.library.vectors import VectorCache
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.factreading import FactReading, FactReadings, Wordings
from bot.matching.ranking.encoder import Encoder
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.reader import Reader
from bot.story.model import Fact, Story

MAX_DECIDERS = 64


class Recorded(FactReadings):
    """Takes how each fact is read, so that it can be told again."""

    def __init__(self) -> None:
        self.rows: list[tuple[Fact, FactReading, Wordings, Reader]] = []

    def recall(self, fact: Fact, lexicon: Lexicon) -> None:
        pass

    def remember(self, fact: Fact, reading: FactReading, wordings: Wordings, reader: Reader) -> None:
        self.rows.append((fact, reading, wordings, reader))


class Built(NamedTuple):
    """What decides on a story, how its facts were read, and its encoder, whose identity is in the key."""

    decider: Decider
    recorded: Recorded
    encoder: Encoder | None


_built: LRUCache[tuple[str, int], Built] = LRUCache(MAX_DECIDERS)


def decider_of(
    story: Story,
    encoder: Encoder | None = None,
    previous: Decider | None = None,
    *,
    readings: FactReadings | None = None,
) -> Decider:
    """Return what decides on a story; it is built once for all equal stories, because none ever changes."""
    key = story.model_dump_json(), id(encoder._encoder if isinstance(encoder, VectorCache) else encoder)
    found = _built.get(key)
    if found is None:
        recorded = Recorded()
        found = _built[key] = Built(Decider(story, encoder, previous, readings=recorded), recorded, encoder)
    if readings:
        for fact, reading, wordings, reader in found.recorded.rows:
            if readings.recall(fact, reader.lexicon) is None:
                readings.remember(fact, reading, wordings, reader)
    return found.decider


@contextmanager
def decided_once() -> Iterator[None]:
    """Let the stories that are read, and the drafts that are tried, share what decides on them."""
    with patch.object(read, "Decider", decider_of), patch.object(suggesting, "Decider", decider_of):
        yield
