"""Measure the effect of each signal, veto and constant of the vote, with each story left out.

`python -m tests.benchmarks ablate` prints and writes the tables. Every row has its own thresholds, which keep to the
same limits on wrong answers and answered near misses, so that the shares of right answers are comparable.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from math import inf
from typing import Any, get_args

from bot.matching.deciding import index, rules
from bot.matching.deciding.evidence import Veto
from bot.matching.deciding.signals import SIGNALS
from bot.matching.deciding.vote import Doubles
from bot.matching.ranking.encoder import Encoder
from bot.matching.reading import lexicon
from bot.matching.reading.language import Language
from bot.matching.reading.phrases import PhraseTable
from bot.matching.reading.spelling import CorrectedText, Speller
from bot.matching.reading.spelling.typedword import typed_words
from tests.benchmarks import fit
from tests.benchmarks.progress import Tick
from tests.benchmarks.samples import Sample, all_samples
from tests.benchmarks.settings import changed

VETOES: tuple[Veto, ...] = get_args(Veto)
FITTING: tuple[tuple[str, tuple[float, ...]], ...] = (  # constants of fit.py
    ("SHRINKAGE", (1, 3, 10, 30, 100)),
    ("MAX_FITTED_CANDIDATES", (2, 4, 6, 8, 12)),
)
CANDIDATE_COUNTS = (3, 6, 9, 12)  # more would require reading every question again
MARGINS = (0.0, 0.01, 0.02, 0.05, 0.1)
SLACKS = (inf, 0.1, 0.05, 0.02, 0.0)


@dataclass(frozen=True)
class Worth:
    """The rates after a change of one part, and the minimum probability of an answer within the usual limits."""

    change: str
    answer: float
    rates: dict[str, float]


def measure(
    change: str,
    samples: Sequence[Sample],
    margin: float = 0.0,
    slack: float = inf,
    fitted_on: Sequence[Sample] | None = None,
) -> Worth:
    """Fit and judge samples with each story left out in turn."""
    judged = fit.leave_one_story_out(samples, margin, slack, fitted_on)
    answer, _ = fit.thresholds(judged)
    return Worth(change, answer, fit.rates(judged, answer))


def without_signal(samples: Iterable[Sample], name: str) -> list[Sample]:
    """Return the samples with a signal made constant."""
    column = list(SIGNALS).index(name)
    return [replace(sample, signals=blanked(sample.signals, column)) for sample in samples]


def without_veto(samples: Iterable[Sample], veto: Veto) -> list[Sample]:
    """Return the samples without a veto; the signal of the same name stays in the vote."""
    return [replace(sample, vetoes=tuple(each - {veto} for each in sample.vetoes)) for sample in samples]


def with_candidates(samples: Iterable[Sample], count: int) -> list[Sample]:
    """Return the samples with their first candidates only."""
    return [
        replace(
            sample,
            facts=sample.facts[:count],
            vetoes=sample.vetoes[:count],
            signals=sample.signals[:count],
            new=sample.new[:count],
            shares=sample.shares[:count],
        )
        for sample in samples
    ]


def without_speller() -> AbstractContextManager[None]:
    """Leave every word as typed until the block ends."""
    return changed(Speller, "correct", _as_typed)


@contextmanager
def without_concepts() -> Iterator[None]:
    """Leave out the concepts of the language files, but not those of the stories, until the block ends."""
    lexicon._languages.cache_clear()
    try:
        with changed(Language, "with_concepts", _only_with):
            yield
    finally:
        lexicon._languages.cache_clear()


def signals_worth(samples: Sequence[Sample], tick: Tick) -> Iterator[Worth]:
    """Leave each signal out in turn."""
    for name in SIGNALS:
        tick(f"without the signal {name}", 1)
        yield measure(f"without `{name}`", without_signal(samples, name))


def vetoes_worth(samples: Sequence[Sample], tick: Tick) -> Iterator[Worth]:
    """Switch each veto off in turn, then all of them."""
    for veto in VETOES:
        tick(f"without the veto {veto}", 1)
        yield measure(f"without `{veto}`", without_veto(samples, veto))
    bare = list(samples)
    for veto in VETOES:
        bare = without_veto(bare, veto)
    yield measure("without any", bare)


def constants_worth(samples: Sequence[Sample], tick: Tick) -> Iterator[Worth]:
    """Vary each constant of the fit and of the decision."""
    for name, values in FITTING:
        for value in values:
            tick(f"{name} = {value}", 1)
            change = named(name, value, getattr(fit, name))
            with changed(fit, name, value):
                yield measure(change, samples)
    for count in CANDIDATE_COUNTS:
        tick(f"MAX_CANDIDATE_FACTS = {count}", 1)
        yield measure(named("MAX_CANDIDATE_FACTS", count, index.MAX_CANDIDATE_FACTS), with_candidates(samples, count))
    for margin in MARGINS:
        tick(f"PROBABILITY_MARGIN = {margin}", 1)
        yield measure(named("PROBABILITY_MARGIN", margin, rules.PROBABILITY_MARGIN), samples, margin)
    for slack in SLACKS:
        tick(f"SCORE_SLACK = {slack}", 1)
        yield measure(named("SCORE_SLACK", slack, rules.SCORE_SLACK), samples, slack=slack)


def parts_worth(
    samples: Sequence[Sample], stories: Sequence[str], encoder: Encoder | None, tick: Tick
) -> Iterator[Worth]:
    """Measure all parts together, by the vote for words alone, without the speller, and without the concepts."""
    yield measure("as it is", samples)
    if encoder:
        tick("the vote for words alone", 0)
        yield measure("by the vote for words alone", samples, fitted_on=all_samples(stories, None))
    tick("", 1)
    off: dict[str, Callable[[], AbstractContextManager[None]]] = {
        "without the speller": without_speller,
        "without the concepts of the language files": without_concepts,
    }
    for change, part_off in off.items():
        tick(change, 0)
        with part_off():
            yield measure(change, all_samples(stories, encoder))
        tick("", 1)


VOTE_STEPS = sum(len(values) for _, values in FITTING) + len(CANDIDATE_COUNTS) + len(MARGINS) + len(SLACKS)
PART_STEPS = 3


def named(name: str, value: object, usual: object) -> str:
    """Name a value of a constant, and whether it is the usual one."""
    told = f"{value:g}" if isinstance(value, int | float) else str(value)
    return f"{name} = {told}{' (as it is)' if value == usual else ''}"


def blanked(signals: Doubles, column: int) -> Doubles:
    """Return signals with one that says nothing: the same number for every candidate."""
    rest = signals.copy()
    rest[:, column] = 0.0
    return rest


def _as_typed(_speller: Speller, text: str, language: str | None = None) -> CorrectedText:
    _, typed = typed_words(text)
    return CorrectedText(tuple(item.word for item in typed), frozenset(), text, language or "")


_with_concepts = Language.with_concepts


def _only_with(language: Language, groups: Any) -> Language:
    return _with_concepts(replace(language, concepts=PhraseTable({}), stems=PhraseTable({})), groups)
