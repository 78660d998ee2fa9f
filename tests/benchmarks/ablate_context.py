"""Measure what each signal and the constant of the context's vote are worth, on the story left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.matching.deciding import context
from bot.matching.deciding.context import CONTEXT_SIGNALS
from bot.matching.deciding.decide import Decider
from tests.benchmarks.ablate import blanked, named
from tests.benchmarks.fit_context import Measured, learn, measure
from tests.benchmarks.progress import Tick
from tests.benchmarks.settings import changed
from tests.benchmarks.turns import Dependent

MIN_VOTE = (0.0005, 0.002, 0.01)
CONTEXT_STEPS = 1 + len(CONTEXT_SIGNALS) + len(MIN_VOTE)


def context_worth(deciding: Mapping[str, Decider], tick: Tick) -> Iterator[tuple[str, Measured]]:
    """Measure the context as it is, without each signal in turn, and with other values of its constant."""
    tick("the conversations", 1)
    learnt = learn(deciding)
    yield "as it is", measure(deciding, learnt)
    for name in CONTEXT_SIGNALS:
        tick(f"without the signal {name}", 1)
        yield f"without `{name}`", measure(deciding, without_signal(learnt, name))
    for value in MIN_VOTE:
        tick(f"MIN_VOTE = {value}", 1)
        change = named("MIN_VOTE", value, context.MIN_VOTE)
        with changed(context, "MIN_VOTE", value):
            yield change, measure(deciding, learn(deciding))


def without_signal(turns: Sequence[Dependent], name: str) -> list[Dependent]:
    """Return turns with a signal that says nothing: what is fitted on them gives it no weight."""
    column = list(CONTEXT_SIGNALS).index(name)
    return [replace(turn, signals=blanked(turn.signals, column)) for turn in turns]
