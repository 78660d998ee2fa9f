"""A database has the old schema or the new one, whole, wherever an update of it is broken off."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, create_engine, event

from bot.journal import migrating
from bot.journal.database import JournalError
from bot.journal.migrating import SchemaError, migrate, newest_schema
from bot.journal.opening import open_database
from bot.journal.sqlite import set_up
from tests.conftest import ROOT

MOMENTS = ["after_cursor_execute 3", "after_cursor_execute 24", "before_cursor_execute 28", "commit 1"]
OLDER = ["0003", "0004", "0005", "0006", "0007"]
COLUMNS = "id, at, surface, channel, asker, locale, question, outcome, facts, story, version, elapsed_ms"
ROW = f"INSERT INTO exchanges ({COLUMNS}) "
VALUES = "VALUES ('a', '2024-03-05 12:00:00', 'ask', 5, 'x', 'fr', 'Qui ?', 'answer', '[]', 'bridge', '1', 1.5)"
RECORDED = "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('{}')"


class BrokenOffError(Exception):
    """Stands for whatever breaks an update off."""


@contextmanager
def engine_of(file: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{file}")
    set_up(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def older(file: Path, schema: str | None) -> None:
    """Make a database as an older release left it, with a row in it; None makes none."""
    if schema is None:
        return
    with engine_of(file) as engine, engine.begin() as connection:
        config = migrating._config()
        config.attributes["connection"] = connection
        command.upgrade(config, schema)
        connection.exec_driver_sql(ROW + VALUES)


def schema_in(file: Path) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        whole = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        recorded = any(name == "alembic_version" for _, name, _ in whole)
        return [*whole, connection.execute("SELECT * FROM alembic_version").fetchall() if recorded else None]


def statements(file: Path, stop_before: int | None = None) -> list[str]:
    """Migrate, and return the statements; if wished, raise an error in place of one of them."""
    seen: list[str] = []
    with engine_of(file) as engine:

        @event.listens_for(engine, "before_cursor_execute")
        def _(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)
            if len(seen) == stop_before:
                raise BrokenOffError

        migrate(engine)
    return seen


def is_kept(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT question FROM exchanges").fetchall() == [("Qui ?",)]


@pytest.mark.slow
@pytest.mark.parametrize("schema", [None, *OLDER])
def test_an_update_that_fails_at_any_statement_changes_nothing(tmp_path: Path, schema: str | None) -> None:
    older(tmp_path / "whole.db", schema)
    number = len(statements(tmp_path / "whole.db"))
    assert number > 10
    for stop in range(1, number + 1):
        file = tmp_path / f"{stop}.db"
        older(file, schema)
        before = schema_in(file) if schema else [None]
        with pytest.raises(BrokenOffError):
            statements(file, stop)
        assert schema_in(file) == before
        statements(file)
        assert schema_in(file) == schema_in(tmp_path / "whole.db")
        assert schema is None or is_kept(file)


KILLED = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from bot.journal.migrating import migrate
from tests.journal.test_migrating import engine_of
left = [int(sys.argv[2])]
@event.listens_for(Engine, sys.argv[3])
def _(*_):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
with engine_of(sys.argv[1]) as engine:
    migrate(engine)
"""


@pytest.mark.slow
@pytest.mark.parametrize("schema", [None, *OLDER])
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_process_that_is_killed_in_an_update_can_be_started_again(
    tmp_path: Path, schema: str | None, moment: str
) -> None:
    file, (when, number) = tmp_path / "journal.db", moment.split()
    older(file, schema)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-c", KILLED, str(file), number, when]
    ended = subprocess.run(arguments, env=environment, cwd=tmp_path, check=False)  # noqa: ASYNC221, S603
    assert ended.returncode in {-signal.SIGKILL, 0}  # 0: the update has fewer statements
    async with open_database(f"sqlite+aiosqlite:///{file}"):
        pass
    assert schema_in(file)[-1] == [(newest_schema(),)]
    assert schema is None or is_kept(file)


