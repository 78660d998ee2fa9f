"""Tell the other processes on the same database what changed, and hear it from them."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import JournalUnreachableError
from bot.journal.database import Database, aware
from bot.journal.tables import broadcasts

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0  # how often the table is read; PostgreSQL says at once that there is something to read
KEPT = timedelta(hours=1)  # a process that was cut off for longer reads everything anew when it starts again
OVERLAP_ROWS = 100  # of two transactions, the later number may be there first
CHANNEL = "onrecord"
RECENT = select(broadcasts, func.current_timestamp().label("now")).order_by(broadcasts.c.number)

Handler = Callable[[str], Awaitable[None]]


class Broadcasts:
    """Sends broadcasts within the transaction that makes a change, and calls a handler for those of other processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sender = secrets.token_hex(8)
        self._handlers: dict[str, Handler] = {}
        self._woken = asyncio.Event()
        self._seen: set[int] = set()
        self._last = 0
        database.restore_by(self._begin_again)

    def hear(self, kind: str, handler: Handler) -> None:
        """Call this with the value of each broadcast of a kind that another process sends."""
        self._handlers[kind] = handler

    async def send(self, connection: AsyncConnection, kind: str, value: str) -> None:
        """Send a broadcast, which others hear once the connection's transaction is committed."""
        row = {"kind": kind, "value": value, "sender": self._sender, "at": func.current_timestamp()}
        await connection.execute(insert(broadcasts).values(row))
        if self._database.notifies:
            await connection.execute(text(f"NOTIFY {CHANNEL}"))

    async def start(self) -> None:
        """Skip what was sent before: who starts has read the state that it led to."""
        async with self._database.connect() as connection:
            newest = select(broadcasts.c.number).order_by(broadcasts.c.number.desc()).limit(OVERLAP_ROWS)
            self._seen = set(await connection.scalars(newest))
            self._last = max(self._seen, default=0)

    async def run(self) -> None:
        """Hear the broadcasts of other processes, until cancelled."""
        async with self._database.listening(CHANNEL, self._woken.set):
            while True:
                try:
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._woken.wait()
                except TimeoutError:
                    pass
                self._woken.clear()
                try:
                    await self.poll()
                except JournalUnreachableError:
                    pass  # the log says so already
                except Exception:
                    log.exception("broadcasts of other processes could not be heard; trying again")

    async def poll(self) -> None:
        """Call the handlers for what other processes sent since the last time, and delete what is old."""
        recent = RECENT.where(broadcasts.c.number > self._last - OVERLAP_ROWS)
        rows = await self._database.read(lambda connection: connection.execute(recent).all())
        for row in rows:
            if row.number not in self._seen and row.sender != self._sender:
                await self._hear(row.kind, row.value)
            self._seen.add(row.number)
        self._seen &= {row.number for row in rows}
        self._last = max(self._seen, default=self._last)
        if rows and aware(rows[0].at) < (since := aware(rows[0].now) - KEPT):
            async with self._database.begin() as connection:
                await connection.execute(delete(broadcasts).where(broadcasts.c.at < since))

    async def _hear(self, kind: str, value: str) -> None:
        """Call the handler; what fails because the database is away is heard again with the next poll."""
        handler = self._handlers.get(kind)
        try:
            if handler:
                await handler(value)
        except JournalUnreachableError:
            raise
        except Exception:
            log.exception("what another process sent could not be handled: %s %s", kind, value)

    def _begin_again(self, _connection: Connection) -> None:
        """Read from the first broadcast: another database was put in this one's place."""
        self._seen, self._last = set(), 0
