"""The commands `load` and `memory` of the benchmarks; `make bench` runs both."""

import asyncio
import os
from importlib.metadata import version
from pathlib import Path
from platform import machine, python_version
from typing import Annotated

import typer
from rich.console import Console

from tests.benchmarks.load.driving import CHANNELS, MEMBERS, LoadRow
from tests.benchmarks.load.memory import measure_memory, memory_table
from tests.benchmarks.load.picture import drawn
from tests.benchmarks.load.report import NOTE, load_table, targets, write_between
from tests.benchmarks.load.running import ECHO, MEANING, WORDS, measure_load, number_of_loads
from tests.benchmarks.progress import progress

PAGE, PICTURE = Path("docs/scaling.md"), Path("docs/load.svg")
QUESTIONS = 30_000  # half of them with a mistake of their own: more than any cache holds
Write = Annotated[bool, typer.Option("--write", help="Write the result into docs/ too.")]
console = Console(stderr=True, highlight=False, soft_wrap=True)


def load(
    seconds: Annotated[float, typer.Option(min=1, help="The longest that a load is measured.")] = 60.0,
    *,
    write: Write = False,
) -> None:
    """Measure latency and CPU of the bot beside an echo bot, over sockets, at growing rates (takes five minutes)."""
    with progress(console, number_of_loads()) as tick:
        rows = asyncio.run(measure_load(seconds, tick))
    compared = [f"**{ours}**: {targets(rows, ECHO, ours)}" for ours in (WORDS, MEANING)]
    text = "\n\n".join([made_with(), load_table(rows), NOTE, *compared])
    typer.echo(text)
    if write:
        write_between(PAGE, "load", f"{text}\n\n![p50 by rate]({PICTURE.name})")
        PICTURE.write_text(picture(rows), "utf-8")


def made_with() -> str:
    """Return what was measured with."""
    return f"Python {python_version()}, discord.py {version('discord.py')}; {machine()}, {os.cpu_count()} cores."


def picture(rows: list[LoadRow]) -> str:
    """Draw the median latency of each bot over the rate."""
    lines = {
        name: [(row.load.rate, row.p50_ms) for row in rows if row.bot == name]
        for name in dict.fromkeys(row.bot for row in rows)
    }
    return drawn(lines, "median milliseconds from a question to its reply", "questions a second")


def memory(
    questions: Annotated[int, typer.Option(min=1000, help="How many questions are asked.")] = QUESTIONS,
    *,
    write: Write = False,
) -> None:
    """Ask the use cases as 50,000 users in 500 channels, and measure the memory at ten points (takes five minutes)."""
    with progress(console, questions) as tick:
        points = asyncio.run(measure_memory(questions, tick))
    text = f"{MEMBERS:,} users in {CHANNELS} channels. {made_with()}\n\n{memory_table(points)}"
    typer.echo(text)
    if write:
        write_between(PAGE, "memory", text)
