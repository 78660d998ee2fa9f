"""Change a constant or a part of the matcher temporarily, to measure its effect."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def changed(owner: object, name: str, value: Any) -> Iterator[None]:
    """Set an attribute of a module or a class until the block ends."""
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)
