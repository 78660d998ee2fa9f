"""Let only one process at a time do a thing, such as answer for a shard of a token."""

import asyncio
import logging
import secrets
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, or_

from bot import JournalUnreachableError, OnRecordError
from bot.journal.database import Database, clock_of
from bot.journal.tables import leases
from bot.journal.upserts import insert

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=15)  # how long a process that was killed holds what it had
RENEW_SECONDS = 5.0
TRY_AGAIN_SECONDS = 1.0


class LeaseLostError(OnRecordError):
    """What only one process may do is done by another one."""


class Leases:
    """What this process alone may do, until it ends or does not say for a while that it is alive."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._holder = secrets.token_hex(8)

    async def claim(self, keys: Collection[str]) -> bool:
        """Take or renew all keys; return False, and take none, if another process has one of them."""
        async with self._database.begin() as connection:
            now = await clock_of(connection)
            for key in sorted(keys):
                row = {"key": key, "holder": self._holder, "until": now + LEASE}
                is_free = or_(leases.c.holder == self._holder, leases.c.until < now)
                taking = insert(connection, leases).values(row)
                taking = taking.on_conflict_do_update(index_elements=["key"], set_=row, where=is_free)
                if not (await connection.execute(taking)).rowcount:
                    await connection.rollback()
                    return False
        return True

    async def wait_for(self, keys: Collection[str], what: str) -> None:
        """Claim all keys; a process that was killed is waited for, and one that lives makes it a LeaseLostError."""
        until = asyncio.get_running_loop().time() + 2 * LEASE.total_seconds()
        is_told = False
        while not await self.claim(keys):
            if asyncio.get_running_loop().time() > until:
                raise LeaseLostError(f"another process {what}")
            if not is_told:
                log.warning("another process %s, or did a moment ago; waiting for it to end", what)
                is_told = True
            await asyncio.sleep(TRY_AGAIN_SECONDS)

    async def keep(self, keys: Collection[str], what: str) -> None:
        """Renew all keys until cancelled; raise LeaseLostError if another process has taken one meanwhile."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                if not await self.claim(keys):
                    raise LeaseLostError(f"another process {what}")
            except JournalUnreachableError:
                pass  # the log says so already; nobody else can take them meanwhile

    async def release(self, keys: Collection[str]) -> None:
        """Let others have all keys at once."""
        own = leases.c.key.in_(keys), leases.c.holder == self._holder
        async with self._database.begin() as connection:
            await connection.execute(delete(leases).where(*own))
