"""Store which messages showed which facts, and what changed in each version of a story."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import and_, delete, insert, select, true, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.answering.history import Change, Revision, ShownMessage
from bot.answering.ports import History
from bot.journal.database import aware
from bot.journal.tables import changes, editions, shown
from bot.journal.writer import READ_WAIT_SECONDS, Writer


class SqlHistory(History):
    """Shown messages and changes in a database."""

    def __init__(self, engine: AsyncEngine, writer: Writer) -> None:
        self._engine = engine
        self._writer = writer

    async def shown_since(self, at: datetime) -> list[ShownMessage]:
        await self._writer.flush()
        async with self._engine.begin() as connection:
            await connection.execute(delete(shown).where(shown.c.at < at))
            rows = await connection.execute(select(shown).order_by(shown.c.at))
            return [_shown(row) for row in rows]

    async def shown_by(self, message: int) -> ShownMessage | None:
        await self._writer.flush(READ_WAIT_SECONDS)
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(shown).where(shown.c.message == message))).first()
            return _shown(row) if row else None

    async def update_message(self, message: ShownMessage, version: str, facts: Sequence[str]) -> None:
        here = and_(shown.c.message == message.message, shown.c.story == message.story)
        shows = update(shown).where(here).values(version=version, facts=list(facts))
        statement = shows if facts else delete(shown).where(here)
        async with self._engine.begin() as connection:
            await connection.execute(statement)

    async def fingerprints(self, story: str) -> Mapping[str, str] | None:
        async with self._engine.connect() as connection:
            facts: dict[str, str] | None = await connection.scalar(
                select(editions.c.facts).where(editions.c.story == story)
            )
            return facts

    async def add_revision(self, story: str, facts: Mapping[str, str], revision: Revision) -> None:
        row = {"story": story, "facts": dict(facts), "since": revision.at}
        edition = sqlite.insert(editions).on_conflict_do_update(index_elements=["story"], set_={"facts": row["facts"]})
        rows = [
            {
                "story": story,
                "version": revision.version,
                "at": revision.at,
                "fact": change.fact,
                "what": change.what,
            }
            for change in revision.changes
        ]
        async with self._engine.begin() as connection:
            await connection.execute(edition, row)
            if rows:
                await connection.execute(insert(changes), rows)

    async def revisions(self, story: str, since: datetime | None = None) -> list[Revision]:
        later = changes.c.at >= since if since else true()
        statement = select(changes).where(changes.c.story == story, later)
        async with self._engine.connect() as connection:
            rows = await connection.execute(statement.order_by(changes.c.number))
        revisions = [
            Revision(version, aware(at), tuple(Change(row.fact, row.what) for row in group))
            for (at, version), group in groupby(rows, key=lambda row: (row.at, row.version))
        ]
        return revisions[::-1]

    async def first_loaded(self, story: str) -> datetime | None:
        async with self._engine.connect() as connection:
            at = await connection.scalar(select(editions.c.since).where(editions.c.story == story))
            return aware(at) if at else None


def _shown(row: Any) -> ShownMessage:
    """Return a row as a message, without its user: only the hash is stored."""
    facts, at = tuple(row.facts), aware(row.at)
    return ShownMessage(row.message, row.channel, row.is_list, row.story, row.version, row.locale, facts, at)
