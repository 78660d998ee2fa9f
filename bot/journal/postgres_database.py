"""The journal on PostgreSQL, so that many processes can share it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from alembic.util import CommandError
from sqlalchemy import URL, Connection
from sqlalchemy import exc as errors
from sqlalchemy.ext.asyncio import create_async_engine

from bot.journal.database import Database, JournalError, Result, Work, running
from bot.journal.migrating import SchemaError, migrate_in

log = logging.getLogger(__name__)

CONNECT_WITHIN_SECONDS = 5.0
WRITE_WITHIN_SECONDS = 5.0  # a batch; the rows are tried again, and those that were written are left alone
LISTEN_AGAIN_SECONDS = 5.0
MAX_CONNECTIONS = 5  # of a process
UNREACHABLE = (  # how SQLSTATE begins if the server, and not the statement, is the reason: it is worth trying again
    "08",  # the connection
    "25006",  # it is read-only
    "28",  # who we are
    "3D",  # there is no such database
    "40",  # another transaction, of which one had to give way
    "53",  # its disk, its memory, its connections
    "57",  # an administrator
    "58",  # its system
    "XX",  # its data are damaged
)


class PostgresDatabase(Database):
    """A server: all work is done on connections of the event loop."""

    is_shared = True

    def __init__(self, url: URL) -> None:
        super().__init__(url.render_as_string(hide_password=True))
        self.engine = create_async_engine(
            url,
            hide_parameters=True,  # to keep what users wrote out of the log
            pool_pre_ping=True,
            pool_size=MAX_CONNECTIONS,
            max_overflow=1,  # the one that listens,
            connect_args={
                "timeout": CONNECT_WITHIN_SECONDS,
                "server_settings": {"timezone": "UTC", "application_name": "onrecord"},
            },
        )

    async def open(self) -> None:
        await self.run(migrate_in)

    @asynccontextmanager
    async def listening(self, channel: str, call: Callable[[], None]) -> AsyncIterator[None]:
        """Listen on a connection of its own, which is made again when it is lost."""
        async with running(self._listen(channel, call)):
            yield

    async def _listen(self, channel: str, call: Callable[[], None]) -> None:
        lost = asyncio.Event()
        while True:
            lost.clear()
            try:
                async with self.engine.connect() as connection:
                    driver: Any = (await connection.get_raw_connection()).driver_connection
                    driver.add_termination_listener(lambda _connection: lost.set())
                    await driver.add_listener(channel, lambda *_: call())
                    self.notifies = True
                    await lost.wait()
            except Exception as error:  # noqa: BLE001 - SQLAlchemy's or asyncpg's: it has no LISTEN, or is away
                log.debug("the database is polled: %r", error)
            self.notifies = False
            await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    async def close(self) -> None:
        await self.engine.dispose()

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        try:
            async with self.engine.begin() as connection:
                return await connection.run_sync(work)
        except (errors.SQLAlchemyError, SchemaError, CommandError, OSError, TimeoutError) as error:
            reason = self._reason_of(error) or str(error)
            raise JournalError(f"the database {self.place} cannot be opened: {reason}") from error

    async def write(self, work: Work) -> None:
        async with self._usable(WRITE_WITHIN_SECONDS), self.engine.begin() as connection:
            await connection.run_sync(work)
        self._is_back()

    async def erase(self) -> bool:
        """Do nothing: the server's own vacuum frees what was deleted, and what it keeps of it is its admin's."""
        return True

    def _reason_of(self, error: BaseException) -> str | None:
        if isinstance(error, TimeoutError | errors.TimeoutError):
            return "it does not respond"
        cause = getattr(error, "orig", None) or error
        state = getattr(cause, "sqlstate", None)
        if isinstance(cause, OSError) or isinstance(error, errors.InterfaceError):
            return str(cause)
        return str(cause) if state and state.startswith(UNREACHABLE) else None
