"""Stories without what costs a test that reads one most, and changes nothing that a test can see."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from cachetools import LRUCache

from bot.drafting import suggesting
from bot.library import read
from bot.library.vectors import VectorCache
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.index import OnRead
from bot.matching.ranking.encoder import Encoder
from bot.story.model import Story

MAX_DECIDERS = 64


class Built(NamedTuple):
    """What decides on a story, what was read while it was built, and its encoder, whose identity is in the key."""

    decider: Decider
    readings: list[tuple[Any, ...]]
    encoder: Encoder | None


_built: LRUCache[tuple[str, int], Built] = LRUCache(MAX_DECIDERS)


def decider_of(
    story: Story, encoder: Encoder | None = None, previous: Decider | None = None, *, on_read: OnRead | None = None
) -> Decider:
    """Return what decides on a story; it is built once for all equal stories, because none ever changes."""
    key = story.model_dump_json(), id(encoder._encoder if isinstance(encoder, VectorCache) else encoder)
    found = _built.get(key)
    if found is None:
        readings: list[tuple[Any, ...]] = []
        made = Decider(story, encoder, previous, on_read=lambda *reading: readings.append(reading))
        found = _built[key] = Built(made, readings, encoder)
    if on_read:
        for reading in found.readings:
            on_read(*reading)
    return found.decider


@contextmanager
def decided_once() -> Iterator[None]:
    """Let the stories that are read, and the drafts that are tried, share what decides on them."""
    with patch.object(read, "Decider", decider_of), patch.object(suggesting, "Decider", decider_of):
        yield
