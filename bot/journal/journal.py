"""The journal: exchanges, and everything else that is stored in its database."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from sqlalchemy import select

from bot.answering.exchange import Exchange
from bot.answering.history import ShownMessage
from bot.answering.ports import Journal, SyncState
from bot.answering.privacy import DEFAULT_RETENTION_DAYS
from bot.answering.redaction import redacted
from bot.journal.askers import Askers
from bot.journal.bindings import SqlBindings
from bot.journal.broadcasts import Broadcasts
from bot.journal.database import Database, running, storable
from bot.journal.desklog import SqlDeskLog
from bot.journal.erasing import Eraser
from bot.journal.feedback import SqlFeedback
from bot.journal.history import SqlHistory
from bot.journal.keys import keep_fingerprint, key_of
from bot.journal.leases import Leases
from bot.journal.opening import open_database
from bot.journal.privacy import SqlPrivacy
from bot.journal.questionlog import SqlQuestionLog
from bot.journal.retention import Retention
from bot.journal.tables import exchanges, sync_state
from bot.journal.tables import shown as messages
from bot.journal.upserts import insert
from bot.journal.usage import SqlUsage
from bot.journal.uses import SqlUses
from bot.journal.writer import Writer, open_writer


class SqlJournal(Journal, SyncState):
    """The journal in a database; it also stores which commands were last synced."""

    def __init__(
        self,
        database: Database,
        writer: Writer,
        askers: Askers,
        bindings: SqlBindings,
        privacy: SqlPrivacy,
        retention: Retention,
        broadcasts: Broadcasts,
    ) -> None:
        self.uses = SqlUses(database, askers, privacy, secrets.token_hex(8))
        self.bindings = bindings
        self.desk_log = SqlDeskLog(database)
        self.feedback = SqlFeedback(database, askers, privacy)
        self.leases = Leases(database)
        self.history = SqlHistory(database, writer, broadcasts)
        self.privacy = privacy
        self.retention = retention
        self.question_log = SqlQuestionLog(database, writer)
        self.usage = SqlUsage(database)
        self._database = database
        self._writer = writer
        self._askers = askers
        self._observers: list[Callable[[Exchange], None]] = []

    @property
    def unwritten(self) -> int:
        """How many rows wait to be written."""
        return self._writer.unwritten

    @property
    def lost(self) -> int:
        """How many rows were not written."""
        return self._writer.lost.total()

    @property
    def is_reachable(self) -> bool:
        """Whether the database could be reached the last time."""
        return self._database.is_readable and not self._database.outage.is_told

    @property
    def shared_uses(self) -> SqlUses | None:
        """How often users did what is limited, if other machines' processes may use the database; else None."""
        return self.uses if self._database.is_shared else None

    def observe(self, observer: Callable[[Exchange], None]) -> None:
        """Call this with each exchange, also of users who opted out: to count it, and to keep nothing of it."""
        self._observers.append(observer)

    def record(self, exchange: Exchange) -> None:
        for observer in self._observers:
            observer(exchange)
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
        async with self._database.connect() as connection:
            found: str | None = await connection.scalar(select(sync_state.c.value).where(sync_state.c.key == key))
            return found

    async def write(self, key: str, value: str) -> None:
        async with self._database.begin() as connection:
            statement = insert(connection, sync_state).values(key=key, value=value)
            await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    async def flush(self, within: float | None = None) -> None:
        """Wait until everything recorded so far is written; raise JournalUnreachableError after `within` seconds."""
        await self._writer.flush(within)

    def _row(self, exchange: Exchange) -> dict[str, Any]:
        context, question = exchange.context, redacted(storable(exchange.question))
        is_whole = exchange.understood == exchange.question
        return {
            "id": exchange.id,
            "follows": exchange.follows,
            "at": context.at,
            "surface": exchange.surface,
            "guild": context.guild,
            "channel": context.channel,
            "asker": self._askers.hash(context.user),
            "locale": exchange.locale,
            "question": question,
            "understood": question if is_whole else redacted(storable(exchange.understood)),
            "outcome": exchange.outcome,
            "cause": exchange.cause,
            "facts": list(exchange.facts),
            "score": exchange.score,
            "story": exchange.story,
            "version": exchange.version,
            "elapsed_ms": exchange.elapsed_ms,
        }


@asynccontextmanager
async def open_journal(
    url: str, hash_key: str | None, retention_days: int = DEFAULT_RETENTION_DAYS
) -> AsyncIterator[SqlJournal]:
    """Open the journal and run its writer; queued rows are written at the end."""
    async with open_database(url) as database:
        askers = Askers(await key_of(database, hash_key))
        database.restore_by(partial(keep_fingerprint, askers))
        async with open_writer(database) as writer:
            broadcasts = Broadcasts(database)
            await broadcasts.start()
            bindings = await SqlBindings.open(database, askers, broadcasts)
            eraser = Eraser(database)
            privacy = SqlPrivacy(database, writer, askers, bindings, eraser, broadcasts, retention_days)
            await privacy.load()
            async with running(eraser.run(), broadcasts.run()):
                retention = Retention(database, retention_days, eraser)
                journal = SqlJournal(database, writer, askers, bindings, privacy, retention, broadcasts)
                async with running(*([journal.uses.run()] if journal.shared_uses else [])):
                    yield journal
