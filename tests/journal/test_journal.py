"""The exchanges, errors and limits of the journal: it stores everything, delays nobody, and names nobody."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.answering.exchange import Exchange
from bot.answering.head import AsOf, Head
from bot.journal import writer
from bot.journal.database import JournalError
from bot.journal.journal import open_journal
from bot.journal.opening import open_database
from bot.journal.tables import metadata
from tests.conftest import PATIENCE
from tests.fakes import context


def exchange(number: int = 0, text: str = "Qui ?") -> Exchange:
    return Exchange(
        id=f"{number:012x}",
        follows=None,
        head=Head("bridge", "", "0123456789ab", "fr", AsOf("2020-06")),
        context=context(),
        surface="ask",
        question=text,
        understood=text,
        outcome="answer",
        cause=None,
        facts=("bridge-closed",),
        score=0.9,
        elapsed_ms=1.5,
    )


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/journal.db"


def rows(tmp_path: Path, columns: str = "*") -> Sequence[Any]:
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        return connection.execute(f"SELECT {columns} FROM exchanges ORDER BY id").fetchall()  # noqa: S608


async def test_an_exchange_is_kept_whole(url: str, tmp_path: Path) -> None:
    async with open_journal(url, "a key for the tests only") as journal:
        journal.record(exchange())
    columns = "id, surface, guild, channel, locale, question, outcome, facts, score, story, version, elapsed_ms"
    assert rows(tmp_path, columns) == [
        ("0" * 12, "ask", 3, 5, "fr", "Qui ?", "answer", '["bridge-closed"]', 0.9, "bridge", "0123456789ab", 1.5)
    ]


async def test_every_column_of_an_exchange_is_written(url: str, tmp_path: Path) -> None:
    async with open_journal(url, None) as journal:
        journal.record(replace(exchange(), follows="f" * 12, cause="no_fact"))
    (row,) = rows(tmp_path)
    assert None not in row


async def test_a_shutdown_writes_what_is_still_in_the_queue(url: str, tmp_path: Path) -> None:
    async with open_journal(url, None) as journal:
        for number in range(1000):
            journal.record(exchange(number))
    assert len(rows(tmp_path)) == 1000


async def test_a_shutdown_does_not_wait_for_a_write_that_never_ends(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.journal.writer.SHUTDOWN_WAIT_SECONDS", 0.05)

    async def never(_work: object) -> None:
        await asyncio.Event().wait()

    async with asyncio.timeout(3), open_journal(url, None) as journal:
        monkeypatch.setattr(journal._database, "write", never)
        journal.record(exchange())
    assert "lost: 1 rows of exchanges" in caplog.text


async def test_rows_of_a_moment_are_one_transaction_unless_somebody_waits_for_them(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_journal(url, None) as journal:
        with monkeypatch.context() as patch:
            patch.setattr(writer, "GATHER_SECONDS", 60.0)  # a busy machine may take the usual moment for three rows
            for number in range(3):
                journal.record(exchange(number))
                await asyncio.sleep(0.001)
            assert (journal.unwritten, len(rows(tmp_path))) == (3, 0)
            await journal.flush()
            assert len(rows(tmp_path)) == 3
        journal.record(exchange(3))
        async with asyncio.timeout(PATIENCE):
            while journal.unwritten:  # noqa: ASYNC110 - nobody hurries it
                await asyncio.sleep(0.01)
        assert len(rows(tmp_path)) == 4


@pytest.mark.clock
async def test_recording_never_waits(url: str) -> None:
    async with open_journal(url, None) as journal:
        started = time.perf_counter()
        for number in range(1000):
            journal.record(exchange(number))
        assert time.perf_counter() - started < 0.5


async def test_an_exchange_that_cannot_be_written_does_not_stop_the_others(url: str, tmp_path: Path) -> None:
    async with open_journal(url, None) as journal:
        wrong = exchange(1)
        journal.record(replace(wrong, context=replace(wrong.context, channel=2**70)))
        journal.record(exchange(2))
    assert rows(tmp_path, "id") == [(f"{2:012x}",)]


@pytest.mark.parametrize("text", ["", "\x00", "😀", "\ud800", "'; DROP TABLE exchanges; --"])
async def test_any_question_can_be_kept(url: str, tmp_path: Path, text: str) -> None:
    async with open_journal(url, None) as journal:
        journal.record(exchange(text=text))
    assert len(rows(tmp_path)) == 1


async def test_a_table_that_is_not_there_is_not_waited_for(url: str, caplog: pytest.LogCaptureFixture) -> None:
    async with open_journal(url, None) as journal:
        async with journal._database.begin() as connection:
            await connection.exec_driver_sql("DROP TABLE exchanges")
        journal.record(exchange())
        await asyncio.wait_for(journal.flush(), 5)
    assert "a row of exchanges cannot be written" in caplog.text
    assert "lost: 1 rows of exchanges" in caplog.text


async def test_the_same_exchange_twice_is_kept_once(url: str, tmp_path: Path) -> None:
    async with open_journal(url, None) as journal:
        journal.record(exchange())
        await journal.flush()
        journal.record(replace(exchange(), question="Quand ?"))
    assert rows(tmp_path, "question") == [("Qui ?",)]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite+aiosqlite:////nowhere/at/all.db", "cannot be opened"),
        ("sqlite+aiosqlite:///{folder}", "cannot be opened"),
        ("no address", "is not a database URL"),
    ],
)
async def test_a_database_that_cannot_be_opened_is_a_sentence(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=said):
        async with open_database(url.format(folder=tmp_path)):
            pass


async def test_a_file_that_is_no_database_is_a_sentence_and_is_left_alone(url: str, tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_text("notes of mine, which are not a database " * 50)
    with pytest.raises(JournalError, match="cannot be opened"):
        async with open_database(url):
            pass
    assert (tmp_path / "journal.db").read_text().startswith("notes of mine")


async def test_the_password_of_a_database_is_in_no_message(url: str) -> None:
    for wrong in (
        "mysql+nothing://me:hunter22@here/there",
        "me:hunter22@here",
        "sqlite+aiosqlite://me:hunter22@here/x",
    ):
        with pytest.raises(JournalError) as caught:
            async with open_database(wrong):
                pass
        assert "hunter22" not in str(caught.value)


UNTYPED = {"compare_type": False}  # SQLite knows no length, so no migration changes one there


async def test_the_migrations_make_the_tables_that_the_code_uses(url: str) -> None:
    async with open_database(url) as engine, engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts=UNTYPED), metadata)
        )
    assert found == []


async def test_the_database_is_in_wal_mode(url: str) -> None:
    async with open_database(url) as engine, engine.connect() as connection:
        mode = (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar()
    assert mode == "wal"
