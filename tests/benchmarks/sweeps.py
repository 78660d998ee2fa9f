"""Measure constants of the reading: the speller on misspelt and clean questions, the passages on long texts.

Every constant of these modules is tried smaller and larger. The speller is measured by words alone:
what it reads is what both rankings get.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from bot.matching.deciding import decide
from bot.matching.deciding.decide import Decider
from bot.matching.reading import completion, followup, passages
from bot.matching.reading.reader import Reader
from bot.matching.reading.spelling import (
    bigrams,
    channel,
    conventions,
    edits,
    lattice,
    limits,
    names,
    neighbours,
    speller,
    splits,
    vocabulary,
    wordlist,
)
from tests.benchmarks.progress import Tick
from tests.benchmarks.settings import changed
from tests.stories import load_story, questions
from tests.stories.scores import Score, score, score_conversations

SPELLING = (
    bigrams,
    channel,
    conventions,
    edits,
    lattice,
    limits,
    names,
    neighbours,
    speller,
    splits,
    vocabulary,
    wordlist,
)
CLEAN, LONG = frozenset({"plain", "short"}), frozenset({"long", "ramble", "runon"})
RARE = 0.01  # shares of running text below this are tried in powers of ten
FEW = 10  # counts below this are tried one smaller and one larger


def values_of(value: float) -> tuple[float, float]:
    """Return a smaller and a larger value to try."""
    if isinstance(value, int):
        return (value - 1, value + 1) if value < FEW else (value // 2, value * 2)
    factors = (0.1, 10.0) if 0 < value < RARE else (0.7, 1.4)
    return value * factors[0], value * factors[1]


def constants_of(module: ModuleType) -> Iterator[str]:
    """Yield the names of the numbers that a module defines, in their order."""
    assert module.__file__ is not None
    for node in ast.parse(Path(module.__file__).read_text("utf-8")).body:
        for target in node.targets if isinstance(node, ast.Assign) else ():
            for item in target.elts if isinstance(target, ast.Tuple) else (target,):
                if isinstance(item, ast.Name) and type(getattr(module, item.id)) in {int, float}:
                    yield item.id


@contextmanager
def changed_everywhere(owner: ModuleType, name: str, value: float) -> Iterator[None]:
    """Set a constant in its module and in those that import it until the block ends."""
    users = [
        module
        for key, module in sys.modules.items()
        if key.startswith("bot.matching.") and name in vars(module) and name not in constants_of(module)
    ]
    with ExitStack() as stack:
        for module in (owner, *users):
            stack.enter_context(changed(module, name, value))
        _forget(owner)
        try:
            yield
        finally:
            _forget(owner)


def _forget(owner: ModuleType) -> None:
    """Clear what was computed with the constants of a module."""
    channel._neighbours.cache_clear()
    if owner is wordlist:
        wordlist.word_list.cache_clear()


@dataclass(frozen=True)
class Spelled:
    """What a change does to misspelt questions, and to clean ones."""

    change: str
    misspelt: Score
    clean_changed: int  # clean questions that were 'corrected'


def measure_spelling(change: str, deciding: Mapping[str, Decider]) -> Spelled:
    """Decide the misspelt questions of every story, and read the clean ones, with a new speller."""
    misspelt, clean = Score(Counter()), 0
    for story, decider in deciding.items():
        asked = list(questions(story))
        with changed(decider._index, "reader", Reader(load_story(story))):
            misspelt += score(decider, [item for item in asked if item.register == "typo"]).get("in", Score(Counter()))
            clean += sum(decider.read(item.text).text != item.text for item in asked if item.register in CLEAN)
    return Spelled(change, misspelt, clean)


def sweep_spelling(deciding: Mapping[str, Decider], tick: Tick) -> Iterator[Spelled]:
    """Vary each constant of the speller; `deciding` has the deciders by story, by words alone."""
    yield measure_spelling("as it is", deciding)
    for module, name, value in tried(SPELLING):
        tick(f"{name} = {value:g}", 1)
        with changed_everywhere(module, name, value):
            yield measure_spelling(f"{module.__name__.rpartition('.')[2]}.{name} = {value:g}", deciding)


def tried(modules: Iterable[ModuleType]) -> Iterator[tuple[ModuleType, str, float]]:
    """Yield the values to try of all the constants of some modules."""
    for module in modules:
        for name in constants_of(module):
            for value in values_of(getattr(module, name)):
                yield module, name, value


PASSAGES: tuple[tuple[ModuleType, str], ...] = (
    *((passages, name) for name in constants_of(passages)),
    *((followup, name) for name in constants_of(followup)),
    *((completion, name) for name in constants_of(completion)),
    (decide, "MAX_CONTEXT_WORDS"),
)


@dataclass(frozen=True)
class Decided:
    """What a change does to long texts in scope, to near misses, and to the later turns of conversations."""

    change: str
    long: Score
    near: Score
    turns: Score


def measure_texts(change: str, deciding: Mapping[str, Decider]) -> Decided:
    """Decide the long texts, the near misses and the conversations of every story."""
    long, near, turns = Score(Counter()), Score(Counter()), Score(Counter())
    for story, decider in deciding.items():
        asked = [item for item in questions(story) if item.register in LONG or item.kind == "near"]
        scores = score(decider, asked)
        long += scores.get("in", Score(Counter()))
        near += scores.get("near", Score(Counter()))
        turns += score_conversations(decider, story)
    return Decided(change, long, near, turns)


def sweep_texts(deciding: Mapping[str, Decider], tick: Tick) -> Iterator[Decided]:
    """Vary each constant of the passages and of the follow-ups; `deciding` has the deciders by story."""
    yield measure_texts("as it is", deciding)
    for module, name in PASSAGES:
        for value in values_of(getattr(module, name)):
            tick(f"{name} = {value:g}", 1)
            with changed_everywhere(module, name, value):
                yield measure_texts(f"{module.__name__.rpartition('.')[2]}.{name} = {value:g}", deciding)


SPELLING_STEPS, TEXT_STEPS = len(list(tried(SPELLING))), 2 * len(PASSAGES)
