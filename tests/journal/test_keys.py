"""The key is made once, for its owner alone; no other key opens the database, so that no opt-out is undone."""

import asyncio
import stat
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.journal.askers import Askers
from bot.journal.database import JournalError
from bot.journal.journal import SqlJournal, open_journal
from tests.journal.test_journal import exchange

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)
ONE, OTHER = "a key for the tests only", "another key for the tests"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/journal.db"


async def opens(opening: AbstractAsyncContextManager[SqlJournal]) -> bool:
    """Return whether user 7 is still opted out."""
    async with opening as journal:
        return journal.privacy.is_opted_out(7)


async def opted_out(url: str, key: str | None) -> None:
    async with open_journal(url, key) as journal:
        await journal.privacy.opt_out(7, AT, out=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_the_key_and_the_database_are_for_their_owner_alone(url: str, tmp_path: Path) -> None:
    async with open_journal(url, None) as journal:
        journal.record(exchange())
        await journal.flush()
        files = {path.name: mode(path) for path in tmp_path.iterdir()}  # noqa: ASYNC240
    assert files == dict.fromkeys(("journal.db", "journal.db-shm", "journal.db-wal", "journal.key"), 0o600)


async def test_files_that_others_could_read_are_closed_to_them(url: str, tmp_path: Path) -> None:
    await opted_out(url, None)
    for name in ("journal.db", "journal.key"):
        (tmp_path / name).chmod(0o644)
    assert await opens(open_journal(url, None))
    assert {mode(tmp_path / name) for name in ("journal.db", "journal.key")} == {0o600}


async def test_the_key_is_made_once(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        async with open_journal(url, None) as journal:
            journal.record(exchange())
    async with open_journal(url, None) as journal, journal._database.connect() as connection:
        (row,) = await connection.exec_driver_sql("SELECT asker FROM exchanges")
    assert row.asker == Askers((tmp_path / "journal.key").read_bytes()).hash(7)
    assert len(row.asker) == 32


async def test_two_first_starts_make_one_key(url: str) -> None:
    openings = [open_journal(url, None) for _ in range(2)]
    assert await asyncio.gather(*map(opens, openings)) == [False, False]


async def test_another_key_is_refused_and_the_right_one_is_not(url: str) -> None:
    await opted_out(url, ONE)
    with pytest.raises(JournalError, match="ONRECORD_HASH_KEY is not the key of the database"):
        await opens(open_journal(url, OTHER))
    assert await opens(open_journal(url, ONE))


async def test_a_changed_key_file_is_refused(url: str, tmp_path: Path) -> None:
    await opted_out(url, None)
    (tmp_path / "journal.key").write_text("7" * 64)
    with pytest.raises(JournalError, match=r"journal\.key is not the key of the database"):
        await opens(open_journal(url, None))


async def test_a_lost_key_is_a_sentence_and_none_is_made_in_its_place(url: str, tmp_path: Path) -> None:
    await opted_out(url, None)
    key = (tmp_path / "journal.key").read_bytes()
    (tmp_path / "journal.key").unlink()
    with pytest.raises(JournalError, match="is missing: put it back from a backup"):
        await opens(open_journal(url, None))
    assert not (tmp_path / "journal.key").exists()
    assert await opens(open_journal(url, key.decode()))


async def test_a_key_that_an_older_release_lost_track_of_is_not_replaced(url: str, tmp_path: Path) -> None:
    await opted_out(url, None)
    async with open_journal(url, None) as journal, journal._database.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM sync_state")
    (tmp_path / "journal.key").unlink()
    with pytest.raises(JournalError, match="is missing"):
        await opens(open_journal(url, None))


@pytest.mark.parametrize(("content", "said"), [(b"", "too short"), (None, "cannot be used: Is a directory")])
async def test_a_key_that_cannot_be_used_is_a_sentence(
    url: str, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "journal.key"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(JournalError, match=said):
        await opens(open_journal(url, None))
