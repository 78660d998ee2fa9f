"""Store which story a server or channel is bound to: in the database, and in memory for reading."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select

from bot.answering.ports import Bindings
from bot.journal.askers import Askers
from bot.journal.database import Database
from bot.journal.tables import bindings
from bot.journal.upserts import insert


class SqlBindings(Bindings):
    """The bindings in a database that only this process writes."""

    def __init__(self, database: Database, askers: Askers, rows: Mapping[int, tuple[str, str | None]]) -> None:
        self._database = database
        self._askers = askers
        self._rows: dict[int | None, tuple[str, str | None]] = dict(
            rows.items()
        )  # story, and the asker if in direct messages
        database.restore_by(self._restore)

    @classmethod
    async def open(cls, database: Database, askers: Askers) -> "SqlBindings":
        """Load the bindings."""
        async with database.connect() as connection:
            rows = await connection.execute(select(bindings))
            return cls(database, askers, {row.place: (row.story, row.asker) for row in rows})

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        places = (channel, parent, guild)
        return next((self._rows[place][0] for place in places if place in self._rows), None)

    async def bind(self, place: int, story: str | None, user: int | None = None) -> None:
        asker = None if user is None else self._askers.hash(user)
        async with self._database.begin() as connection:
            await connection.execute(delete(bindings).where(bindings.c.place == place))
            if story is not None:
                await connection.execute(insert(connection, bindings).values(place=place, story=story, asker=asker))
        self.discard((place,))
        if story is not None:
            self._rows[place] = story, asker

    def discard(self, places: Collection[int]) -> None:
        """Forget the bindings of places that are no longer stored."""
        for place in places:
            self._rows.pop(place, None)

    def _restore(self, connection: Connection) -> None:
        rows = [{"place": place, "story": story, "asker": asker} for place, (story, asker) in self._rows.items()]
        if rows:
            connection.execute(insert(connection, bindings).on_conflict_do_nothing(), rows)
