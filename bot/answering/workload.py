"""Decide on questions in a few threads, and refuse those that would have to wait too long."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import inf
from typing import TypeVar

from bot import OnRecordError

log = logging.getLogger(__name__)

THREADS = 2  # more would only take Python's lock from each other and from the event loop

Result = TypeVar("Result")


class BusyError(OnRecordError):
    """More questions are waiting than may wait; the user should ask again a little later."""


class Workload:
    """The questions that are being decided on, or wait for it: at most so many at once."""

    def __init__(self, most: float = inf) -> None:
        self._most = most
        self._threads = ThreadPoolExecutor(THREADS, "deciding")
        self._turns = asyncio.Semaphore(THREADS)  # each begins on the event loop, so that events come before decisions
        self._is_told = False
        self.waiting = 0
        self.refused = 0  # since the start

    async def run(self, decide: Callable[[], Result]) -> Result:
        """Decide in a thread; raise BusyError at once if too many questions are waiting."""
        if self.waiting >= self._most:
            self._refuse()
        self.waiting += 1
        try:
            async with self._turns:
                return await asyncio.get_running_loop().run_in_executor(self._threads, decide)
        finally:
            self.waiting -= 1
            if self._is_told and self.waiting <= self._most // 2:
                self._is_told = False
                log.info("questions are answered again; %d were refused since the start", self.refused)

    def close(self) -> None:
        """End the threads once they have nothing to do."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _refuse(self) -> None:
        self.refused += 1
        if not self._is_told:
            self._is_told = True
            log.warning("%d questions are waiting, so others are refused", self.waiting)
        raise BusyError("too many questions are waiting")
