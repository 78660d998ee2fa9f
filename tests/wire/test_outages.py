"""The real process while its database is locked, full, removed or damaged: it answers, tells readers, and stops."""

import asyncio
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.wire.process import start_bot
from tests.wire.stand_in import GUILD, StandIn
from tests.wire.test_wire import MENTIONED, soon, words_of

STOPPED_WITHIN_SECONDS = 5.0
TOLD_WITHIN_SECONDS = 3.0
ANSWERED_WITHIN_SECONDS = 2.0  # on a busy machine
MEANWHILE = ["Qui est Jeanne Roy ?", "Quand le pont a-t-il fermé ?"]
AWAY = "Je n'arrive pas à joindre ma base de données"
Break = Callable[[Path, int], AbstractContextManager[None]]


@contextmanager
def healthy(_file: Path, _process: int) -> Iterator[None]:
    yield


@contextmanager
def locked(file: Path, _process: int) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(_file: Path, process: int) -> Iterator[None]:
    """No file of the process may grow, as on a full disk."""
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    with suppress(ProcessLookupError):  # it has ended
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


@contextmanager
def removed(file: Path, _process: int) -> Iterator[None]:
    """The file is gone, and so is its folder: it cannot be made anew yet."""
    folder = file.parent.rename(file.parent.with_name("elsewhere"))
    yield
    for path in folder.iterdir():
        path.unlink()
    folder.rename(file.parent)


@contextmanager
def damaged(file: Path, _process: int) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    file.write_bytes(b"\xff" * len(whole))
    yield
    file.write_bytes(whole)


START_SECONDS = 90.0  # on a busy machine
READY_SECONDS = 2.5  # discord.py is ready two seconds after it connects, and complains if it was closed before
BREAKS = [locked, full, removed, damaged]


async def started(server: StandIn, folder: Path, **settings: Any) -> asyncio.subprocess.Process:
    """Start the bot with its database in a folder of its own."""
    (folder / "data").mkdir()
    own: dict[str, Any] = {
        "database_url": f"sqlite+aiosqlite:///{folder}/data/journal.db",
        "hash_key": "a key for the tests only",
    }
    return await start_bot(server, folder, **own, editor_guilds=GUILD, **settings)


async def stop(process: asyncio.subprocess.Process) -> tuple[float, str]:
    """Stop the process as a service manager does; return the seconds that it took, and the log."""
    since = time.monotonic()
    process.terminate()
    _, logged = await asyncio.wait_for(process.communicate(), 30)
    return time.monotonic() - since, logged.decode()


async def answered(server: StandIn, text: str = MENTIONED) -> float:
    since = time.monotonic()
    await server.mention(text)
    assert words_of(await soon(server.replies.get()))
    return time.monotonic() - since


async def told(server: StandIn) -> str:
    """Ask what is stored; return what is said, at once or after a deferral."""
    await server._interact(2, "privacy", "fr", [{"type": 1, "name": "show", "options": []}])
    callback: Any = await soon(server.callbacks.get())
    if callback["type"] == 4:
        return str(callback["data"]["content"])
    return str((await soon(server.followups.get()))["content"])


@pytest.mark.slow
@pytest.mark.parametrize("broken", BREAKS)
async def test_the_process_answers_tells_and_writes_when_the_database_is_back(tmp_path: Path, broken: Break) -> None:
    async with StandIn() as server:
        process = await started(server, tmp_path)
        try:
            await asyncio.wait_for(server.identified.get(), START_SECONDS)
            await answered(server)
            file = tmp_path / "data" / "journal.db"
            with broken(file, process.pid):
                waits = [await answered(server, text) for text in MEANWHILE]
                since = time.monotonic()
                assert (await told(server)).startswith(AWAY)
                assert time.monotonic() - since < TOLD_WITHIN_SECONDS
                assert max(waits) < ANSWERED_WITHIN_SECONDS
            for _ in range(200):
                if (await told(server)).startswith("Voici"):
                    break
                await asyncio.sleep(0.1)
            seconds, logged = await stop(process)
        finally:
            if process.returncode is None:
                process.kill()
        assert process.returncode == 0, logged
        assert seconds < STOPPED_WITHIN_SECONDS
        assert "Traceback" not in logged
        assert "lost: nothing" in logged
        assert logged.count("cannot be reached") <= 2, logged
        with closing(sqlite3.connect(file)) as journal:
            kept = [row[0] for row in journal.execute("SELECT question FROM exchanges ORDER BY at")]
        assert kept[-2:] == MEANWHILE


@pytest.mark.slow
@pytest.mark.parametrize("broken", [healthy, *BREAKS])
async def test_the_process_stops_within_five_seconds_and_says_what_is_lost(tmp_path: Path, broken: Break) -> None:
    async with StandIn() as server:
        process = await started(server, tmp_path)
        try:
            await asyncio.wait_for(server.identified.get(), START_SECONDS)
            await answered(server)
            await asyncio.sleep(READY_SECONDS)
            with broken(tmp_path / "data" / "journal.db", process.pid):
                await answered(server, "Qui est Jeanne Roy ?")
                await asyncio.sleep(0.5)
                seconds, logged = await stop(process)
        finally:
            if process.returncode is None:
                process.kill()
        assert process.returncode == 0, logged
        assert seconds < STOPPED_WITHIN_SECONDS, logged
        assert "Traceback" not in logged
        lost = "lost: nothing" if broken is healthy else "lost: 1 rows of exchanges, 1 rows of shown"
        assert lost in logged