def is_ddl(statement: str) -> bool:
    return statement.lstrip().upper().startswith(("CREATE", "ALTER", "DROP"))


@pytest.mark.slow
@pytest.mark.parametrize("schema", [None, *OLDER])
def test_what_an_older_release_left_half_done_is_done_again(tmp_path: Path, schema: str | None) -> None:
    """Each DDL statement was a transaction of its own there, before 0011; the record of a migration came after them."""
    older(tmp_path / "whole.db", schema)
    steps = [one for one in statements(tmp_path / "whole.db") if is_ddl(one)]
    steps = steps[: next(number for number, one in enumerate(steps) if "CREATE TABLE counted_questions" in one)]  # 0011
    for number in range(1, len(steps)):
        file = tmp_path / f"{number}.db"
        older(file, schema)
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            for step in steps[:number]:
                connection.execute(step)
        statements(file)
        assert sorted(map(str, schema_in(file))) == sorted(map(str, schema_in(tmp_path / "whole.db")))
        assert schema is None or is_kept(file)


def test_a_number_that_a_test_release_gave_to_other_tables_is_corrected(tmp_path: Path) -> None:
    """The tables of 0005 were once recorded as 0006."""
    file = tmp_path / "journal.db"
    older(file, "0005")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0006'")
        connection.commit()
    statements(file)
    older(tmp_path / "whole.db", "0005")
    statements(tmp_path / "whole.db")
    assert schema_in(file) == schema_in(tmp_path / "whole.db")
    assert is_kept(file)


def test_half_done_tables_with_rows_are_not_dropped(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    older(file, "0003")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE opt_outs (asker VARCHAR(32) PRIMARY KEY, at DATETIME NOT NULL)")
        connection.execute("INSERT INTO opt_outs VALUES ('x', '2024-03-05 12:00:00')")
        connection.commit()
    before = schema_in(file)
    with pytest.raises(SchemaError, match="restore it from a backup"):
        statements(file)
    assert schema_in(file) == before


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("CREATE TABLE notes (words TEXT)", "belongs to another program"),
        (RECORDED.format("ae1027a6acf"), "belongs to another program"),
        (RECORDED.format("9001"), "newer release"),
        (RECORDED.format("0004"), "not whole"),
    ],
)
async def test_a_database_that_is_not_ours_to_update_is_a_sentence(tmp_path: Path, script: str, said: str) -> None:
    file = tmp_path / "journal.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)
    before = schema_in(file)
    with pytest.raises(JournalError, match=said) as caught:
        async with open_database(f"sqlite+aiosqlite:///{file}"):
            pass
    assert "\n" not in str(caught.value)
    assert schema_in(file) == before


async def test_a_truncated_or_damaged_file_is_a_sentence_that_says_what_to_do(
    tmp_path: Path, empty_journal: Path
) -> None:
    whole = empty_journal.read_bytes()  # noqa: ASYNC240
    damaged = whole[:4096] + bytes(4096) + whole[8192:]
    for number, content in enumerate([whole[: len(whole) // 2], whole[:5000], whole[:50], damaged, b"\xff" * 9000]):
        file = tmp_path / f"{number}.db"
        file.write_bytes(content)
        with pytest.raises(JournalError, match="restore it from a backup") as caught:
            async with open_database(f"sqlite+aiosqlite:///{file}"):
                pass
        assert str(file) in str(caught.value)
        assert file.read_bytes() == content


@pytest.mark.slow
def test_of_two_first_starts_at_the_same_time_both_succeed(tmp_path: Path) -> None:
    for number in range(3):
        arguments = [sys.executable, "-c", KILLED, str(tmp_path / f"{number}.db"), "0", "commit"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        both = [subprocess.Popen(arguments, env=environment, cwd=tmp_path) for _ in range(2)]  # noqa: S603
        assert [one.wait() for one in both] == [0, 0]
