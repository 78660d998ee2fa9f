"""No query reads all exchanges, votes or shown messages: EXPLAIN shows that each one uses an index."""

import inspect
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.database import Database
from bot.journal.journal import open_journal
from bot.journal.sqlite_database import SqliteDatabase
from tests.benchmarks.filled_journal import KEY, Filling, fill
from tests.benchmarks.journal_queries import QUERIES

EXCHANGES = 3_000
LARGE = {"exchanges", "votes", "shown", "counted_questions", "counted_answers", "changes"}
ROOMS = ("bindings", "desk_log", "feedback", "history", "privacy", "question_log", "retention", "usage", "uses")
NOT_QUERIES = {"bindings.open", "bindings.unbound", "retention.run", "uses.run", "flush"}
SMALL_INDEXES = ("exchanges_later",)  # of few rows

Statement = tuple[str, Any]


@cache
def filling() -> Filling:
    return Filling(EXCHANGES)


async def test_every_query_is_explained_and_measured() -> None:
    async with open_journal("sqlite+aiosqlite:///:memory:", KEY) as journal:
        calls = {f"{room}.{name}" for room in ROOMS for name in queries_of(getattr(journal, room))}
        calls |= set(queries_of(journal))
    assert calls - NOT_QUERIES == {name.partition(",")[0] for name in QUERIES} - {"record"}


def queries_of(room: object) -> Iterator[str]:
    for name, member in inspect.getmembers(type(room), inspect.isfunction):
        if not name.startswith("_") and (inspect.iscoroutinefunction(member) or inspect.isasyncgenfunction(member)):
            yield name


async def test_no_query_reads_a_whole_table_that_grows_with_the_readers(url: str) -> None:
    await fill(url, filling().rows)
    plans: dict[str, list[str]] = {}
    async with open_journal(url, KEY, retention_days=0) as journal:
        database = journal._database
        for name, query in QUERIES.items():
            with recorded(database) as statements:
                await query.run(journal, filling().filled, 0)
            async with database.connect() as connection:
                plans[name] = [one for statement in statements for one in await scans(connection, *statement)]
    assert {name: found for name, found in plans.items() if found} == {}


@contextmanager
def recorded(database: Database) -> Iterator[list[Statement]]:
    """Record the statements that read, with their parameters: the first row's, if it is run for many."""
    engines = [database.engine.sync_engine, *([database.blocking] if isinstance(database, SqliteDatabase) else [])]
    found: dict[str, Any] = {}

    def record(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        if not statement.startswith(("INSERT", "PRAGMA", "BEGIN", "NOTIFY", "EXPLAIN")):
            found.setdefault(statement, parameters[0] if rest[-1] else parameters)

    statements: list[Statement] = []
    for engine in engines:
        event.listen(engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", record)
        statements += found.items()


async def scans(connection: AsyncConnection, statement: str, parameters: Any) -> Iterator[str]:
    """Return the steps of a statement's plan that read a whole large table."""
    if connection.dialect.name == "sqlite":
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return iter([row.detail for row in rows if is_scan_of_sqlite(statement, row.detail)])
    for way in ("seqscan", "hashjoin", "mergejoin"):  # what is best for the few rows of a test
        await connection.exec_driver_sql(f"SET enable_{way} = off")
    explained = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", tuple(parameters))
    plan = explained.scalar_one()
    (root,) = json.loads(plan) if isinstance(plan, str) else plan
    return nodes(root["Plan"], is_limited=False)


def is_scan_of_sqlite(statement: str, step: str) -> bool:
    """Return whether a step reads a large table, or its whole index: in order, until a limit, is no scan."""
    found = re.match(r"SCAN (\w+)(.*)", step)
    if not found or found[1] not in LARGE:
        return False
    is_small = found[2].endswith(SMALL_INDEXES)
    return "USING" not in found[2] or ("LIMIT" not in statement and not is_small)


def nodes(plan: dict[str, Any], *, is_limited: bool) -> Iterator[str]:
    """Yield the nodes of a plan of PostgreSQL that read a large table, or its whole index without a limit."""
    is_limited = is_limited or plan["Node Type"] == "Limit"
    if plan.get("Relation Name") in LARGE and "Index Cond" not in plan:
        is_by_bitmap = plan["Node Type"] == "Bitmap Heap Scan"
        is_in_order = is_limited and plan["Node Type"].startswith("Index")
        is_in_order = is_in_order or plan.get("Index Name") in SMALL_INDEXES
        if plan["Node Type"] != "ModifyTable" and not is_by_bitmap and not is_in_order:
            yield f"{plan['Node Type']} on {plan['Relation Name']}"
    for child in plan.get("Plans", ()):
        yield from nodes(child, is_limited=is_limited)
