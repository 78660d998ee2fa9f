"""Show a user what is stored about them, delete it, and store nothing more if they opt out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.ports import Privacy
from bot.answering.privacy import StoredData
from bot.journal.askers import Askers
from bot.journal.bindings import SqlBindings
from bot.journal.broadcasts import Broadcasts
from bot.journal.counts import count_exchanges
from bot.journal.database import MAX_STEP_ROWS, Database, rows_of
from bot.journal.erasing import Eraser
from bot.journal.gaps import LATER
from bot.journal.tables import bindings, exchanges, mistakes, opt_outs, shown, uses, votes, waits
from bot.journal.upserts import insert
from bot.journal.writer import READ_WAIT_SECONDS, Writer

TABLES_BY_ASKER = (exchanges, votes, mistakes, shown)  # tables that identify a user by the hash
HIDDEN_COLUMNS = {"asker"}  # columns that mean nothing to a user
OPTED = "opted"  # the kind of broadcast that a user opted out, or in again
FORGOTTEN = "forgotten"  # the same, that a user's data were deleted
MAX_PARAMETERS = 500  # in one statement
ANSWERED_LATER = exchanges.c.surface == literal_column(f"'{LATER}'")  # in the words of the index exchanges_later


class SqlPrivacy(Privacy):
    """Users' privacy in a database; the opt-outs are also in memory, since every question checks them."""

    def __init__(
        self,
        database: Database,
        writer: Writer,
        askers: Askers,
        bound: SqlBindings,
        eraser: Eraser,
        broadcasts: Broadcasts,
        retention_days: int,
    ) -> None:
        self._database = database
        self._writer = writer
        self._askers = askers
        self._bindings = bound
        self._eraser = eraser
        self._broadcasts = broadcasts
        self._retention_days = retention_days
        self._opted_out: set[str] = set()
        database.restore_by(self._restore)
        broadcasts.hear(OPTED, self._read)
        broadcasts.hear(FORGOTTEN, self._drop)

    async def load(self) -> None:
        """Load the opt-outs."""
        async with self._database.connect() as connection:
            self._opted_out.update(await connection.scalars(select(opt_outs.c.asker)))

    def is_opted_out(self, user: int) -> bool:
        return self._askers.hash(user) in self._opted_out

    async def opt_out(self, user: int, at: datetime, *, out: bool) -> None:
        asker = self._askers.hash(user)
        async with self._database.begin() as connection:
            if out:
                await connection.execute(
                    insert(connection, opt_outs).on_conflict_do_nothing(), {"asker": asker, "at": at}
                )
                await connection.execute(delete(waits).where(waits.c.user == user))
                await connection.execute(update(mistakes).where(mistakes.c.reporter == user).values(reporter=None))
            else:
                await connection.execute(delete(opt_outs).where(opt_outs.c.asker == asker))
            await self._broadcasts.send(connection, OPTED, asker)
        if out:
            self._opted_out.add(asker)
            self._eraser.wake()
        else:
            self._opted_out.discard(asker)

    async def stored(self, user: int) -> StoredData:
        await self._writer.flush(READ_WAIT_SECONDS)
        rows: dict[str, tuple[dict[str, Any], ...]] = {}
        async with self._database.connect() as connection:
            for table, own in self._own(user):
                found = [_plain(row) async for row in rows_of(connection, select(table).where(own))]
                rows[table.name] = tuple(found)
        return StoredData(self.is_opted_out(user), rows, self._retention_days)

    async def forget(self, user: int) -> int:
        await self._writer.flush(READ_WAIT_SECONDS)
        number = 0
        async with self._database.begin() as connection:
            places = await connection.scalars(select(bindings.c.place).where(self._own_bindings(user)))
            unbound = list(places)
            await self._forget_words(connection, user)
            await connection.execute(delete(uses).where(uses.c.asker == self._askers.hash(user)))
            for table, rows in self._own(user)[:0:-1]:  # bindings first: the exchanges say whose the older ones are
                number += (await connection.execute(delete(table).where(rows))).rowcount
            await self._bindings.unbound(connection, unbound)
            await self._broadcasts.send(connection, FORGOTTEN, self._askers.hash(user))
        self._bindings.discard(unbound)
        number += await self._forget_exchanges(user)
        await self._eraser.erase()
        return number

    async def _forget_exchanges(self, user: int) -> int:
        """Delete a user's exchanges in parts, and their counts; what is left if that fails is deleted the next time."""
        own = select(exchanges).where(exchanges.c.asker == self._askers.hash(user)).limit(MAX_STEP_ROWS)
        parts = [MAX_STEP_ROWS]

        def forget_part(connection: Connection) -> None:
            rows = connection.execute(own).all()
            connection.execute(delete(exchanges).where(exchanges.c.id.in_([row.id for row in rows])))
            count_exchanges(connection, rows, -1)
            parts.append(len(rows))

        while parts[-1] == MAX_STEP_ROWS:
            await self._database.write(forget_part)
        return sum(parts[1:])

    async def _read(self, asker: str) -> None:
        """Read whether a user has opted out in another process."""
        async with self._database.connect() as connection:
            is_out = (await connection.execute(select(opt_outs).where(opt_outs.c.asker == asker))).first()
        if is_out:
            self._opted_out.add(asker)
        else:
            self._opted_out.discard(asker)

    async def _drop(self, asker: str) -> None:
        """Write nothing more of a user whose data another process has deleted."""
        self._writer.drop(asker)

    def _own(self, user: int) -> list[tuple[Table, Any]]:
        """Return each table with the condition that selects a user's rows."""
        asker = self._askers.hash(user)
        by_asker = ((table, table.c.asker == asker) for table in TABLES_BY_ASKER)
        return [*by_asker, (waits, waits.c.user == user), (bindings, self._own_bindings(user))]

    def _own_bindings(self, user: int) -> Any:
        """Return the condition that selects the bindings of a user's direct messages.

        Older releases did not store whose they are; a question there does.
        """
        asker = self._askers.hash(user)
        asked = select(exchanges.c.channel).where(exchanges.c.asker == asker, exchanges.c.guild.is_(None))
        return or_(bindings.c.asker == asker, bindings.c.asker.is_(None) & bindings.c.place.in_(asked))

    async def _forget_words(self, connection: AsyncConnection, user: int) -> None:
        """Delete what others' rows have of a user's questions: waits for an answer, and questions answered later."""
        own = exchanges.c.asker == self._askers.hash(user)
        rows = [row async for row in rows_of(connection, select(exchanges.c.id, exchanges.c.understood).where(own))]
        for ids in _parts([row.id for row in rows]):
            following = select(exchanges.c.id).where(exchanges.c.follows.in_(ids))
            about = waits.c.exchange.in_(ids) | waits.c.exchange.in_(following)
            await connection.execute(delete(waits).where(about, waits.c.user != user))
        for texts in _parts(sorted({row.understood for row in rows if row.understood})):
            answered = ANSWERED_LATER, exchanges.c.understood.in_(texts)
            await connection.execute(update(exchanges).where(*answered).values(question="", understood=""))

    def _restore(self, connection: Connection) -> None:
        """Take over the opt-outs of a database that was put in this one's place, and give it those in memory."""
        now = datetime.now(UTC)
        if self._opted_out:
            rows = [{"asker": asker, "at": now} for asker in self._opted_out]
            connection.execute(insert(connection, opt_outs).on_conflict_do_nothing(), rows)
        self._opted_out.update(connection.scalars(select(opt_outs.c.asker)))


def _parts(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[start : start + MAX_PARAMETERS] for start in range(0, len(values), MAX_PARAMETERS)]


def _plain(row: Any) -> dict[str, Any]:
    """Return a row as values ready for JSON."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items()
        if name not in HIDDEN_COLUMNS
    }
