"""Open the journal's database: test the file, set the pragmas, run the migrations."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot import StartError

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MILLISECONDS = 5_000  # how long to wait for another process to finish writing


class JournalError(StartError):
    """A database that cannot be used."""


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[AsyncEngine]:
    """Open a database in WAL mode and migrate it to the latest schema; raise JournalError if that fails."""
    file = _file_of(url)
    if file is not None:
        await asyncio.to_thread(_test_file, file, url)
    try:
        engine = create_async_engine(url, hide_parameters=True)  # keep what users wrote out of the log
        event.listen(engine.sync_engine, "connect", _set_pragmas)
    except SQLAlchemyError as error:
        raise JournalError(f"ONRECORD_DATABASE_URL: {url!r} is not a database URL: {error}") from error
    try:
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_migrate)
        except (SQLAlchemyError, CommandError, OSError, sqlite3.Error) as error:
            reason = getattr(error, "orig", None) or error
            raise JournalError(f"the database {url} cannot be opened: {reason}") from error
        yield engine
    finally:
        await engine.dispose()


def _file_of(url: str) -> Path | None:
    try:
        return database_file(url)
    except SQLAlchemyError as error:
        raise JournalError(f"ONRECORD_DATABASE_URL: {url!r} is not a database URL: {error}") from error


def _test_file(file: Path, url: str) -> None:
    """Open the file with sqlite3 first: if aiosqlite fails to open one, its thread outlives the event loop."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA schema_version")
    except sqlite3.Error as error:
        raise JournalError(f"the database {url} cannot be opened: {error}") from error


def database_file(url: str) -> Path | None:
    """Return the file of an SQLite URL; None if the database is in memory."""
    name = make_url(url).database
    return Path(name) if name and name != ":memory:" else None


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", f"busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def aware(at: datetime) -> datetime:
    """Return a stored time as UTC: SQLite drops the time zone."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def storable(text: str) -> str:
    """Replace lone surrogates, which cannot be stored."""
    return text.encode("utf-8", "replace").decode()
