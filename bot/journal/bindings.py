"""Store which story a server or channel is bound to: in the database, and in memory for reading."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.answering.ports import Bindings
from bot.journal.tables import bindings


class SqlBindings(Bindings):
    """The bindings in a database that only this process writes."""

    def __init__(self, engine: AsyncEngine, stories: Mapping[int, str]) -> None:
        self._engine = engine
        self._stories: dict[int | None, str] = {place: story for place, story in stories.items()}  # noqa: C416 - a wider key type

    @classmethod
    async def open(cls, engine: AsyncEngine) -> "SqlBindings":
        """Load the bindings."""
        async with engine.connect() as connection:
            rows = await connection.execute(select(bindings.c.place, bindings.c.story))
            return cls(engine, {row.place: row.story for row in rows})

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        places = (channel, parent, guild)
        return next((self._stories[place] for place in places if place in self._stories), None)

    async def bind(self, place: int, story: str | None) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(delete(bindings).where(bindings.c.place == place))
            if story is not None:
                await connection.execute(insert(bindings).values(place=place, story=story))
        if story is None:
            self._stories.pop(place, None)
        else:
            self._stories[place] = story
