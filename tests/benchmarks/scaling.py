"""Measure how query time, memory and build time grow with the number of utterances.

The encoder is left out: encoding takes about 2 ms per question at any size, and encoding 100,000 utterances would take
most of the run. With it, the product of a question's vector with all others grows by 0.1 to 0.2 ms per thousand
utterances, and memory by 6 KB per utterance.
"""

import gc
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import numpy as np

from bot.matching.ranking.rank import limit_blas_threads
from tests.benchmarks.contestants import Contestant
from tests.benchmarks.data import Pair
from tests.benchmarks.progress import Tick
from tests.benchmarks.synthetic import questions, utterances

MAX_QUESTIONS = 500
MAX_SECONDS = 5.0  # of questions, after which a slow contestant is asked no more
MIN_QUESTIONS = 50  # even if they take longer
WARM_UP_UTTERANCES = 100
STATM = Path("/proc/self/statm")  # on Linux; the second number is the resident set in pages


@dataclass(frozen=True)
class ScalingRow:
    """The cost of one contestant for some number of utterances."""

    size: int
    method: str
    build_seconds: float
    megabytes: float | None
    median_us: float
    p95_us: float
    found: float


def measure_scaling(
    contestants: Sequence[type[Contestant]], sizes: Sequence[int], seed: int, tick: Tick
) -> list[ScalingRow]:
    """Measure each contestant at each size, in a separate process."""
    rows = []
    for size in sizes:
        tick(f"writing {size:,} utterances", 0)
        pairs = utterances(size, seed)
        asked = questions(pairs, MAX_QUESTIONS, seed)
        for contestant in contestants:
            tick(f"{contestant.name}: {size:,} utterances", 0)
            with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
                rows.append(process.submit(measured, contestant, pairs, asked).result())
            tick("", size)
    return rows


def measured(contestant: type[Contestant], pairs: Sequence[Pair], asked: Sequence[Pair]) -> ScalingRow:
    """Index the pairs and ask the questions, in this process.

    Memory is the growth of the resident set, which includes the memory of numpy and C++. A small index is built first,
    so that what is loaded once per process does not count; neither do the utterances, which are loaded before.
    """
    limit_blas_threads()
    contestant(pairs[:WARM_UP_UTTERANCES]).rank(asked[0][0])
    gc.collect()
    before = _resident()
    start = perf_counter()
    index = contestant(pairs)
    build_seconds = perf_counter() - start
    gc.collect()
    after = _resident()
    seconds, found = _ask(index, asked)
    return ScalingRow(
        size=len(pairs),
        method=contestant.name,
        build_seconds=build_seconds,
        megabytes=None if before is None or after is None else (after - before) / 1e6,
        median_us=float(np.median(seconds)) * 1e6,
        p95_us=float(np.percentile(seconds, 95)) * 1e6,
        found=found / len(seconds),
    )


def _ask(index: Contestant, asked: Sequence[Pair]) -> tuple[list[float], int]:
    seconds: list[float] = []
    found = 0
    for text, label in asked:
        if len(seconds) >= MIN_QUESTIONS and sum(seconds) > MAX_SECONDS:
            break
        start = perf_counter()
        guess = index.rank(text)
        seconds.append(perf_counter() - start)
        found += guess.label == label
    return seconds, found


def _resident() -> int | None:
    """Return the resident memory of this process in bytes; None if the system does not report it."""
    if not STATM.exists():
        return None  # getrusage does not help: it reports the peak, which is reached while building
    return int(STATM.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
