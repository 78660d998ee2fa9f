"""Free stories that were replaced a little at a time: half a million objects at once hold up every thread."""

import weakref
from collections.abc import Iterator, Sequence
from threading import Thread
from time import sleep

from bot.answering.editions import Edition

MIN_PARTS = 1_000  # of a collection that is worth freeing one by one; a million take 100 ms
WAIT_SECONDS, MAX_WAITS = 0.2, 300  # until nobody answers from the story any more


def release(editions: Sequence[Edition], least: int = MIN_PARTS) -> Thread | None:
    """Free what only these editions hold, in a daemon thread, once they are gone; small ones need none: None."""
    large = [part for edition in editions for part in large_parts(edition, least)]
    if not large:
        return None
    gone = [weakref.ref(each) for edition in editions for each in (edition.story, edition.decider)]
    thread = Thread(target=_free, args=(large, gone), name="freeing stories", daemon=True)
    thread.start()
    return thread


def large_parts(one: object, least: int, seen: set[int] | None = None) -> Iterator[list[object]]:
    """Yield the items of each large collection in an object, and in those that it consists of, once.

    They are private to a dozen classes of the index, so a list of them here would miss the next one.
    """
    seen = set() if seen is None else seen
    for each in vars(one).values():
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, dict | list | tuple) and len(each) >= least:
            yield list(each.values() if isinstance(each, dict) else each)
        elif type(each).__module__.startswith("bot.") and hasattr(each, "__dict__"):
            yield from large_parts(each, least, seen)


def _free(large: list[list[object]], gone: Sequence["weakref.ref[object]"]) -> None:
    for _ in range(MAX_WAITS):
        if not any(each() for each in gone):
            break
        sleep(WAIT_SECONDS)
    while large:
        part = large.pop()
        while part:
            part.pop()  # other threads may run before the next one
