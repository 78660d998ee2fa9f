"""Pauses between attempts, which grow while attempts fail."""

from collections.abc import Iterator
from itertools import count

MOST_DOUBLINGS = 32


def pause_before(attempt: int, first: float, most: float) -> float:
    """Return the seconds to wait before an attempt; attempt 0 waits `first`, each later one twice as long."""
    return min(most, first * 2.0 ** min(attempt, MOST_DOUBLINGS))


def growing(first: float, most: float) -> Iterator[float]:
    """Return one pause after the other, for ever."""
    return (pause_before(attempt, first, most) for attempt in count())
