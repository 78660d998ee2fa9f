"""Measure loading, reloading and the commands of a story of many facts: `python -m tests.benchmarks loading 10000`.

Times are of the processor, so that they hold on a busy machine too. The lag of the event loop is what the process
computed while the loop waited for its turn.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory
from time import process_time
from typing import Annotated

import typer

from bot.answering.context import Context
from bot.answering.lookup import complete
from bot.answering.sayings import claims
from bot.answering.sources import article, sources
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.answering.timeline import timelines
from bot.answering.when import when
from bot.answering.who import who
from bot.library.cachefile import CacheFile
from bot.library.checked import CheckedCache
from bot.library.library import FileLibrary
from tests.benchmarks.bigstory import write_story
from tests.benchmarks.memory import peak_megabytes
from tests.fakes import MemoryBindings, SetClock

NOW = datetime(2024, 3, 5, tzinfo=UTC)
TICK_SECONDS = 0.005


async def measure(folder: Path) -> None:
    """Print the figures of the story in a folder."""
    start = process_time()
    library = await FileLibrary.open(folder / "knowledge", folder / "seeds")
    typer.echo(f"load: {process_time() - start:.1f} s, at most {peak_megabytes():.0f} MB")
    start, lags = process_time(), await reload_lags(library)
    middle, late = lags[len(lags) // 2], lags[len(lags) * 99 // 100]
    typer.echo(
        f"reload: {process_time() - start:.1f} s, lag {middle:.0f} ms, p99 {late:.0f} ms, at most {lags[-1]:.0f} ms"
    )
    for name, milliseconds in command_milliseconds(library).items():
        typer.echo(f"{name}: {milliseconds:.1f} ms")
    for name, seconds in (await cached_seconds(folder)).items():
        typer.echo(f"{name}: {seconds:.1f} s")


async def cached_seconds(folder: Path) -> Mapping[str, float]:
    """Return how long starts and a reload take with a cache on disk, in seconds of the processor."""
    cache = CheckedCache(CacheFile(folder / "cache"), None)
    seconds: dict[str, float] = {}
    for name in ("load, with an empty cache", "load again"):
        start = process_time()
        library = await FileLibrary.open(folder / "knowledge", folder / "seeds", cache=cache)
        seconds[name] = process_time() - start
    path = folder / "knowledge" / "big" / "facts-000000.yml"
    path.write_text(path.read_text("utf-8").replace("Quand Person0a", "Quand donc Person0a", 1), "utf-8")
    start = process_time()
    assert (await library.reload()).loaded
    return seconds | {"reload after a change of one fact": process_time() - start}


async def reload_lags(library: FileLibrary) -> list[float]:
    """Reload, and return by how much the event loop was late meanwhile: milliseconds of the processor, sorted."""
    lags: list[float] = []
    reloading = asyncio.create_task(library.reload())
    while not reloading.done():
        start = process_time()
        await asyncio.sleep(TICK_SECONDS)
        lags.append((process_time() - start) * 1000)
    await reloading
    return sorted(lags)


def command_milliseconds(library: FileLibrary) -> Mapping[str, float]:
    """Return how long each look-up takes, in milliseconds of the processor."""
    stories = Stories(library, MemoryBindings(), SetClock(), catalogue())
    asker = Context(user=1, channel=2, guild=None, locale="fr", at=NOW)
    commands: dict[str, Callable[[], object]] = {
        "/sources": lambda: sources(stories, asker),
        "/sources 3": lambda: article(stories, asker, 3),
        "/who": lambda: who(stories, asker, "Person7a Name7b"),
        "/who, not found": lambda: who(stories, asker, "Nobody"),
        "/when": lambda: when(stories, asker, "Happening Event7"),
        "completion": lambda: complete(stories, asker, "pers", "entity", 25),
        "/claims of one": lambda: claims(stories, asker, "Person7a Name7b"),
        "/claims of all, in a thread": lambda: claims(stories, asker),
        "/timeline, in a thread": lambda: timelines(stories, asker),
    }
    return {name: _milliseconds(command) for name, command in commands.items()}


def _milliseconds(command: Callable[[], object]) -> float:
    start = process_time()
    command()
    return (process_time() - start) * 1000


def loading(facts: Annotated[int, typer.Argument(min=20, help="How many facts the story has.")] = 5_000) -> None:
    """Measure loading, reloading and the commands of a story of many facts (takes a minute)."""
    program = (sys.executable, "-m", "tests.benchmarks.loading", str(facts))  # without what other benchmarks import
    run(program, check=True)  # noqa: S603 - our own


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        write_story(Path(name), int(sys.argv[1]))
        asyncio.run(measure(Path(name)))
