"""Store which messages showed which facts, and what changed in each version of a story."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from types import MappingProxyType, SimpleNamespace
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select, true, update

from bot import JournalUnreachableError
from bot.answering.history import Change, Revision, ShownMessage
from bot.answering.ports import History
from bot.answering.versions import MAX_KEPT_VERSIONS, KeptVersion, StoryFiles
from bot.journal import upserts
from bot.journal.broadcasts import Broadcasts
from bot.journal.database import MAX_STEP_ROWS, Database, aware, rows_of
from bot.journal.tables import changes, editions, shown
from bot.journal.versions import add_version, files_of, kept_versions, last_versions
from bot.journal.writer import READ_WAIT_SECONDS, Writer
from bot.story.model import Story

log = logging.getLogger(__name__)

NO_VERSIONS: Mapping[str, str] = MappingProxyType({})
PART_CHANGES = 20  # read before other tasks have their turn: each has up to two excerpts of a story
PUBLISHED = "published"  # the kind of broadcast that there is a new version of a story


class SqlHistory(History):
    """Shown messages and changes in a database."""

    def __init__(self, database: Database, writer: Writer, broadcasts: Broadcasts) -> None:
        self._database = database
        self._writer = writer
        self._broadcasts = broadcasts

    def follow(self, published: Callable[[str], Awaitable[None]]) -> None:
        """Call this with the id of each story of which another process publishes a version."""
        self._broadcasts.hear(PUBLISHED, published)

    async def shown_since(self, at: datetime, current: Mapping[str, str] = NO_VERSIONS) -> list[ShownMessage]:
        await self._writer.flush(READ_WAIT_SECONDS)
        await self._delete_before(at)
        others = (or_(shown.c.story != story, shown.c.version != version) for story, version in current.items())
        statement = select(shown).where(shown.c.at >= at, *others).order_by(shown.c.at)
        async with self._database.connect(within=None) as connection:  # nobody waits for it
            return [_shown(row) async for row in rows_of(connection, statement)]

    async def _delete_before(self, at: datetime) -> None:
        """Delete old records in parts, so that no answer waits for it."""
        old = select(shown.c.message).where(shown.c.at < at).order_by(shown.c.at).limit(MAX_STEP_ROWS)
        deleted = 1
        while deleted:
            async with self._database.begin() as connection:
                statement = delete(shown).where(shown.c.message.in_(old), shown.c.at < at)
                deleted = (await connection.execute(statement)).rowcount

    async def shown_by(self, message: int) -> ShownMessage | None:
        pending = self._writer.pending(shown, message=message)
        if pending:
            return _shown(SimpleNamespace(**pending))
        if not self._database.is_readable:  # an answer does not wait to learn what it follows up
            raise JournalUnreachableError("the database could not be reached the last time")
        async with self._database.connect() as connection:
            row = (await connection.execute(select(shown).where(shown.c.message == message))).first()
            return _shown(row) if row else None

    async def shown_between(self, channel: int, first: int, last: int) -> list[int]:
        if not self._database.is_readable:
            raise JournalUnreachableError("the database could not be reached the last time")
        here = and_(shown.c.channel == channel, shown.c.message.between(first, last))
        async with self._database.connect() as connection:
            return sorted(await connection.scalars(select(shown.c.message).where(here)))

    async def update_message(self, message: ShownMessage, version: str, facts: Sequence[str]) -> None:
        here = and_(shown.c.message == message.message, shown.c.story == message.story)
        shows = update(shown).where(here).values(version=version, facts=list(facts))
        statement = shows if facts else delete(shown).where(here)
        async with self._database.begin() as connection:
            await connection.execute(statement)

    async def fingerprints(self, story: str) -> Mapping[str, str] | None:
        async with self._database.connect() as connection:
            facts: dict[str, str] | None = await connection.scalar(
                select(editions.c.facts).where(editions.c.story == story)
            )
            return facts

    async def add_revision(
        self,
        story: str,
        facts: Mapping[str, str],
        revision: Revision,
        files: StoryFiles | None = None,
        after: KeptVersion | None = None,
    ) -> bool:
        row = {"story": story, "facts": dict(facts), "since": revision.at}
        rows = [_row(story, revision, change) for change in revision.changes]
        async with self._database.begin() as connection:
            if files and not await add_version(connection, story, revision, files, after):
                return False
            edition = upserts.insert(connection, editions)
            same = {"index_elements": ["story"], "set_": {"facts": row["facts"]}}
            await connection.execute(edition.on_conflict_do_update(**same), row)
            if rows:
                await connection.execute(insert(changes), rows)
            await self._broadcasts.send(connection, PUBLISHED, story)
        return True

    async def versions(self, story: str | None = None, limit: int = MAX_KEPT_VERSIONS) -> list[KeptVersion]:
        async with self._database.connect() as connection:
            return await kept_versions(connection, story, limit)

    async def published(self) -> list[KeptVersion]:
        async with self._database.connect() as connection:
            return await last_versions(connection)

    async def files(self, version: KeptVersion) -> StoryFiles:
        async with self._database.connect() as connection:
            return await files_of(connection, version)

    async def revisions(self, story: str, since: datetime | None = None) -> list[Revision]:
        later = changes.c.at >= since if since else true()
        statement = select(changes).where(changes.c.story == story, later)
        async with self._database.connect() as connection:
            rows = [row async for row in rows_of(connection, statement.order_by(changes.c.number))]
        read = []
        for number, row in enumerate(rows):
            if not number % PART_CHANGES:
                await asyncio.sleep(0)
            read.append(((row.at, row.version), _change(row)))
        revisions = [
            Revision(version, aware(at), tuple(change for _, change in group))
            for (at, version), group in groupby(read, key=lambda one: one[0])
        ]
        return revisions[::-1]

    async def first_loaded(self, story: str) -> datetime | None:
        async with self._database.connect() as connection:
            at = await connection.scalar(select(editions.c.since).where(editions.c.story == story))
            return aware(at) if at else None


def _shown(row: Any) -> ShownMessage:
    """Return a row as a message, without its user: only the hash is stored."""
    facts, at = tuple(row.facts), aware(row.at)
    return ShownMessage(row.message, row.channel, row.is_list, row.story, row.version, row.locale, facts, at)


def _row(story: str, revision: Revision, change: Change) -> dict[str, Any]:
    return {
        "story": story,
        "version": revision.version,
        "at": revision.at,
        "fact": change.fact,
        "what": change.what,
        "before": _json(change.before),
        "after": _json(change.after),
    }


def _json(excerpt: Story | None) -> str | None:
    return excerpt.model_dump_json(exclude_defaults=True) if excerpt else None


def _change(row: Any) -> Change:
    return Change(row.fact, row.what, _excerpt(row.before), _excerpt(row.after))


def _excerpt(text: str | None) -> Story | None:
    """Return a stored excerpt; None if there is none, or if a later version of the bot cannot read it."""
    try:
        return Story.model_validate_json(text) if text else None
    except ValueError:
        log.warning("an excerpt of a story can no longer be read")
        return None
