"""Three processes with two shards each, on one PostgreSQL: each question is answered once, and all serve the same."""

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.postgres import executed, new_database
from tests.small_story import BRIDGE, edit
from tests.wire.sharded import Sharded, channel
from tests.wire.stand_in import MEMBER
from tests.wire.test_wire import ASKED, LOGIN, MENTIONED, soon, words_of

COUNT = 6
SHARDS = ("0,1", "2,3", "4,5")
HEARD_WITHIN_SECONDS = 2.0


@asynccontextmanager
async def running(server: Sharded, folder: Path, url: str, shards: str) -> AsyncIterator[Process]:
    """Run a process with some of the shards; the first one loads the stories again when their files are saved."""
    environment = {
        "DISCORD_TOKEN": LOGIN,
        "ONRECORD_DISCORD_API": server.api,
        "ONRECORD_DISCORD_GATEWAY": server.gateway,
        "ONRECORD_KNOWLEDGE": str(folder / "knowledge"),
        "ONRECORD_CACHE": os.environ["ONRECORD_CACHE"],
        "ONRECORD_DATABASE_URL": url,
        "ONRECORD_HASH_KEY": "a key for the tests only",
        "ONRECORD_OWNERS": MEMBER,  # who have no cooldown
        "ONRECORD_SHARD_COUNT": str(COUNT),
        "ONRECORD_SHARD_IDS": shards,
        "ONRECORD_AUTO_RELOAD": "true" if shards == SHARDS[0] else "false",
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdin=DEVNULL, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        _, logged = await process.communicate()
        sys.stderr.write(logged.decode())
    assert b"Traceback" not in logged


async def answer(server: Sharded, shard: int, question: str = MENTIONED) -> str:
    """Ask in a shard's server; return what the only reply says."""
    await server.ask(shard, question)
    place, message = await soon(server.sent.get())
    assert place == channel(shard)
    return words_of(message)


async def published(url: str, number: int) -> None:
    """Wait until there are as many versions of the story."""
    while (await executed(url, "SELECT count(*) FROM versions")) != [(number,)]:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_three_processes_answer_once_serve_the_same_and_outlive_each_other(postgres: str, tmp_path: Path) -> None:
    for name in ("knowledge", "seeds"):
        shutil.copytree(BRIDGE / name, tmp_path / name)
    url = await new_database(postgres)
    async with Sharded() as server, AsyncExitStack() as stack:
        processes = [await stack.enter_async_context(running(server, tmp_path, url, shards)) for shards in SHARDS]
        identified = [(await asyncio.wait_for(server.identified.get(), 60))["shard"] for _ in range(COUNT)]
        assert sorted(identified) == [[shard, COUNT] for shard in range(COUNT)]
        for shard in (0, 2, 4):
            assert "ingénieure en chef" in await answer(server, shard)
        await asyncio.sleep(0.5)
        assert server.sent.empty()

        edit(tmp_path, "works.yml", "Petit est l'ingénieure en chef", "Petit est l'ingénieure principale")
        await soon(published(url, 2))
        await asyncio.sleep(HEARD_WITHIN_SECONDS)
        for shard in (1, 3, 5):
            assert "ingénieure principale" in await answer(server, shard)

        await asyncio.sleep(0.5)  # what is answered is in the journal soon
        processes[2].kill()
        await soon(processes[2].wait())
        for shard in range(4):
            assert "49" in await answer(server, shard, ASKED)
    counted = await executed(url, "SELECT outcome, count(*) FROM exchanges GROUP BY outcome")
    assert counted == [("answer", 10)]
