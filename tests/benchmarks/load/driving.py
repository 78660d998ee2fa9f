"""Ask a bot in a process of its own at a rate, and measure how long its replies take and what they cost."""

import asyncio
import os
import random
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from bot.answering.telling.catalogue import LANGUAGES, catalogue
from tests.benchmarks.load.crowd import Asked, Crowd
from tests.stories import OWN, ROOT, questions
from tests.wire.process import start_bot

BUSY = {catalogue().text(language, "failure.busy") for language in LANGUAGES}
MEMBERS, CHANNELS = 50_000, 500
START_SECONDS = 60.0
LAST_REPLY_SECONDS = 15.0  # after the last question
PROC = Path("/proc")
PAGE_MEGABYTES = os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(frozen=True)
class Load:
    """How many questions a second, and for how many seconds."""

    rate: float
    seconds: float

    @property
    def number(self) -> int:
        """How many questions that are."""
        return round(self.rate * self.seconds)


@dataclass(frozen=True)
class LoadRow:
    """What a load took of a bot."""

    bot: str
    load: Load
    answered: int
    refused: int  # of them, told that there are too many questions
    p50_ms: float
    p99_ms: float
    cpu_ms: float  # for each question, of all threads
    rate: float  # replies a second, until the last one
    megabytes: float  # resident, at the end

    @property
    def a_core(self) -> float:
        """How many questions a second a core can answer, by their CPU time."""
        return 1000 / self.cpu_ms

    @property
    def is_sustained(self) -> bool:
        """Whether all questions were answered, none was refused, and as fast as they came."""
        return (
            self.answered == self.load.number
            and not self.refused
            and self.rate >= 0.95 * self.load.rate
            and self.p99_ms < 1000
        )


class Driver:
    """Asks one bot what readers asked about the story that ships with the project."""

    def __init__(self, name: str, server: Crowd, process: Process, seed: int = 0) -> None:
        self._name = name
        self._server = server
        self._process = process
        self._draw = random.Random(seed)
        self._texts = [asked.text for asked in questions(OWN)]

    async def measure(self, load: Load) -> LoadRow:
        """Ask at a rate, whether or not replies come, and wait for the last of them."""
        cpu, start = cpu_seconds(self._process.pid), perf_counter()
        asked = []
        for number in range(load.number):
            await asyncio.sleep(start + number / load.rate - perf_counter())
            asked.append(await self._ask())
        await self._last_reply(asked)
        seconds = sorted(one.replied - one.sent for one in asked if one.replied)
        end = max((one.replied for one in asked if one.replied), default=perf_counter())
        return LoadRow(
            bot=self._name,
            load=load,
            answered=len(seconds),
            refused=sum(one.reply.get("content") in BUSY for one in asked),
            p50_ms=percentile(seconds, 50) * 1000,
            p99_ms=percentile(seconds, 99) * 1000,
            cpu_ms=(cpu_seconds(self._process.pid) - cpu) / load.number * 1000,
            rate=len(seconds) / max(end - start, load.seconds),
            megabytes=resident_megabytes(self._process.pid),
        )

    async def _ask(self) -> Asked:
        member, channel = self._draw.randrange(MEMBERS), self._draw.randrange(CHANNELS)
        return await self._server.ask(member, channel, self._draw.choice(self._texts))

    async def _last_reply(self, asked: Sequence[Asked]) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_REPLY_SECONDS):
                while any(one.replied is None for one in asked):
                    self._server.is_answered.clear()
                    await self._server.is_answered.wait()
        self._server.asked.clear()


@asynccontextmanager
async def driven(name: str, program: Sequence[str], folder: Path) -> AsyncIterator[Driver]:
    """Start a bot on a stand-in, and wait until it answers; `program` is what Python is told to run."""
    async with Crowd(CHANNELS) as server:
        with (folder / f"{name}.log").open("wb") as log:
            process = await start_bot(server, folder, *program, log=log, knowledge=ROOT / "knowledge")
            try:
                async with asyncio.timeout(START_SECONDS):
                    await server.identified.get()
                driver = Driver(name, server, process)
                await driver.measure(Load(10, 3))  # the first questions load what is loaded once
                yield driver
            finally:
                if process.returncode is None:
                    process.terminate()
                await process.wait()


def cpu_seconds(process: int) -> float:
    """Return the CPU time of the threads of a process, to the nanosecond: its sum of all counts only hundredths."""
    tasks = (PROC / str(process) / "task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def resident_megabytes(process: int) -> float:
    """Return the resident memory of a process."""
    return int((PROC / str(process) / "statm").read_text().split()[1]) * PAGE_MEGABYTES


def percentile(numbers: Sequence[float], percent: int) -> float:
    """Return a percentile of sorted numbers; not a number if there are none."""
    if len(numbers) < 2:
        return numbers[0] if numbers else float("nan")
    return quantiles(numbers, n=100, method="inclusive")[percent - 1]
