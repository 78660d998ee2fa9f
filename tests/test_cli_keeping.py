"""`onrecord backup`, as it is typed, and a database that is restored from what it made."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.journal.journal import open_journal
from tests.journal.test_journal import exchange

AT = datetime(2024, 3, 5, tzinfo=UTC)


def restore(folder: Path) -> None:
    for path in folder.glob("onrecord.*"):
        path.unlink()
    for path in (folder / "copy").iterdir():
        path.rename(folder / path.name)


def test_what_a_running_bot_has_stored_is_copied_and_can_be_restored(runner: CliRunner, tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/onrecord.db"

    async def run() -> None:
        async with open_journal(url, None) as journal:
            journal.record(exchange(1, "Qui ?"))
            await journal.flush()
            await journal.privacy.opt_out(7, AT, out=True)
            result = await asyncio.to_thread(runner.invoke, app, ["backup", str(tmp_path / "copy")])
            assert result.exit_code == 0, result.output
            assert result.output.split() == [str(tmp_path / "copy" / name) for name in ("onrecord.db", "onrecord.key")]
            journal.record(exchange(2, "Quand ?"))
        await asyncio.to_thread(restore, tmp_path)
        async with open_journal(url, None) as restored:
            assert restored.privacy.is_opted_out(7)
            asked = [await restored.question_log.asked(f"{number:012x}") for number in (1, 2)]
            assert [one and one.question for one in asked] == ["Qui ?", None]

    asyncio.run(run())


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_only_their_owner_may_read_the_copies(runner: CliRunner, tmp_path: Path) -> None:
    async def make() -> None:
        async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/onrecord.db", None):
            pass

    asyncio.run(make())
    assert runner.invoke(app, ["backup", str(tmp_path / "copy")]).exit_code == 0
    assert {path.stat().st_mode & 0o077 for path in [tmp_path / "copy", *(tmp_path / "copy").iterdir()]} == {0}


@pytest.mark.parametrize(
    ("url", "folder", "says"),
    [
        ("sqlite+aiosqlite:///none.db", "copy", "there is no database none.db"),
        ("postgresql+asyncpg://user:secret@host/name", "copy", "pg_dump"),
        ("sqlite+aiosqlite:///onrecord.db", ".", "exists already"),
    ],
)
def test_why_nothing_is_copied_is_said(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, folder: str, says: str
) -> None:
    (tmp_path / "onrecord.db").touch()
    monkeypatch.setenv("ONRECORD_DATABASE_URL", url)
    result = runner.invoke(app, ["backup", folder])
    assert result.exit_code != 0
    assert says in result.output
    assert "secret" not in result.output
