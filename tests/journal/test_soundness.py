"""`onrecord check --database` says in sentences whether the database is sound, and changes nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.journal.journal import open_journal
from tests.journal.test_journal import exchange
from tests.journal.test_migrating import older

KEY = "a key for the tests only"


@pytest.fixture
async def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "journal.db"
    monkeypatch.setenv("ONRECORD_DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    monkeypatch.setenv("ONRECORD_HASH_KEY", KEY)
    async with open_journal(f"sqlite+aiosqlite:///{path}", KEY) as journal:
        for number in range(300):
            journal.record(exchange(number))
    return path


def checked() -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", "--database"])
    return result.exit_code, " ".join(result.output.split())


async def test_a_sound_database_is_said_to_be_sound(file: Path) -> None:
    before = file.read_bytes()  # noqa: ASYNC240
    code, said = checked()
    assert code == 0
    for part in ("is whole", "No row refers", "the newest one", "is the key that its users are hashed with"):
        assert part in said
    assert file.read_bytes() == before  # noqa: ASYNC240


def damage(path: Path) -> None:
    content = path.read_bytes()
    half = len(content) // 2 // 4096 * 4096
    path.write_bytes(content[:half] + b"\xff" * 4096 + content[half + 4096 :])


def drop(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE votes")
        connection.commit()


def age(path: Path) -> None:
    path.unlink()
    older(path, "0004")
    path.chmod(0o600)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (damage, 1, "is damaged; restore it from a backup"),
        (drop, 1, "the table votes is missing"),
        (age, 0, "Its schema is 0004; the bot brings it to"),
        (lambda path: path.chmod(0o644), 1, "Others than its owner may read"),
        (lambda path: path.write_bytes(b"\xff" * 5000), 2, "not a database"),
        (lambda path: path.unlink(), 2, "there is no database"),
    ],
)
async def test_what_is_wrong_is_a_sentence(file: Path, change: Callable[[Path], None], code: int, said: str) -> None:
    change(file)
    found, output = checked()
    assert said in output
    assert found == code
    assert "Traceback" not in output


async def test_another_key_is_noticed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert file
    monkeypatch.setenv("ONRECORD_HASH_KEY", "another key for the tests")
    code, said = checked()
    assert (code, "is not the key that its users are hashed with" in said) == (1, True)
