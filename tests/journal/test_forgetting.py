"""What is forgotten is gone from the files, also while the bot runs."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answering.context import Context
from bot.answering.exchange import Exchange
from bot.answering.feedback import Mistake, Waiting
from bot.journal.database import running
from bot.journal.erasing import Eraser
from bot.journal.journal import SqlJournal, open_journal
from bot.journal.opening import open_database
from tests.fakes import context
from tests.journal.test_journal import exchange
from tests.journal.test_migrating import older

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)
ME, OTHER = 7, 8
WORDS = "Où habite la tante de Zénobie Xanthopoulos ?"
MARKS = ("Zénobie", "Xanthopoulos")


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[SqlJournal]:
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/journal.db", "a key for the tests only") as opened:
        yield opened


def by(user: int, number: int, text: str) -> Exchange:
    plain = exchange(number, text)
    return replace(plain, context=replace(plain.context, user=user), outcome="abstain", cause="no_fact", facts=())


def of(user: int) -> Context:
    return replace(context(), user=user)


def found_in(folder: Path) -> list[str]:
    """Return the files that contain the user's words."""
    return [
        path.name
        for path in folder.iterdir()
        if path.is_file() and any(mark.encode() in path.read_bytes() for mark in MARKS)
    ]


async def use(journal: SqlJournal) -> None:
    for number in range(40):
        journal.record(by(ME, number, f"{WORDS} {number}"))
        journal.record(by(OTHER, 100 + number, f"Qui a construit le pont ? {number}"))
    await journal.flush()
    await journal.feedback.report(Mistake(f"{1:012x}", f"Faux : {WORDS}", "", AT), ME)
    await journal.feedback.wait(Waiting(f"{1:012x}", WORDS, of(ME)))


async def test_the_files_hold_nothing_of_a_forgotten_user_while_the_bot_runs(
    journal: SqlJournal, tmp_path: Path
) -> None:
    await use(journal)
    assert found_in(tmp_path)
    await journal.privacy.forget(ME)
    assert found_in(tmp_path) == []
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        assert connection.execute("SELECT count(*) FROM exchanges").fetchone() == (40,)


async def test_what_a_reader_keeps_open_is_erased_as_soon_as_possible(journal: SqlJournal, tmp_path: Path) -> None:
    await use(journal)
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM exchanges").fetchone()
        await journal.privacy.forget(ME)
        assert found_in(tmp_path)
    await journal.privacy._eraser.erase()
    assert found_in(tmp_path) == []


async def test_erasing_goes_on_after_any_failure(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.journal.erasing.TRY_AGAIN_LATER_SECONDS", 0.001)
    erased, failures = asyncio.Event(), [ValueError("once")]

    async def erase() -> bool:
        if failures:
            raise failures.pop()
        erased.set()
        return True

    async with open_database(url) as database:
        monkeypatch.setattr(database, "erase", erase)
        eraser = Eraser(database)
        eraser.wake()
        async with running(eraser.run()):
            await asyncio.wait_for(erased.wait(), 5)


async def test_the_words_that_others_wait_for_are_forgotten_with_who_asked(journal: SqlJournal, tmp_path: Path) -> None:
    journal.record(by(ME, 1, WORDS))
    journal.record(replace(by(OTHER, 2, ""), follows=f"{1:012x}"))  # "none of these"
    journal.record(replace(by(OTHER, 3, WORDS), surface="later", outcome="answer"))
    journal.record(by(OTHER, 4, "Quand ?"))
    await journal.flush()
    for number in (1, 2, 4):
        await journal.feedback.wait(Waiting(f"{number:012x}", WORDS if number < 4 else "Quand ?", of(OTHER)))
    await journal.privacy.forget(ME)
    assert [one.question for one in await journal.feedback.waiting()] == ["Quand ?"]
    assert found_in(tmp_path) == []
    assert len((await journal.privacy.stored(OTHER)).rows["exchanges"]) == 3


async def test_the_story_of_ones_direct_messages_is_forgotten_and_no_other(journal: SqlJournal, tmp_path: Path) -> None:
    await journal.bindings.bind(70, "bridge", ME)
    await journal.bindings.bind(80, "bridge", OTHER)
    await journal.bindings.bind(3, "bridge")
    async with journal._database.begin() as connection:  # an older release did not store whose it is
        await connection.exec_driver_sql("INSERT INTO bindings (place, story) VALUES (71, 'bridge')")
    plain = by(ME, 1, "Qui ?")
    journal.record(replace(plain, context=replace(plain.context, guild=None, channel=71)))
    await journal.privacy.forget(ME)
    assert journal.bindings.story_of(None, 70) is None
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        assert connection.execute("SELECT place FROM bindings ORDER BY place").fetchall() == [(3,), (80,)]


async def test_what_an_older_release_had_deleted_is_erased_by_the_update(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    older(file, "0006")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE notes (words TEXT)")
        connection.executemany("INSERT INTO notes VALUES (?)", [(WORDS * 20,)] * 50)
        connection.execute("DROP TABLE notes")
        connection.commit()
    assert found_in(tmp_path)
    async with open_journal(f"sqlite+aiosqlite:///{file}", "a key for the tests only") as journal:
        await journal.privacy._eraser.erase()
        assert found_in(tmp_path) == []


async def test_an_opt_out_in_another_process_reaches_this_one_before_it_writes(
    journal: SqlJournal, tmp_path: Path
) -> None:
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/journal.db", "a key for the tests only") as other:
        await other.privacy.opt_out(ME, AT, out=True)
    journal.record(by(ME, 1, WORDS))
    journal.record(by(OTHER, 2, "Qui ?"))
    await journal.flush()
    assert found_in(tmp_path) == []
    assert await journal.question_log.asked(f"{2:012x}")


async def test_what_identifies_somebody_is_removed_before_it_is_stored(journal: SqlJournal, tmp_path: Path) -> None:
    secret = "zoe@example.org ou 06 12 34 56 78"
    journal.record(by(ME, 1, f"Qui est {secret} ?"))
    await journal.flush()
    await journal.feedback.report(Mistake(f"{1:012x}", f"Dites à {secret}", "https://example.org/x et a@b.org", AT), ME)
    waiting = Waiting(f"{1:012x}", f"Qui est {secret} ?", of(ME))
    await journal.feedback.wait(waiting)
    stored = str((await journal.privacy.stored(ME)).rows)
    assert "Qui est [email] ou [number] ?" in stored
    assert "'https://example.org/x et [email]'" in stored
    assert not any(b"06 12 34" in path.read_bytes() or b"zoe@" in path.read_bytes() for path in tmp_path.iterdir())  # noqa: ASYNC240
    await journal.feedback.stop_waiting(waiting)
    assert await journal.feedback.waiting() == []
