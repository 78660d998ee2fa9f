"""Measure every query of a journal with a million exchanges, and how long each one holds the event loop."""

import asyncio
import gc
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bot.answering.excerpt import excerpt
from bot.journal import database, retention
from bot.journal.database import Database
from bot.journal.journal import open_journal
from bot.library.read import read_story
from bot.story.model import Story
from tests.benchmarks.filled_journal import KEY, Filled, Filling, fill
from tests.benchmarks.journal_queries import QUERIES
from tests.benchmarks.progress import Tick
from tests.benchmarks.settings import changed
from tests.postgres import make_template, new_database, postgres_server, programs

PART = re.compile(r"(<!-- measured: journal -->\n)(.*?)(<!-- end -->)", re.DOTALL)
FIRST_STORY, SEEDS = Path("knowledge/musk-openai"), Path("seeds")
TURNS = 5
BEAT_SECONDS = 0.001


@dataclass(frozen=True)
class Measured:
    """What one query costs on one database."""

    rows: int
    milliseconds: float  # of the wall clock, the median
    held_milliseconds: float  # of the loop's processor time, the longest


@dataclass
class Beats:
    """The longest time that the loop spent on something without a turn for others."""

    held: float = 0.0


async def measure_journals(number: int, tick: Tick) -> dict[str, dict[str, Measured]]:
    """Fill a journal on each kind of database, and measure all queries: by database, then by query."""
    tick("making the rows", 0)
    filling = Filling(number, a_fact(FIRST_STORY))
    found = {}
    with TemporaryDirectory(prefix="onrecord-journal-") as folder, ExitStack() as stack:
        urls = {"SQLite": f"sqlite+aiosqlite:///{folder}/journal.db"}
        if programs():
            server = stack.enter_context(postgres_server())
            await make_template(server.url)
            urls["PostgreSQL"] = await new_database(server.url)
        for kind, url in urls.items():
            tick(f"filling {kind}", 0)
            await fill(url, filling.rows)
        filled = filling.filled
        del filling
        gc.collect()
        gc.freeze()  # or Python would look through all that is in memory while a query is measured
        for kind, url in urls.items():
            found[kind] = await measure_queries(url, filled, tick)
    return found


def a_fact(folder: Path) -> Story | None:
    """Return an excerpt of a story, as it is stored with a change of a fact."""
    reading = read_story(folder, SEEDS)
    assert reading.edition is not None, reading.problems
    story = reading.edition.story
    return excerpt(story, next(iter(story.shown_facts)))


async def measure_queries(url: str, filled: Filled, tick: Tick) -> dict[str, Measured]:
    """Run each query five times, after once to fill what is cached."""
    found = {}
    unhurried: Any = Database.connect
    with (
        changed(retention, "PAUSE_SECONDS", 0.0),
        changed(database, "USE_WITHIN_SECONDS", None),
        changed(unhurried.__wrapped__, "__defaults__", (None,)),  # what takes too long is measured too
    ):
        async with open_journal(url, KEY, retention_days=0) as journal:
            for name, query in QUERIES.items():
                tick(name, 1)
                seconds, rows = [], 0
                await query.run(journal, filled, TURNS)
                async with beating() as beats:
                    for turn in range(TURNS):
                        started = time.perf_counter()
                        result = await query.run(journal, filled, turn)
                        seconds.append(time.perf_counter() - started)
                        rows = max(rows, count_of(result))
                found[name] = Measured(rows, 1000 * median(seconds), 1000 * beats.held)
    return found


@asynccontextmanager
async def beating() -> AsyncIterator[Beats]:
    """Note how much processor time of its thread the loop takes between turns of a task that always wants one."""
    beats = Beats()

    async def beat() -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(BEAT_SECONDS)
            beats.held = max(beats.held, time.thread_time() - before)

    task = asyncio.create_task(beat())
    await asyncio.sleep(0)
    try:
        yield beats
        await asyncio.sleep(2 * BEAT_SECONDS)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def queries_table(found: Mapping[str, Mapping[str, Measured]]) -> str:
    """Return one row for each query."""
    kinds = list(found)
    head = ["query", "who waits", "rows", *(f"{kind} ms" for kind in kinds), *(f"loop held, {kind}" for kind in kinds)]
    cells = [
        [
            name,
            query.who,
            f"{max(found[kind][name].rows for kind in kinds):,}",
            *(f"{found[kind][name].milliseconds:.1f}" for kind in kinds),
            *(f"{found[kind][name].held_milliseconds:.1f}" for kind in kinds),
        ]
        for name, query in QUERIES.items()
    ]
    rules = ["---", "---", *("---:" for _ in head[2:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in [head, rules, *cells])


def with_table(page: str, table: str) -> str:
    """Return a page with its table of queries written again."""
    assert PART.search(page)
    return PART.sub(lambda found: f"{found[1]}{table}{found[3]}", page)


def count_of(result: object) -> int:
    """Return how many rows a result has, as far as it says."""
    if isinstance(result, int):
        return result
    rows = getattr(result, "rows", result)
    if isinstance(rows, dict):
        return sum(len(own) if isinstance(own, Sequence) else 1 for own in rows.values())
    return len(rows) if isinstance(rows, Sequence | frozenset) else int(result is not None)
