"""Load what is expensive when it is first needed."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Once(Generic[Value]):
    """Calls a function at most once, whichever thread asks first, and returns its value each time."""

    def __init__(self, load: Callable[[], Value]) -> None:
        self._load = load
        self._lock = Lock()
        self._value: Value | None = None

    def __call__(self) -> Value:
        """Return the value; what the function raises is raised, and it is called again the next time."""
        with self._lock:
            if self._value is None:
                self._value = self._load()
            return self._value
