"""A database that is locked, full, read-only, removed or damaged delays no answer, and loses nothing silently."""

import asyncio
import logging
import resource
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot import JournalUnreachableError
from bot.answering.feedback import Mistake
from bot.app import SWITCH_SECONDS
from bot.journal import sqlite
from bot.journal import writer as module
from bot.journal.database import Database
from bot.journal.journal import SqlJournal, open_journal
from bot.journal.sqlite_database import SqliteDatabase
from tests.journal.test_feedback import waiting
from tests.journal.test_journal import exchange, rows

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)
KEY = "a key for the tests only"
TOLD_WITHIN_SECONDS = 3.0
Outage = Callable[[Path, Database], AbstractContextManager[None]]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/journal.db"


@pytest.fixture
async def journal(url: str) -> AsyncIterator[SqlJournal]:
    async with open_journal(url, KEY) as opened:
        opened.record(exchange(1))
        await opened.flush()
        yield opened


@contextmanager
def locked(file: Path, _database: Database) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(_file: Path, _database: Database) -> Iterator[None]:
    """No file may grow, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(_file: Path, database: Database) -> Iterator[None]:
    state = ["ON"]

    def check_out(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.cursor().execute(f"PRAGMA query_only = {state[0]}")

    assert isinstance(database, SqliteDatabase)
    for engine in (database.engine.sync_engine, database.blocking):
        event.listen(engine, "checkout", check_out)
    yield
    state[0] = "OFF"


@contextmanager
def damaged(file: Path, _database: Database) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    file.write_bytes(b"\xff" * len(whole))
    yield
    file.write_bytes(whole)


OUTAGES = [locked, full, read_only, damaged]


async def unreachable(work: Any) -> None:
    """Await what must say within three seconds that the database cannot be reached."""
    started = time.monotonic()
    with pytest.raises(JournalUnreachableError):
        await work
    assert time.monotonic() - started < TOLD_WITHIN_SECONDS


async def written(tmp_path: Path, number: int) -> list[str]:
    """Wait for so many exchanges; return the ids."""
    for _ in range(600):
        found = [row[0] for row in rows(tmp_path, "id")]
        if len(found) >= number:
            return found
        await asyncio.sleep(0.05)
    return found


@pytest.mark.clock
@pytest.mark.parametrize("outage", OUTAGES)
async def test_what_is_recorded_meanwhile_is_written_afterwards_and_the_log_is_no_flood(
    journal: SqlJournal, tmp_path: Path, outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    with outage(tmp_path / "journal.db", journal._database):
        for number in range(2, 200):
            started = time.perf_counter()
            journal.record(exchange(number))
            assert time.perf_counter() - started < 0.02
        await asyncio.sleep(1.5)
        for press in range(4):
            await unreachable(journal.feedback.vote("1", press, AT, helpful=True))
        await unreachable(journal.feedback.report(Mistake("1", "Faux.", "", AT), 7))
        await unreachable(journal.feedback.wait(waiting(1, 7, "Qui ?")))
        await unreachable(journal.privacy.opt_out(7, AT, out=True))
        await unreachable(journal.privacy.forget(7))
        await unreachable(journal.privacy.stored(7))
        assert not journal.privacy.is_opted_out(7)
        asked = await journal.question_log.asked(f"{150:012x}")  # still queued: memory has it
        assert asked is not None
    assert len(await written(tmp_path, 199)) == 199
    await journal.feedback.vote("1", 7, AT, helpful=True)
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(told) <= 2
    assert "cannot be reached" in told[0].message
    assert all(record.exc_info is None for record in told)


@pytest.mark.clock
@pytest.mark.parametrize("outage", OUTAGES)
async def test_a_shutdown_takes_seconds_and_counts_what_is_lost(
    url: str, tmp_path: Path, outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(exchange(1))
        await journal.flush()
        broken = outage(tmp_path / "journal.db", journal._database)
        broken.__enter__()
        for number in range(2, 500):
            journal.record(exchange(number))
        started = time.monotonic()
    assert time.monotonic() - started < 4
    broken.__exit__(None, None, None)
    assert "lost: 498 rows of exchanges" in caplog.text
    assert len(rows(tmp_path, "id")) == 1


async def test_what_was_written_is_not_counted_as_lost(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        async with open_journal(url, KEY) as journal:
            journal.record(exchange(1))
    assert "lost: nothing" in caplog.text


@pytest.mark.parametrize("with_log", [True, False])
async def test_a_database_that_was_removed_is_made_anew_with_what_memory_holds(
    journal: SqlJournal, url: str, tmp_path: Path, with_log: bool
) -> None:
    await journal.privacy.opt_out(8, AT, out=True)
    await journal.bindings.bind(3, "bridge")
    for ending in ("", "-wal", "-shm") if with_log else ("",):
        (tmp_path / f"journal.db{ending}").unlink()
    for number in range(2, 20):
        journal.record(exchange(number))
    await journal.flush(10)
    await journal.feedback.vote("1", 7, AT, helpful=True)
    assert [row[0] for row in rows(tmp_path, "id")] == [f"{number:012x}" for number in range(2, 20)]
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    async with open_journal(url, KEY) as again:
        assert again.privacy.is_opted_out(8)
        assert again.bindings.story_of(3, 5) == "bridge"


async def test_a_backup_that_is_put_in_place_is_used_and_keeps_later_opt_outs(
    journal: SqlJournal, tmp_path: Path
) -> None:
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/backup.db", KEY) as other:
        other.record(exchange(77))
        await other.privacy.opt_out(9, AT, out=True)
    await journal.privacy.opt_out(8, AT, out=True)
    (tmp_path / "backup.db").replace(tmp_path / "journal.db")
    journal.record(exchange(2))
    await journal.flush(10)
    assert [row[0] for row in rows(tmp_path, "id")] == [f"{2:012x}", f"{77:012x}"]
    assert journal.privacy.is_opted_out(8)
    assert journal.privacy.is_opted_out(9)


async def test_a_backup_that_is_copied_over_the_file_is_not_mixed_with_what_was_there(
    journal: SqlJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy empties the file first, and then fills it; the write-ahead log still has rows of before."""
    monkeypatch.setattr(sqlite, "COPY_BEGINS_WITHIN_SECONDS", 60.0)  # on a busy machine
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/backup.db", KEY) as other:
        other.record(exchange(77))
    file, backup = tmp_path / "journal.db", (tmp_path / "backup.db").read_bytes()
    file.write_bytes(b"")
    journal.record(exchange(2))
    written = asyncio.create_task(journal.flush(60))  # tries again and again, also while the file is being copied
    await asyncio.sleep(0.1)
    with file.open("r+b") as opened:
        for start in range(0, len(backup), 80_000):
            opened.write(backup[start : start + 80_000])
            opened.flush()
            await asyncio.sleep(0.1)
    await written
    assert [row[0] for row in rows(tmp_path, "id")] == [f"{2:012x}", f"{77:012x}"]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_another_keys_database_is_not_written_to(journal: SqlJournal, tmp_path: Path) -> None:
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/backup.db", "another key for the tests"):
        pass
    (tmp_path / "backup.db").replace(tmp_path / "journal.db")
    await unreachable(journal.feedback.vote("1", 7, AT, helpful=True))


