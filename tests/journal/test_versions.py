"""The journal keeps the versions of the stories whole, each file once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from bot.answering.history import Revision
from bot.answering.versions import KeptVersion, StoryFiles
from bot.journal import versions
from bot.journal.broadcasts import Broadcasts
from bot.journal.database import Database
from bot.journal.history import SqlHistory
from bot.journal.opening import open_database
from bot.journal.tables import blobs
from bot.journal.writer import open_writer

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    async with open_database(url) as opened:
        yield opened


@pytest.fixture
async def history(database: Database) -> AsyncIterator[SqlHistory]:
    async with open_writer(database) as writer:
        yield SqlHistory(database, writer, Broadcasts(database))


async def keep(history: SqlHistory, files: StoryFiles, after: KeptVersion | None = None, story: str = "bridge") -> bool:
    return await history.add_revision(story, {}, Revision(files.version, AT, ()), files, after)


async def last(history: SqlHistory, story: str = "bridge") -> KeptVersion:
    return (await history.versions(story, 1))[0]


async def number_of_files(database: Database) -> int:
    async with database.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(blobs)) or 0


def files(number: int) -> StoryFiles:
    return StoryFiles("bridge", {"story/story.yml": b"same", "story/facts.yml": b"facts %d" % number})


async def test_a_version_is_read_as_it_was_written_and_a_file_is_kept_once(
    database: Database, history: SqlHistory
) -> None:
    assert await keep(history, files(1))
    assert await keep(history, files(2), await last(history))
    assert await keep(history, files(1), await last(history))
    assert [await history.files(one) for one in await history.versions("bridge")] == [files(1), files(2), files(1)]
    assert await number_of_files(database) == 3


async def test_only_one_version_follows_another(history: SqlHistory) -> None:
    assert await keep(history, files(1))
    first = await last(history)
    assert await keep(history, files(2), first)
    assert not await keep(history, files(3), first)
    assert not await keep(history, files(3))
    assert (await last(history)).version == files(2).version


async def test_stories_are_told_apart(history: SqlHistory) -> None:
    assert await keep(history, files(1))
    assert await keep(history, files(2), story="tunnel")
    assert [one.story for one in await history.versions()] == ["tunnel", "bridge"]
    assert await keep(history, files(3), await last(history))
    assert [(one.story, one.version) for one in await history.published()] == [
        ("bridge", files(3).version),
        ("tunnel", files(2).version),
    ]
    assert [one.version for one in await history.versions("bridge")] == [files(3).version, files(1).version]


async def test_old_versions_go_with_the_files_that_only_they_have(
    database: Database, history: SqlHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "MAX_KEPT_VERSIONS", 2)
    assert await keep(history, files(0), story="tunnel")
    assert await keep(history, files(1))
    for number in (2, 3, 4):
        assert await keep(history, files(number), await last(history))
    assert [one.version for one in await history.versions("bridge")] == [files(4).version, files(3).version]
    assert await number_of_files(database) == 4
    assert await history.files(await last(history, "tunnel")) == files(0)
