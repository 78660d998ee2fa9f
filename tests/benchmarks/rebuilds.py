"""Measure constants that take effect when a story is indexed: each value needs the stories to be indexed again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from bot.matching.deciding import calibrate, index, rules, statement, wordmap
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.statement import fact_for_statement
from bot.matching.ranking import features, rank, repair, semantic
from bot.matching.ranking.encoder import Encoder
from bot.matching.reading import detection, participants
from bot.matching.reading.spelling import wordlist
from tests.benchmarks.ablate import Worth, measure, named
from tests.benchmarks.fit import ABOVE_COLUMN
from tests.benchmarks.progress import Tick
from tests.benchmarks.rankings import Board, First, right_first
from tests.benchmarks.samples import Sample, all_samples
from tests.benchmarks.settings import changed
from tests.stories import OWN, ROOT, load_story, questions

Values = tuple[tuple[ModuleType, str, tuple[Any, ...]], ...]

INDEXED: Values = (
    (features, "GRAM_SIZES", (range(2, 3), range(2, 4), range(2, 5), range(1, 6))),
    (features, "UNSEEN_SHARE", (0.0, 0.25, 0.5, 1.0)),
    (semantic, "CENTRING_SHARE", (0.0, 0.4, 0.8, 1.0)),
)
REPAIR: Values = (
    (rank, "DOUBT_WEIGHT", (0.0, 1.0, 2.0, 4.0)),
    (semantic, "REPAIRED_WEIGHT", (0.0, 1.0, 2.0, 4.0)),
    (repair, "MIN_GUESSED_LETTERS", (1, 2, 3, 4)),
    (repair, "MIN_TWO_EDITS_LETTERS", (5, 6, 7, 9)),
    (repair, "OTHER_INITIAL_EDITS", (0.0, 0.5, 1.0)),
    (repair, "EDIT_COST", (1.0, 3.0, 6.0)),
    (repair, "FREQUENCY_WEIGHT", (0.0, 0.5, 1.0)),
    (repair, "GAINS", ((1.0, 1.0, 1.0), (1.0, 0.8, 0.6), (1.0, 0.5, 0.25))),
)
CALIBRATED: Values = (
    (calibrate, "USUAL_THRESHOLD", (0.25, 0.33, 0.4)),
    (calibrate, "USUAL_WEIGHT_UTTERANCES", (0, 30, 100, 300)),
    (calibrate, "TOLERANCE", (0.0, 0.02, 0.05)),
    (index, "MAX_RIVALS", (1, 4, 12)),
)
REREAD: Values = (
    (wordmap, "CENTRING_SHARE", (0.0, 0.4, 0.7, 1.0)),
    (wordmap, "MIN_SHARED_LETTERS", (0.3, 0.5, 0.7)),
    (participants, "MAX_PASSIVE_GAP_WORDS", (3, 5, 8)),
    (participants, "MAX_AGENT_GAP_WORDS", (1, 3, 6)),
    (detection, "MIN_FOREIGN_LEAD_WORDS", (1, 2, 3)),
    (detection, "MIN_KNOWN_WORDS", (1, 2, 3)),
    (wordlist, "UNLISTED_SHARE", (1e-9, 1e-8, 1e-7)),
)
BY_MEANING = frozenset({"CENTRING_SHARE"})  # of these; the others are measured by words alone, which is faster
STATEMENTS: Values = (
    (statement, "MIN_THRESHOLD_SHARE", (0.6, 0.8, 1.0)),
    (statement, "MIN_SCORE_LEAD", (0.0, 0.05, 0.1)),
    (statement, "MIN_KNOWN_WORDS", (1, 2, 3, 4)),
)
INDEX_STEPS, REPAIR_STEPS, THRESHOLD_STEPS, REREAD_STEPS, STATEMENT_STEPS = (
    sum(len(values) for _, _, values in sweep) for sweep in (INDEXED, REPAIR, CALIBRATED, REREAD, STATEMENTS)
)


def _tried(sweep: Values, tick: Tick) -> Iterator[tuple[ModuleType, str, Any, str]]:
    """Yield each value of some constants, with a name for it."""
    for module, name, values in sweep:
        for value in values:
            tick(f"{name} = {value}", 1)
            yield module, name, value, named(f"{module.__name__.rpartition('.')[2]}.{name}", value, vars(module)[name])


def indexed_worth(stories: Sequence[str], encoder: Encoder | None, tick: Tick) -> Iterator[First]:
    """Vary the constants of the index: how often the right fact comes first."""
    for module, name, value, change in _tried(INDEXED, tick):
        features.grams_of.cache_clear()
        with changed(module, name, value):
            yield right_first(change, [Board.of(story, encoder) for story in stories])
    features.grams_of.cache_clear()


def repair_worth(boards: Sequence[Board], tick: Tick) -> Iterator[First]:
    """Vary the constants of the ranking's own repair, on misspelt questions that no speller has corrected.

    The bot corrects questions before it ranks them; the repair serves those who use the ranking alone.
    """
    for module, name, value, change in _tried(REPAIR, tick):
        with changed(module, name, value):
            yield right_first(change, boards)


def misspelt(name: str, encoder: Encoder | None) -> Board:
    """Return the rankings of a story with its misspelt questions, read as they were typed."""
    decider, board = Decider(load_story(name), encoder), Board.of(name, encoder, repairs=True)
    asked = tuple(
        (replace(decider.read(item.text), text=item.text), item.expect)
        for item in questions(name)
        if item.register == "typo" and item.expect
    )
    return replace(board, asked=asked)


def calibrated_worth(samples: Sequence[Sample], encoder: Encoder | None, tick: Tick) -> Iterator[Worth]:
    """Vary the constants of the stories' own thresholds."""
    stories = sorted({sample.story for sample in samples})
    usual = thresholds_of(stories, encoder)
    for module, name, value, change in _tried(CALIBRATED, tick):
        with changed(module, name, value):
            yield measure(
                change, with_thresholds(samples, usual, thresholds_of(stories, encoder)), slack=rules.SCORE_SLACK
            )


