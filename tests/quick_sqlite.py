"""SQLite without what costs a test of the app most of its time, and changes nothing that a test can see."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from sqlite3 import ProgrammingError
from typing import Any
from unittest.mock import patch

from aiosqlite import Connection
from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from bot.journal import sqlite

# What never waits for a lock: SQLAlchemy fetches all rows of a statement at once, and who reads waits for nobody in
# WAL mode. Who writes begins with BEGIN IMMEDIATE, and once that is done, waits for nobody either.
INSTANT = {"cursor", "execute", "fetchall", "close", "commit", "rollback"}
WAITING = ("BEGIN IMMEDIATE", "PRAGMA")


@contextmanager
def unsynced() -> Iterator[None]:
    """Let SQLite not wait for the disk, which costs each test of the app 30 ms: no test cuts the machine's power."""
    with patch.object(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, "synchronous = OFF")):
        yield


@contextmanager
def compiled_once() -> Iterator[None]:
    """Compile each statement once for all databases, which costs each test of the app 14 ms.

    The key of a compiled statement has the dialect in it, and those of two databases are equal in all but identity.
    """
    compiled: LRUCache[Any, Any] = LRUCache(2000)
    usual = sqlite.set_up

    def set_up(engine: Engine) -> None:
        usual(engine)
        engine._compiled_cache = compiled

    with ExitStack() as stack:
        stack.enter_context(patch.object(sqlite, "set_up", set_up))
        for dialect in (SQLiteDialect_aiosqlite, SQLiteDialect_pysqlite):
            stack.enter_context(patch.object(dialect, "__hash__", lambda one: hash(type(one))))
            stack.enter_context(patch.object(dialect, "__eq__", lambda one, other: type(one) is type(other)))
        yield


@contextmanager
def fewer_hops() -> Iterator[None]:
    """Change to aiosqlite's thread only for what may wait, which saves each test of the app 6 ms.

    The event loop has a turn at each statement all the same; and while the thread is busy, as after a timeout,
    everything queues for it.
    """
    usual: Callable[..., Any] = Connection._execute

    async def execute(connection: Any, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        queued: list[None] = connection.__dict__.setdefault("queued", [])
        is_statement = function.__name__ == "execute"
        if is_statement:
            await asyncio.sleep(0)
        if function.__name__ in INSTANT and not (queued or (is_statement and args[0].startswith(WAITING))):
            with suppress(ProgrammingError):  # what is in memory is used in one thread
                return function(*args, **options)

        def run() -> Any:
            try:
                return function(*args, **options)
            finally:
                queued.pop()

        queued.append(None)
        return await usual(connection, run)

    with patch.object(Connection, "_execute", execute):
        yield
