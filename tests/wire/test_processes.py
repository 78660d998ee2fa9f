"""Three processes with two shards each, on one PostgreSQL: each question is answered once, and all serve the same."""

import asyncio
import shutil
from asyncio.subprocess import Process
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path

import pytest

from tests.postgres import executed, new_database
from tests.small_story import BRIDGE, edit
from tests.wire.process import running
from tests.wire.sharded import Sharded, channel
from tests.wire.stand_in import MEMBER
from tests.wire.test_wire import ASKED, MENTIONED, soon, words_of

COUNT = 6
SHARDS = ("0,1", "2,3", "4,5")
HEARD_WITHIN_SECONDS = 2.0


def serving(server: Sharded, folder: Path, url: str, shards: str) -> AbstractAsyncContextManager[Process]:
    """Run a process with some of the shards; the first one loads the stories again when their files are saved."""
    own = {"knowledge": str(folder / "knowledge"), "database_url": url, "hash_key": "a key for the tests only"}
    own |= {"shard_count": str(COUNT), "shard_ids": shards, "owners": MEMBER}  # owners have no cooldown
    return running(server, folder, **own, auto_reload=str(shards == SHARDS[0]))


async def answer(server: Sharded, shard: int, question: str = MENTIONED) -> str:
    """Ask in a shard's server; return what the only reply says."""
    await server.ask(shard, question)
    place, message = await soon(server.sent.get())
    assert place == channel(shard)
    return words_of(message)


async def stored(url: str, table: str, number: int) -> None:
    """Wait until a table has as many rows."""
    while (await executed(url, f"SELECT count(*) FROM {table}")) != [(number,)]:  # noqa: ASYNC110, S608 - others write
        await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_three_processes_answer_once_serve_the_same_and_outlive_each_other(postgres: str, tmp_path: Path) -> None:
    for name in ("knowledge", "seeds"):
        shutil.copytree(BRIDGE / name, tmp_path / name)
    url = await new_database(postgres)
    async with Sharded() as server, AsyncExitStack() as stack:
        processes = [await stack.enter_async_context(serving(server, tmp_path, url, shards)) for shards in SHARDS]
        identified = [(await asyncio.wait_for(server.identified.get(), 60))["shard"] for _ in range(COUNT)]
        assert sorted(identified) == [[shard, COUNT] for shard in range(COUNT)]
        for shard in (0, 2, 4):
            assert "ingénieure en chef" in await answer(server, shard)
        await asyncio.sleep(0.5)
        assert server.sent.empty()

        edit(tmp_path, "works.yml", "Petit est l'ingénieure en chef", "Petit est l'ingénieure principale")
        await soon(stored(url, "versions", 2))
        await asyncio.sleep(HEARD_WITHIN_SECONDS)
        for shard in (1, 3, 5):
            assert "ingénieure principale" in await answer(server, shard)

        await soon(stored(url, "exchanges", 6))
        processes[2].kill()
        await soon(processes[2].wait())
        for shard in range(4):
            assert "49" in await answer(server, shard, ASKED)
        await soon(stored(url, "exchanges", 10))
    assert await executed(url, "SELECT DISTINCT outcome FROM exchanges") == [("answer",)]
