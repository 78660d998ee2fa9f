"""Tell the log that the database cannot be reached: one line a minute, however many rows and readers wait."""

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

TELL_AFTER_SECONDS = 60.0


class Outage:
    """Whether the database could be reached the last time that somebody wrote to it."""

    def __init__(self, place: str) -> None:
        self.backlog: Callable[[], str] = str  # what waits to be written, for the log
        self._place = place
        self._told: float | None = None
        self.is_told = False  # whether the log says that it cannot be reached

    def tell(self, reason: str) -> None:
        """Log why the database cannot be reached, unless that was logged less than a minute ago."""
        now = time.monotonic()
        if self._told is not None and now - self._told < TELL_AFTER_SECONDS:
            return
        self._told, self.is_told = now, True
        log.warning("journal: %s cannot be reached (%s); answers go on%s", self._place, reason, self.backlog())

    def end(self) -> None:
        """Log that the database can be reached again, if the log says that it cannot."""
        if self.is_told:
            self.is_told = False
            log.warning("journal: %s can be reached again%s", self._place, self.backlog())
