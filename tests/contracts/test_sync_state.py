"""The contract of small values that outlive a restart, for the real ones and for the fake."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answering.ports import SyncState
from bot.journal.journal import open_journal
from tests.contracts.databases import KEY, database_url
from tests.fakes import MemorySyncState


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
async def state(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SyncState]:
    if request.param == "memory":
        yield MemorySyncState()
        return
    async with open_journal(await database_url(request, tmp_path), KEY) as journal:
        yield journal


async def test_the_last_value_of_each_key_is_kept(state: SyncState) -> None:
    assert await state.read("a") is None
    await state.write("a", "1")
    await state.write("b", "2")
    await state.write("a", "3")
    assert (await state.read("a"), await state.read("b")) == ("3", "2")


async def test_a_value_may_be_any_text(state: SyncState) -> None:
    for value in ("", "'; DROP TABLE sync_state; --", "é 😀"):
        await state.write("a", value)
        assert await state.read("a") == value
