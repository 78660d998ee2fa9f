"""Load an expensive value on first use."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Once(Generic[Value]):
    """Calls a function once, also with several threads, and returns its value every time."""

    def __init__(self, load: Callable[[], Value]) -> None:
        self._load = load
        self._lock = Lock()
        self._value: Value | None = None

    def __call__(self) -> Value:
        """Return the value; if the function raises, it is called again next time."""
        with self._lock:
            if self._value is None:
                self._value = self._load()
            return self._value
