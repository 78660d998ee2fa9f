"""The real process answers each question once, whatever is lost, and says what it could not answer when it stops."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.wire.lossy import BusyStandIn, LossyStandIn
from tests.wire.test_outages import START_SECONDS, started, stop
from tests.wire.test_wire import soon

FAILED = "Une erreur est survenue"
STOPPED = "Je dois m'arrêter un instant"
QUIET_SECONDS = 4.0  # in which nothing more may come
LOSSES = ["cut", "503", "500"]
WAITING = 50
STOPPED_WITHIN_SECONDS = 9.0  # five for what is under way, three for the journal


async def nothing_more(queue: "asyncio.Queue[Any]") -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(queue.get(), QUIET_SECONDS)


def outcomes(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as journal:
        return [row[0] for row in journal.execute("SELECT outcome FROM exchanges ORDER BY at")]


@pytest.mark.slow
async def test_a_reply_whose_response_is_lost_is_the_only_one(tmp_path: Path) -> None:
    async with LossyStandIn() as server:
        process = await started(server, tmp_path, owners="4001")
        try:
            await asyncio.wait_for(server.identified.get(), START_SECONDS)
            for loss in LOSSES:
                server.loss = loss
                await server.mention("Qui est Anna Petit ?")
                assert FAILED not in str(await soon(server.replies.get())), loss
                await server.again()
                await nothing_more(server.replies)
                server.loss = loss
                await server.command("ask", "fr", question="Qui garde le phare ?")
                assert (await soon(server.callbacks.get()))["type"] == 4
                await server.again()
                await nothing_more(server.callbacks)
            _, logged = await stop(process)
        finally:
            if process.returncode is None:
                process.kill()
    assert process.returncode == 0, logged
    assert "Traceback" not in logged
    assert outcomes(tmp_path / "data" / "journal.db") == ["answer", "abstain"] * len(LOSSES)


@pytest.mark.slow
async def test_a_bot_that_stops_answers_what_it_can_and_tells_the_rest(tmp_path: Path) -> None:
    async with BusyStandIn() as server:
        process = await started(server, tmp_path, owners="4001")
        try:
            await asyncio.wait_for(server.identified.get(), START_SECONDS)
            for _ in range(WAITING):
                await server.mention("Qui est Anna Petit ?")
            await soon(server.replies.get())
            since = time.monotonic()
            _, logged = await stop(process)
            seconds = time.monotonic() - since
        finally:
            if process.returncode is None:
                process.kill()
        rest = [server.replies.get_nowait()["content"] or "" for _ in range(server.replies.qsize())]
    told = [one for one in rest if STOPPED in one]
    answered = 1 + len(rest) - len(told)
    assert process.returncode == 0, logged
    assert seconds < STOPPED_WITHIN_SECONDS
    assert "Traceback" not in logged, logged
    counts = outcomes(tmp_path / "data" / "journal.db")
    assert counts.count("answer") == answered, (answered, told)
    assert counts.count("unanswered") == WAITING - answered
    assert len(told) <= 1
    assert told or answered >= 5
