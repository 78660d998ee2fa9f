"""Check the database without changing it: its integrity, if it is a file, its schema, its key, who may read it."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from bot.journal.askers import Askers
from bot.journal.database import JournalError, database_file, url_of
from bot.journal.keys import fingerprint, fingerprint_in, path_of
from bot.journal.migrating import POSTGRESQL, SchemaError, differences, newest_schema, schema_of
from bot.journal.opening import database_at
from bot.journal.sqlite_database import complaint

MAX_TOLD = 10  # of what is damaged
MALFORMED = "malformed"  # a part of SQLite's message


def check_database(url: str, hash_key: str | None) -> Iterator[tuple[bool, str]]:
    """Yield sentences on the database, each with whether it is good news; raise JournalError if it cannot be read."""
    if url_of(url).get_backend_name() == POSTGRESQL:
        yield from asyncio.run(_on_server(url, hash_key))
        return
    file = database_file(url)
    if file is None or not file.is_file():
        raise JournalError(f"there is no database {file} yet: the bot makes it when it runs")
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=5)) as connection:
            yield from _integrity(connection, file)
            engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            with engine.connect() as reading:
                yield from _tables(reading, file, hash_key)
    except sqlite3.Error as error:
        raise JournalError(complaint(str(file), str(error))) from error
    yield from _readers(file)


async def _on_server(url: str, hash_key: str | None) -> list[tuple[bool, str]]:
    database = database_at(url)
    try:
        return await database.run(lambda reading: list(_tables(reading, None, hash_key)))
    finally:
        await database.close()


def _integrity(connection: sqlite3.Connection, file: Path) -> Iterator[tuple[bool, str]]:
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({MAX_TOLD})")]
    except sqlite3.DatabaseError as error:  # too damaged to be checked
        if MALFORMED not in str(error):
            raise
        yield False, f"The file {file} is damaged; restore it from a backup: {error}."
        return
    if found == ["ok"]:
        yield True, f"The file {file} is whole: every page and every index was read."
    else:
        yield False, f"The file {file} is damaged; restore it from a backup. What is wrong:"
        yield from ((False, f"  {line}") for line in found)
    lost = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if lost:
        yield False, f"{lost} rows refer to rows that do not exist."
    else:
        yield True, "No row refers to one that does not exist."


def _tables(reading: Connection, file: Path | None, hash_key: str | None) -> Iterator[tuple[bool, str]]:
    try:
        newest = newest_schema()
        schema = schema_of(reading, newest)
        lacking = differences(reading, schema)
        if schema is None:
            yield False, "It has no tables of the bot's yet, or only some: the bot makes them when it starts."
        elif lacking:
            yield False, f"Its tables are not those of schema {schema}: {'; '.join(lacking)}. Restore it from a backup."
        elif schema < newest:
            yield True, f"Its schema is {schema}; the bot brings it to {newest} when it starts."
        else:
            yield True, f"Its schema is {schema}, the newest one."
        if schema is not None and not lacking:
            yield _key(reading, file and path_of(file), hash_key)
    except (SchemaError, SQLAlchemyError) as error:
        yield False, f"The database cannot be used: {getattr(error, 'orig', None) or error}."


def _key(connection: Connection, path: Path | None, hash_key: str | None) -> tuple[bool, str]:
    stored = fingerprint_in(connection)
    if not hash_key and path is None:
        return False, "ONRECORD_HASH_KEY is not set; a database on a server needs it."
    try:
        key = hash_key.encode() if hash_key else (path or Path()).read_bytes()
    except OSError as error:
        return stored is None, f"Its key {path} cannot be read: {error.strerror}."
    name = "ONRECORD_HASH_KEY" if hash_key else f"The key {path}"
    if stored is None:
        return True, "It does not know yet which key its users are hashed with; the bot stores that when it starts."
    if stored != fingerprint(Askers(key)):
        return False, f"{name} is not the key that its users are hashed with: put the right one back."
    return True, f"{name} is the key that its users are hashed with."


def _readers(file: Path) -> Iterator[tuple[bool, str]]:
    for path in (file, path_of(file)):
        if path.is_file() and path.stat().st_mode & 0o077:
            yield False, f"Others than its owner may read {path}; the bot changes that when it starts."
