"""Measure what a question costs as facts and stories grow, and what loading them costs.

The stories are invented and loaded from YAML files, each case in a process of its own. A question goes through the
whole assistant, without Discord and the journal. Its CPU time is that of the process: other programs count little.
"""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
import yaml

from bot.answering.assistant import Assistant
from bot.answering.editions import Edition, Shelf
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.library.read import read_story
from bot.matching.ranking.encoder import Encoder, installed
from tests.benchmarks.invented import ARTICLE, Invented, invent
from tests.benchmarks.memory import peak_megabytes
from tests.benchmarks.progress import Tick
from tests.fakes import FixedLibrary, MemoryBindings, MemoryJournal, SteppedClock, utterance

QUESTIONS = 200
WARM_UP_QUESTIONS = 20  # also the first ones after a load, which build what is built on first use
FACTS_PER_FILE = 250  # a file that is too large is refused
FACTS_PER_STORY = 100  # if there are several


@dataclass(frozen=True)
class Case:
    """What is loaded."""

    stories: int
    facts: int  # of each story
    is_semantic: bool


@dataclass(frozen=True)
class GrowthRow:
    """The cost of one case; times are CPU time."""

    case: Case
    load_seconds: float
    peak_megabytes: float  # of the whole process, with the libraries and the encoder
    median_ms: float
    p95_ms: float
    answered: float


def cases(facts: Sequence[int], stories: Sequence[int], *, is_semantic: bool) -> list[Case]:
    """Return one story of each size, then each number of stories of a hundred facts."""
    single = [Case(1, size, is_semantic) for size in facts]
    several = [Case(count, FACTS_PER_STORY, is_semantic) for count in stories]
    return list(dict.fromkeys([*single, *several]))


def measure_growth(wanted: Sequence[Case], tick: Tick) -> list[GrowthRow]:
    """Measure each case in a separate process."""
    rows = []
    for case in wanted:
        tick(f"{case.stories} x {case.facts:,} facts", 0)
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
            rows.append(process.submit(measured, case).result())
        tick("", case.stories * case.facts)
    return rows


def measured(case: Case, questions: int = QUESTIONS) -> GrowthRow:
    """Load the stories of a case and ask questions, in this process."""
    encoder = installed() if case.is_semantic else None
    each = -(-(questions + WARM_UP_QUESTIONS) // case.stories)
    invented = [invent(number, case.facts, each) for number in range(case.stories)]
    with TemporaryDirectory() as folder:
        write(invented, Path(folder))
        start = process_time()
        shelf = Shelf(tuple(load(Path(folder), encoder)))
        load_seconds = process_time() - start
    asked = list(chain.from_iterable(zip(*(one.questions for one in invented), strict=True)))
    seconds, answered = asyncio.run(_ask(shelf, asked[: questions + WARM_UP_QUESTIONS]))
    return GrowthRow(
        case=case,
        load_seconds=load_seconds,
        peak_megabytes=peak_megabytes(),
        median_ms=float(np.median(seconds)) * 1000,
        p95_ms=float(np.percentile(seconds, 95)) * 1000,
        answered=answered / len(seconds),
    )


def write(invented: Sequence[Invented], root: Path) -> None:
    """Write stories, and the article that they share, as an editor would have them on disk."""
    (root / "seeds").mkdir()
    (root / "seeds" / f"{ARTICLE}.yml").write_text(_yaml(invented[0].source), "utf-8")
    for one in invented:
        (root / one.id).mkdir()
        (root / one.id / "story.yml").write_text(_yaml(one.data | {"facts": []}), "utf-8")
        facts = one.data["facts"]
        for start in range(0, len(facts), FACTS_PER_FILE):
            part = {"facts": facts[start : start + FACTS_PER_FILE]}
            (root / one.id / f"facts-{start}.yml").write_text(_yaml(part), "utf-8")


def load(root: Path, encoder: Encoder | None) -> Iterator[Edition]:
    """Load the stories in a folder."""
    for folder in sorted(path for path in root.iterdir() if path.name != "seeds"):
        reading = read_story(folder, root / "seeds", encoder=encoder)
        assert reading.edition is not None, f"{folder.name}: {reading.problems[0]}"
        yield reading.edition


async def _ask(shelf: Shelf, asked: Sequence[str]) -> tuple[list[float], int]:
    """Return the CPU time of each question after the first ones, and how many were answered."""
    library = FixedLibrary()
    library.current = shelf
    assistant = Assistant(Stories(library, MemoryBindings(), SteppedClock(), catalogue()), MemoryJournal())
    seconds, answered = [], 0
    for text in asked:
        question = utterance(text, "en")
        assistant.take_back(question.context)
        start = process_time()
        reply = await assistant.ask(question)
        seconds.append(process_time() - start)
        answered += reply.outcome == "answer" and len(seconds) > WARM_UP_QUESTIONS
    return seconds[WARM_UP_QUESTIONS:], answered


def _yaml(data: object) -> str:
    return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
