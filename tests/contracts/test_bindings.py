"""The contract of bindings, for the real ones and for the fake."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answering.ports import Bindings
from bot.journal.journal import open_journal
from tests.contracts.databases import KEY, database_url
from tests.fakes import MemoryBindings

SERVER, CHANNEL, THREAD = 3, 5, 55


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
async def bindings(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bindings]:
    if request.param == "memory":
        yield MemoryBindings()
        return
    async with open_journal(await database_url(request, tmp_path), KEY) as journal:
        yield journal.bindings


async def test_nothing_is_bound_at_first(bindings: Bindings) -> None:
    assert bindings.story_of(SERVER, CHANNEL) is None
    assert bindings.story_of(None, CHANNEL) is None


async def test_the_nearest_place_decides(bindings: Bindings) -> None:
    await bindings.bind(SERVER, "of-the-server")
    assert bindings.story_of(SERVER, THREAD, CHANNEL) == "of-the-server"
    await bindings.bind(CHANNEL, "of-the-channel")
    assert bindings.story_of(SERVER, THREAD, CHANNEL) == "of-the-channel"
    await bindings.bind(THREAD, "of-the-thread")
    assert bindings.story_of(SERVER, THREAD, CHANNEL) == "of-the-thread"
    assert bindings.story_of(SERVER, CHANNEL) == "of-the-channel"


async def test_a_place_is_bound_anew_and_unbound(bindings: Bindings) -> None:
    await bindings.bind(SERVER, "one")
    await bindings.bind(SERVER, "other")
    assert bindings.story_of(SERVER, CHANNEL) == "other"
    await bindings.bind(SERVER, None)
    assert bindings.story_of(SERVER, CHANNEL) is None


async def test_bindings_outlive_the_process(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/journal.db"
    async with open_journal(url, None) as journal:
        await journal.bindings.bind(SERVER, "kept")
    async with open_journal(url, None) as journal:
        assert journal.bindings.story_of(SERVER, CHANNEL) == "kept"