async def test_a_folder_that_is_gone_is_waited_for(journal: SqlJournal, tmp_path: Path) -> None:
    for path in tmp_path.glob("journal.db*"):  # noqa: ASYNC240
        path.unlink()
    (tmp_path / "journal.db").mkdir()
    await unreachable(journal.feedback.vote("1", 7, AT, helpful=True))
    (tmp_path / "journal.db").rmdir()
    await journal.feedback.vote("1", 7, AT, helpful=True)


async def test_a_full_queue_drops_and_says_how_much(
    journal: SqlJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "MAX_QUEUED_ROWS", 20)
    monkeypatch.setattr(module, "GATHER_SECONDS", 0.0)  # so that it is tried while the file is locked
    with locked(tmp_path / "journal.db", journal._database):
        for number in range(2, 52):
            journal.record(exchange(number))
        assert journal._writer.lost == {"exchanges": 30}
        await asyncio.sleep(0.1)
    assert len(await written(tmp_path, 21)) == 21
    assert len(caplog.records) <= 2
    assert "rows of exchanges were lost" in caplog.text


@pytest.mark.clock
async def test_what_is_answered_is_in_the_database_within_a_tenth_of_a_second(
    journal: SqlJournal, tmp_path: Path
) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)  # as in the app
    busy = [asyncio.create_task(asyncio.to_thread(_compute, 3.0)) for _ in range(2)]
    waits = []
    for number in range(2, 120):
        started = time.perf_counter()
        journal.record(exchange(number))
        await journal.flush()
        waits.append(time.perf_counter() - started)
        await asyncio.sleep(0.01)
    await asyncio.gather(*busy)
    sys.setswitchinterval(before)
    assert sorted(waits)[int(len(waits) * 0.9)] < 0.1


def _compute(seconds: float) -> None:
    """Hold Python's lock, as a question that is being decided does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        sum(range(1000))
