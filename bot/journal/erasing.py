"""Erase what was deleted from the files: SQLite's write-ahead log holds earlier pages until it is emptied."""

import asyncio
import logging

from bot import JournalUnreachableError
from bot.journal.database import Database

log = logging.getLogger(__name__)

ERASE_WITHIN_SECONDS = 1.0  # how long a user waits for it; what is left is erased in the background
TRY_AGAIN_SECONDS = 0.1  # while somebody reads: the log can be emptied only when nobody does
TRY_AGAIN_LATER_SECONDS = 5.0


class Eraser:
    """Empties the write-ahead log after something was deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._due = asyncio.Event()

    def wake(self) -> None:
        """Empty the log soon."""
        self._due.set()

    async def erase(self) -> None:
        """Empty the log now; if it is in use for a second, soon."""
        self._due.set()
        until = asyncio.get_running_loop().time() + ERASE_WITHIN_SECONDS
        while self._due.is_set() and asyncio.get_running_loop().time() < until:
            if not await self._attempt():
                await asyncio.sleep(TRY_AGAIN_SECONDS)

    async def run(self) -> None:
        """Empty the log whenever that is due, until cancelled."""
        while True:
            await self._due.wait()
            try:
                done = await self._attempt()
            except Exception:
                log.exception("journal: what was deleted could not be erased; trying again")
                self._due.set()
                done = False
            if not done:
                await asyncio.sleep(TRY_AGAIN_LATER_SECONDS)

    async def _attempt(self) -> bool:
        self._due.clear()
        try:
            done = await self._database.erase()
        except JournalUnreachableError:
            done = False
        if not done:
            self._due.set()
        return done
