"""Open the journal's database: a file of SQLite, or a server of PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec

from sqlalchemy import URL, make_url
from sqlalchemy import exc as errors

from bot.journal.database import NO_URL, Database, JournalError
from bot.journal.migrating import POSTGRESQL
from bot.journal.postgres_database import PostgresDatabase
from bot.journal.sqlite_database import SqliteDatabase

NO_DRIVER = "PostgreSQL needs the extra `postgres`: pip install 'onrecord[postgres]'"


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """Open a database and migrate it to the latest schema; raise JournalError if that fails."""
    database = database_at(url)
    try:
        await database.open()
        yield database
    finally:
        await database.close()


def database_at(url: str) -> Database:
    """Return the database at a URL, which is not opened yet; raise JournalError if it is not the URL of one."""
    try:
        return _database(make_url(url))
    except (errors.SQLAlchemyError, ValueError, ImportError) as error:  # its text would show a password
        raise JournalError(NO_URL) from error


def _database(url: URL) -> Database:
    if url.get_backend_name() != POSTGRESQL:
        return SqliteDatabase(url)
    if find_spec("asyncpg") is None:
        raise JournalError(NO_DRIVER)
    return PostgresDatabase(url)
