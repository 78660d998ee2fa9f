"""SQLite's file and its connections: who may read it, whether it is sound, how a transaction begins."""

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event

BUSY_TIMEOUT_MILLISECONDS = (
    1_000  # how long a statement waits for another process; a reader waits three seconds at most
)
OWNER_ONLY = 0o600
MAX_CHECKED_BYTES = 256 * 2**20  # a larger file is not checked at each start: it would take seconds
MAGIC = b"SQLite format 3\x00"
COPY_BEGINS_WITHIN_SECONDS = 2.0
COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite adds to the file's name
HOW_TO_BEGIN = "onrecord_begin"  # the execution option that says how a transaction begins

PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}",  # first, since the others may have to wait
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "secure_delete = ON",  # what is deleted is overwritten
)

_RESTORE = (
    "restore it from a backup, or move it away, with the files of that name that end in -wal and -shm, and a new one "
    "is made; `onrecord check --database` says what is damaged"
)
ADVICE = {  # what an admin can do, by a part of SQLite's message
    "not a database": "it is another kind of file, or is damaged: set ONRECORD_DATABASE_URL to another file, or "
    + _RESTORE,
    "malformed": _RESTORE,
    "locked": "another program is writing to it or holds it open: close that program",
    "full": "free some space on its disk",
    "readonly": "give the bot's user the right to write to the file and its folder",
    "read-only": "give the bot's user the right to write to the file and its folder",
    "disk i/o error": "look at its disk: it may be full, broken or no longer there",
    "unable to open": "check that its folder exists and that the bot's user may write there",
}


def advice(reason: str) -> str | None:
    """Return what to do about one of SQLite's messages; None if it is not about the file."""
    return next((what for part, what in ADVICE.items() if part in reason.lower()), None)


def make_private(file: Path) -> None:
    """Make the file if there is none, and let nobody but its owner read it, or what SQLite writes beside it."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    for path in (file, *companions(file)):
        with suppress(FileNotFoundError, PermissionError):  # another owner's file is theirs to protect
            if path.is_file() and path.stat().st_mode & 0o077:
                path.chmod(OWNER_ONLY)


def companions(file: Path) -> list[Path]:
    """Return the files that SQLite may write beside a database."""
    return [file.with_name(file.name + ending) for ending in COMPANIONS]


def examine(file: Path) -> None:
    """Raise sqlite3.DatabaseError if the file is not a sound database; if it is very large, read only its beginning."""
    with closing(sqlite3.connect(file, timeout=BUSY_TIMEOUT_MILLISECONDS / 1000)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master")
        if file.stat().st_size <= MAX_CHECKED_BYTES:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(f"database disk image is malformed ({' '.join(found.split())})")


def identity(file: Path) -> tuple[int, int] | None:
    """Return what tells this file from another under the same name; None if there is none, or an empty one."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_size else None


def is_just_emptied(file: Path) -> bool:
    """Return whether the file has been empty only for a moment: a copy begins so, and must not be written into."""
    try:
        found = file.stat()
    except OSError:
        return False
    return not found.st_size and time.time() - found.st_mtime < COPY_BEGINS_WITHIN_SECONDS


def empty_log(file: Path) -> None:
    """Empty the write-ahead log, which belongs to what the file was before something else was written into it.

    SQLite would write it into the file when the last connection is closed.
    """
    with suppress(FileNotFoundError):
        os.truncate(companions(file)[0], 0)


def begins_well(file: Path) -> bool:
    """Return whether the file begins as each SQLite database does."""
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def set_up(engine: Engine) -> None:
    """Have connections use our pragmas, and transactions include DDL.

    Python's driver would begin a transaction only before INSERT, UPDATE and DELETE: see "Enabling Non-Legacy SQLite
    Transactional Modes" in SQLAlchemy's documentation.
    """
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(HOW_TO_BEGIN, "BEGIN"))


def blocking(url: URL) -> URL:
    """Return the URL for a thread of its own, with Python's driver."""
    return url.set(drivername="sqlite+pysqlite")


def outside_transactions(engine: Engine, statement: str) -> Any:
    """Run a statement that no transaction may contain; return the first row of its result, if there is one."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchone()
    finally:
        connection.close()
