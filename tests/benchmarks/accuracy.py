"""Ask every contestant the same questions, clean and mistyped, with many and with few utterances per label."""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import mean
from time import perf_counter

import numpy as np

from bot.matching.ranking.rank import limit_blas_threads
from tests.benchmarks.contestants import Contestant, Ratio
from tests.benchmarks.data import Dataset, LabelledQuestion, Pair, few, mistype
from tests.benchmarks.measures import Floats, Scores, accuracy, auroc, balanced
from tests.benchmarks.progress import Tick

Shots = int | None  # utterances per label; None for all
WARM_UP_UTTERANCES = 10
TICK_QUESTIONS = 100  # the progress bar is updated between batches of questions, never while one is timed


@dataclass(frozen=True)
class Plan:
    """What to measure."""

    dataset: Dataset
    contestants: Sequence[type[Contestant]]
    shots: Sequence[Shots]
    seeds: int
    typos: bool

    @property
    def rounds(self) -> list[tuple[Shots, int]]:
        """Return the shots with each of their seeds; all utterances can be drawn in one way only."""
        return [(shots, seed) for shots in self.shots for seed in range(self.seeds if shots else 1)]

    @property
    def asked(self) -> int:
        """Return the total number of questions."""
        return len(self.rounds) * len(self.contestants) * len(self.dataset.questions) * (2 if self.typos else 1)


@dataclass(frozen=True)
class AccuracyRow:
    """The results of one contestant with some number of utterances per label, averaged over seeds."""

    shots: Shots
    method: str
    accuracy: float
    auroc: float | None
    balanced: float | None
    with_typos: float | None
    build_seconds: float
    median_us: float
    p99_us: float
    to_brute_force: float


def measure_accuracy(plan: Plan, tick: Tick) -> list[AccuracyRow]:
    """Return one row per number of shots and contestant."""
    limit_blas_threads()
    for contestant in plan.contestants:  # so that no measurement includes what is loaded once per process
        contestant(plan.dataset.train[:WARM_UP_UTTERANCES]).rank(plan.dataset.questions[0][0])
    rows = [row for shots, seed in plan.rounds for row in _round(plan, shots, seed, tick)]
    by_key: dict[tuple[Shots, str], list[AccuracyRow]] = {}
    for row in rows:
        by_key.setdefault((row.shots, row.method), []).append(row)
    return [_mean(same) for same in by_key.values()]


def _round(plan: Plan, shots: Shots, seed: int, tick: Tick) -> Iterator[AccuracyRow]:
    train = few(plan.dataset.train, shots, seed) if shots else plan.dataset.train
    chance = Random(seed)
    mistyped = [(mistype(text, chance), label) for text, label in plan.dataset.questions] if plan.typos else []
    measured = {each.name: _measured(each, train, plan.dataset.questions, mistyped, tick) for each in plan.contestants}
    brute_force = np.median(measured[Ratio.name].microseconds)
    for name, one in measured.items():
        median = float(np.median(one.microseconds))
        yield AccuracyRow(
            shots=shots,
            method=name,
            accuracy=accuracy(one.clean),
            auroc=auroc(one.clean),
            balanced=balanced(one.clean),
            with_typos=accuracy(one.mistyped) if one.mistyped else None,
            build_seconds=one.build_seconds,
            median_us=median,
            p99_us=float(np.percentile(one.microseconds, 99)),
            to_brute_force=float(median / brute_force),
        )


@dataclass(frozen=True)
class _Measured:
    build_seconds: float
    clean: Scores
    mistyped: Scores | None
    microseconds: Floats


def _measured(
    contestant: type[Contestant],
    train: Sequence[Pair],
    clean: Sequence[LabelledQuestion],
    mistyped: Sequence[LabelledQuestion],
    tick: Tick,
) -> _Measured:
    tick(f"{contestant.name}: {len(train):,} utterances", 0)
    gc.collect()
    start = perf_counter()
    index = contestant(train)
    build_seconds = perf_counter() - start
    ranked, microseconds = _asked(index, clean, tick)
    return _Measured(build_seconds, ranked, _asked(index, mistyped, tick)[0] if mistyped else None, microseconds)


def _asked(index: Contestant, questions: Sequence[LabelledQuestion], tick: Tick) -> tuple[Scores, Floats]:
    inside, right, outside, seconds = [], [], [], []
    for number, (text, label) in enumerate(questions, start=1):
        start = perf_counter()
        guess = index.rank(text)
        seconds.append(perf_counter() - start)
        if label is None:
            outside.append(guess.score)
        else:
            inside.append(guess.score)
            right.append(guess.label == label)
        if number % TICK_QUESTIONS == 0:
            tick("", TICK_QUESTIONS)
    tick("", len(questions) % TICK_QUESTIONS)
    return Scores(np.array(inside), np.array(right, np.bool_), np.array(outside)), np.array(seconds) * 1e6


def _mean(rows: list[AccuracyRow]) -> AccuracyRow:
    return AccuracyRow(
        shots=rows[0].shots,
        method=rows[0].method,
        accuracy=mean(row.accuracy for row in rows),
        auroc=_known_mean([row.auroc for row in rows]),
        balanced=_known_mean([row.balanced for row in rows]),
        with_typos=_known_mean([row.with_typos for row in rows]),
        build_seconds=mean(row.build_seconds for row in rows),
        median_us=mean(row.median_us for row in rows),
        p99_us=mean(row.p99_us for row in rows),
        to_brute_force=mean(row.to_brute_force for row in rows),
    )


def _known_mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None
