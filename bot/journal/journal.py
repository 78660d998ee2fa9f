"""The journal: exchanges, and everything else that is stored in its database."""

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.answering.exchange import Exchange
from bot.answering.history import ShownMessage
from bot.answering.ports import Journal, SyncState
from bot.journal.askers import Askers
from bot.journal.bindings import SqlBindings
from bot.journal.database import JournalError, database_file, open_database, storable
from bot.journal.feedback import SqlFeedback
from bot.journal.history import SqlHistory
from bot.journal.privacy import SqlPrivacy
from bot.journal.reports import SqlReports
from bot.journal.tables import exchanges, sync_state
from bot.journal.tables import shown as messages
from bot.journal.usage import SqlUsage
from bot.journal.writer import Writer, open_writer

MIN_KEY_BYTES = 32


class SqlJournal(Journal, SyncState):
    """The journal in a database; it also stores which commands were last synced."""

    def __init__(
        self, engine: AsyncEngine, writer: Writer, askers: Askers, bindings: SqlBindings, privacy: SqlPrivacy
    ) -> None:
        self.bindings = bindings
        self.feedback = SqlFeedback(engine, askers, privacy)
        self.history = SqlHistory(engine, writer)
        self.privacy = privacy
        self.reports = SqlReports(engine, writer)
        self.usage = SqlUsage(engine)
        self._engine = engine
        self._writer = writer
        self._askers = askers

    def record(self, exchange: Exchange) -> None:
        if not self.privacy.is_opted_out(exchange.context.user):
            self._writer.put(exchanges, self._row(exchange))

    def add_message(self, shown: ShownMessage) -> None:
        if shown.user is not None and self.privacy.is_opted_out(shown.user):
            return
        row = {**vars(shown), "facts": list(shown.facts)}
        user = row.pop("user")
        self._writer.put(messages, {**row, "asker": None if user is None else self._askers.hash(user)})

    def remove_message(self, message: int) -> None:
        self._writer.remove(messages, {"message": message})

    async def read(self, key: str) -> str | None:
        async with self._engine.connect() as connection:
            found: str | None = await connection.scalar(select(sync_state.c.value).where(sync_state.c.key == key))
            return found

    async def write(self, key: str, value: str) -> None:
        statement = insert(sync_state).values(key=key, value=value)
        async with self._engine.begin() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    async def flush(self) -> None:
        """Wait until everything recorded so far is written."""
        await self._writer.flush()

    def _row(self, exchange: Exchange) -> dict[str, Any]:
        context = exchange.context
        return {
            "id": exchange.id,
            "follows": exchange.follows,
            "at": context.at,
            "surface": exchange.surface,
            "guild": context.guild,
            "channel": context.channel,
            "asker": self._askers.hash(context.user),
            "locale": exchange.locale,
            "question": storable(exchange.question),
            "understood": storable(exchange.understood),
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
    """Open the journal and run its writer; queued rows are written at the end."""
    async with open_database(url) as engine:
        askers = Askers(hash_key.encode() if hash_key else _own_key(url))
        async with open_writer(engine) as writer:
            privacy = await SqlPrivacy.open(engine, writer, askers)
            yield SqlJournal(engine, writer, askers, await SqlBindings.open(engine), privacy)


def _own_key(url: str) -> bytes:
    """Return the key stored beside the database; create it, readable by its owner only, if there is none."""
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
        if len(key) < MIN_KEY_BYTES:
            raise JournalError(
                f"the key {path} is too short to protect users; delete it, or set ONRECORD_HASH_KEY"
            ) from None
        return key
    key = secrets.token_hex(32).encode()
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    return key
