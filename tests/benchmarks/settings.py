"""Change a constant or a part of the matcher for a while, to measure what it is worth."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def changed(owner: object, name: str, value: Any) -> Iterator[None]:
    """Give a module or a class another value under a name, until the block ends."""
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)
