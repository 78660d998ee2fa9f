"""Let only one process at a time do a thing, such as answer for a shard of a token."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from sqlalchemy import delete, or_, select

from bot import JournalUnreachableError, StartError
from bot.answering.ports import Turns
from bot.journal.database import Database, clock_of, running
from bot.journal.tables import leases
from bot.journal.upserts import insert

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=15)  # how long a process that was killed, on another machine, holds what it had
RENEW_SECONDS = 5.0
TRY_AGAIN_SECONDS = 0.5
TURN_SECONDS = 3.0  # how long a turn is waited for
MAX_HOST_CHARACTERS = 60


class LeaseLostError(StartError):
    """What only one process may do is done by another one."""


class Leases(Turns):
    """What this process alone may do, until it ends or does not say for a while that it is alive."""

    def __init__(self, database: Database, host: str | None = None) -> None:
        self._database = database
        self._host = (host or socket.gethostname())[:MAX_HOST_CHARACTERS]
        self._holder = f"{self._host} {os.getpid()} {secrets.token_hex(8)}"

    async def claim(self, keys: Collection[str]) -> bool:
        """Take or renew all keys; return False, and take none, if another process has one of them."""
        async with self._database.begin() as connection:
            now = await clock_of(connection)
            known = await connection.execute(select(leases.c.key, leases.c.holder).where(leases.c.key.in_(keys)))
            gone = [key for key, holder in known if self._is_gone(holder)]
            for key in sorted(keys):
                row = {"key": key, "holder": self._holder, "until": now + LEASE}
                is_free = or_(leases.c.holder == self._holder, leases.c.until < now, leases.c.key.in_(gone))
                taking = insert(connection, leases).values(row)
                taking = taking.on_conflict_do_update(index_elements=["key"], set_=row, where=is_free)
                if not (await connection.execute(taking)).rowcount:
                    await connection.rollback()
                    return False
        return True

    async def wait_for(self, keys: Collection[str], what: str) -> None:
        """Claim all keys; wait for a process that was killed; raise LeaseLostError if another one lives on."""
        if await self.claim(keys):
            return
        log.warning("another process %s, or did a moment ago; waiting for it to end", what)
        if not await self._claim_within(2 * LEASE.total_seconds(), keys):
            raise LeaseLostError(f"another process {what}")

    async def keep(self, keys: Collection[str], what: str) -> None:
        """Renew all keys until cancelled; raise LeaseLostError if another process has taken one meanwhile."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            with suppress(JournalUnreachableError):  # the log says so already; nobody else can take them meanwhile
                if not await self.claim(keys):
                    raise LeaseLostError(f"another process {what}")

    async def release(self, keys: Collection[str]) -> None:
        """Let others have all keys at once."""
        own = leases.c.key.in_(keys), leases.c.holder == self._holder
        async with self._database.begin() as connection:
            await connection.execute(delete(leases).where(*own))

    @asynccontextmanager
    async def turn(self, what: str) -> AsyncIterator[bool]:
        if not await self._claim_within(TURN_SECONDS, {what}):
            yield False
            return
        try:
            async with running(self.keep({what}, f"does the same: {what}")):
                yield True
        finally:
            with suppress(JournalUnreachableError):  # it ends by itself
                await self.release({what})

    async def _claim_within(self, seconds: float, keys: Collection[str]) -> bool:
        until = asyncio.get_running_loop().time() + seconds
        while not (is_claimed := await self.claim(keys)) and asyncio.get_running_loop().time() < until:  # noqa: ASYNC110
            await asyncio.sleep(TRY_AGAIN_SECONDS)
        return is_claimed

    def _is_gone(self, holder: str) -> bool:
        """Return whether a process of this machine has ended: it can no longer release what it has."""
        host, _, rest = holder.partition(" ")
        number = rest.partition(" ")[0]
        if host != self._host or holder == self._holder or not number.isdecimal() or os.name != "posix":
            return False
        if int(number) == os.getpid():  # it had our number before, as the first process of a container has
            return True
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except OSError:  # another user's, so it lives
            return False
        return False