def thresholds_of(stories: Sequence[str], encoder: Encoder | None) -> dict[str, float]:
    """Return the threshold that each story calibrates."""
    return {story: Decider(load_story(story), encoder).thresholds.answer for story in stories}


def with_thresholds(samples: Sequence[Sample], before: Mapping[str, float], after: Mapping[str, float]) -> list[Sample]:
    """Return the samples as if their stories had other thresholds: only the signal `above` depends on them."""
    found = []
    for sample in samples:
        signals = sample.signals.copy()
        signals[:, ABOVE_COLUMN] += before[sample.story] - after[sample.story]
        found.append(replace(sample, signals=signals))
    return found


def reread_worth(stories: Sequence[str], encoder: Encoder | None, tick: Tick) -> Iterator[Worth]:
    """Vary the constants that change the signals of every question, which is read again."""
    for module, name, value, change in _tried(REREAD, tick):
        with changed(module, name, value):
            yield measure(change, all_samples(stories, encoder if name in BY_MEANING else None))


@dataclass(frozen=True)
class Met:
    """What becomes of statements: they meet their fact, or another; or they are other talk and meet one."""

    change: str
    right: int
    wrong: int
    noise: int


def statements_worth(encoder: Encoder | None, tick: Tick) -> Iterator[Met]:
    """Vary the constants of the menu that checks statements, on those of the project's own story."""
    rows = json.loads((ROOT / "tests" / "answering" / "statements.json").read_text("utf-8"))
    decider = Decider(load_story(OWN), encoder)
    ranked = [(decider.statement_ranking(row["sentence"], row["language"]), row["meets"]) for row in rows]
    for module, name, value, change in _tried(STATEMENTS, tick):
        with changed(module, name, value):
            found = [(fact_for_statement(ranking, decider.thresholds), meets) for ranking, meets in ranked]
        right = sum(fact in meets for fact, meets in found)
        noise = sum(bool(fact) and not meets for fact, meets in found)
        yield Met(change, right, sum(bool(fact) for fact, _ in found) - right - noise, noise)
