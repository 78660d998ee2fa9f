"""Store which story a server or channel is bound to: in the database, and in memory for reading."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.ports import Bindings
from bot.journal.askers import Askers
from bot.journal.broadcasts import Broadcasts
from bot.journal.database import Database
from bot.journal.tables import bindings
from bot.journal.upserts import insert

BOUND = "bound"  # the kind of broadcast that a place was bound or unbound


class SqlBindings(Bindings):
    """The bindings in a database; they are also in memory, since every question looks for them."""

    def __init__(
        self, database: Database, askers: Askers, broadcasts: Broadcasts, rows: Mapping[int, tuple[str, str | None]]
    ) -> None:
        self._database = database
        self._askers = askers
        self._broadcasts = broadcasts
        # By place: the story, and the asker if it is in direct messages.
        self._rows: dict[int | None, tuple[str, str | None]] = dict(rows.items())
        database.restore_by(self._restore)
        broadcasts.hear(BOUND, self._read)

    @classmethod
    async def open(cls, database: Database, askers: Askers, broadcasts: Broadcasts) -> "SqlBindings":
        """Load the bindings."""
        async with database.connect() as connection:
            rows = await connection.execute(select(bindings))
            return cls(database, askers, broadcasts, {row.place: (row.story, row.asker) for row in rows})

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        places = (channel, parent, guild)
        return next((self._rows[place][0] for place in places if place in self._rows), None)

    async def bind(self, place: int, story: str | None, user: int | None = None) -> None:
        asker = None if user is None else self._askers.hash(user)
        async with self._database.begin() as connection:
            await connection.execute(delete(bindings).where(bindings.c.place == place))
            if story is not None:
                await connection.execute(insert(connection, bindings).values(place=place, story=story, asker=asker))
            await self._broadcasts.send(connection, BOUND, str(place))
        self.discard((place,))
        if story is not None:
            self._rows[place] = story, asker

    def discard(self, places: Collection[int]) -> None:
        """Forget the bindings of places that are no longer stored."""
        for place in places:
            self._rows.pop(place, None)

    async def unbound(self, connection: AsyncConnection, places: Iterable[int]) -> None:
        """Tell other processes that the bindings of these places are no longer stored."""
        for place in places:
            await self._broadcasts.send(connection, BOUND, str(place))

    async def _read(self, value: str) -> None:
        """Read what another process has bound or unbound."""
        place = int(value)
        async with self._database.connect() as connection:
            row = (await connection.execute(select(bindings).where(bindings.c.place == place))).first()
        if row:
            self._rows[place] = row.story, row.asker
        else:
            self.discard((place,))

    def _restore(self, connection: Connection) -> None:
        rows = [{"place": place, "story": story, "asker": asker} for place, (story, asker) in self._rows.items()]
        if rows:
            connection.execute(insert(connection, bindings).on_conflict_do_nothing(), rows)
