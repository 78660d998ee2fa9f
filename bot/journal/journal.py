"""Keep exchanges: a queue that never makes an answer wait, and one task that writes it in batches."""

import asyncio
import hmac
import logging
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.answering.values import Exchange
from bot.journal.bindings import SqlBindings
from bot.journal.database import JournalError, database_file, open_database
from bot.journal.reports import SqlReports
from bot.journal.tables import exchanges, sync_state

log = logging.getLogger(__name__)

WAITING = 10_000  # exchanges kept in memory while the database does not take them
BATCH = 200
PAUSES = (0.1, 0.5, 2.0, 5.0)  # seconds between tries
SHORTEST_KEY = 32  # bytes
FLUSH = 10.0  # seconds that a shutdown waits for the queue


class SqlJournal:
    """The journal in a database; also keeps the state of the command registry."""

    def __init__(self, engine: AsyncEngine, key: bytes, bindings: SqlBindings) -> None:
        self.bindings = bindings
        self.reports = SqlReports(engine)
        self._engine = engine
        self._key = key
        self._queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(WAITING)

    def record(self, exchange: Exchange) -> None:
        """Keep an exchange, soon: never waits, never raises; a full queue drops it and says so in the log."""
        try:
            self._queue.put_nowait(self._row(exchange))
        except asyncio.QueueFull:
            log.error("journal: %d exchanges wait, so exchange %s is not kept", WAITING, exchange.id)

    def asker(self, user: int) -> str:
        """Return the keyed hash under which a user's exchanges are kept."""
        return hmac.new(self._key, str(user).encode(), sha256).hexdigest()[:32]

    async def read(self, key: str) -> str | None:
        """Return the value kept under the key (`SyncState`)."""
        async with self._engine.connect() as connection:
            found: str | None = await connection.scalar(select(sync_state.c.value).where(sync_state.c.key == key))
            return found

    async def write(self, key: str, value: str) -> None:
        """Keep the value under the key (`SyncState`)."""
        statement = insert(sync_state).values(key=key, value=value)
        async with self._engine.begin() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    async def flush(self) -> None:
        """Wait until everything recorded so far is written."""
        await self._queue.join()

    async def run(self) -> None:
        """Write what is recorded, in batches, until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                await self._write(batch)
            finally:
                for _ in batch:
                    self._queue.task_done()

    async def _write(self, batch: list[dict[str, Any]]) -> None:
        """Write a batch, however long the database is locked; a row that cannot be written is left out and logged."""
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                async with self._engine.begin() as connection:
                    await connection.execute(insert(exchanges).on_conflict_do_nothing(), batch)
            except OperationalError:
                log.exception("journal: %d exchanges wait for the database", len(batch))
                await asyncio.sleep(pause)
            except Exception:
                if len(batch) == 1:
                    log.exception("journal: exchange %s cannot be written", batch[0]["id"])
                    return
                for row in batch:
                    await self._write([row])
                return
            else:
                return

    def _row(self, exchange: Exchange) -> dict[str, Any]:
        utterance = exchange.utterance
        return {
            "id": exchange.id,
            "follows": exchange.follows,
            "at": utterance.at,
            "surface": utterance.surface,
            "guild": utterance.guild,
            "channel": utterance.channel,
            "asker": self.asker(utterance.author),
            "locale": exchange.locale,
            "question": utterance.text.encode("utf-8", "replace").decode(),  # lone surrogates cannot be stored
            "understood": exchange.understood.encode("utf-8", "replace").decode(),
            "outcome": exchange.outcome,
            "cause": exchange.cause,
            "facts": list(exchange.facts),
            "score": exchange.score,
            "story": exchange.story,
            "version": exchange.version,
            "elapsed_ms": exchange.elapsed_ms,
        }


@asynccontextmanager
async def open_journal(url: str, hash_key: str | None) -> AsyncIterator[SqlJournal]:
    """Open the journal and run its writer; what is still in the queue is written on the way out."""
    async with open_database(url) as engine:
        key = hash_key.encode() if hash_key else _own_key(url)
        journal = SqlJournal(engine, key, await SqlBindings.open(engine))
        writer = asyncio.create_task(journal.run(), name="journal-writer")
        try:
            yield journal
        finally:
            try:
                await asyncio.wait_for(journal.flush(), FLUSH)
            except TimeoutError:
                log.error("journal: the queue could not be written in %s s", FLUSH)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)


def _own_key(url: str) -> bytes:
    """Read the key beside the database, or make one that only its owner can read."""
    file = database_file(url)
    if file is None:
        return secrets.token_bytes(32)
    path = file.with_suffix(".key")
    try:
        return _read_or_make(path)
    except OSError as error:
        raise JournalError(f"the key {path} cannot be used: {error.strerror}; set ONRECORD_HASH_KEY") from error


def _read_or_make(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) < SHORTEST_KEY:
            raise JournalError(
                f"the key {path} is too short to hide anybody; remove it, or set ONRECORD_HASH_KEY"
            ) from None
        return key
    key = secrets.token_hex(32).encode()
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    return key
