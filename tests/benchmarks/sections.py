"""The sections of `ablate`: each measures some parts or constants on the stories, and is a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.matching.deciding.decide import Decider
from bot.matching.deciding.signals import SIGNALS
from bot.matching.deciding.vote import vote_for
from bot.matching.ranking.encoder import Encoder
from tests.benchmarks import ablate, fit, fit_context, rankings, rebuilds, resources, sweeps, tables
from tests.benchmarks.ablate_context import CONTEXT_STEPS, context_worth
from tests.benchmarks.progress import Tick
from tests.benchmarks.rankings import Board
from tests.benchmarks.samples import Sample, all_samples


@dataclass(frozen=True)
class Ablation:
    """The stories, ranked by an encoder or by words alone; what several sections need is read once."""

    stories: Sequence[str]
    encoder: Encoder | None
    tick: Tick

    @cached_property
    def samples(self) -> list[Sample]:
        """The questions with their signals."""
        return all_samples(self.stories, self.encoder)

    @cached_property
    def deciding(self) -> dict[str, Decider]:
        """What decides on each story, with a vote that was fitted without it."""
        return fit_context.deciders(fit.without_each(self.samples, vote_for(self.encoder)), self.encoder)

    @cached_property
    def by_words(self) -> "Ablation":
        """The same stories, ranked by words alone."""
        return Ablation(self.stories, None, self.tick) if self.encoder else self

    @cached_property
    def boards(self) -> list[Board]:
        """The two rankings of each story."""
        return [Board.of(story, self.encoder) for story in self.stories]


class Section(NamedTuple):
    """A part of the report."""

    title: str
    steps: int
    table: Callable[[Ablation], str]


def _signals(all_: Ablation) -> str:
    return tables.worth_table(sorted(ablate.signals_worth(all_.samples, all_.tick), key=lambda row: row.rates["right"]))


def _repair(all_: Ablation) -> str:
    boards = [rebuilds.misspelt(story, all_.encoder) for story in all_.stories]
    return tables.first_table(rebuilds.repair_worth(boards, all_.tick))


SECTIONS: Mapping[str, Section] = {
    "parts": Section(
        "Parts",
        ablate.PART_STEPS,
        lambda all_: tables.worth_table(ablate.parts_worth(all_.samples, all_.stories, all_.encoder, all_.tick)),
    ),
    "resources": Section(
        "Kept resources, by words alone",
        resources.RESOURCE_STEPS,
        lambda all_: tables.worth_table(resources.resources_worth(all_.stories, all_.tick)),
    ),
    "vetoes": Section(
        "Vetoes",
        len(ablate.VETOES),
        lambda all_: tables.worth_table(ablate.vetoes_worth(all_.samples, all_.tick)),
    ),
    "signals": Section("Signals", len(SIGNALS), _signals),
    "vote": Section(
        "Constants of the vote",
        ablate.VOTE_STEPS,
        lambda all_: tables.worth_table(ablate.constants_worth(all_.samples, all_.tick)),
    ),
    "context": Section(
        "Context", CONTEXT_STEPS, lambda all_: tables.context_table(context_worth(all_.deciding, all_.tick))
    ),
    "ranking": Section(
        "Constants of the ranking",
        rankings.STEPS,
        lambda all_: tables.first_table(rankings.sweep(all_.boards, all_.tick)),
    ),
    "index": Section(
        "Constants of the index",
        rebuilds.INDEX_STEPS,
        lambda all_: tables.first_table(rebuilds.indexed_worth(all_.stories, all_.encoder, all_.tick)),
    ),
    "repair": Section("Constants of the ranking's own repair", rebuilds.REPAIR_STEPS, _repair),
    "thresholds": Section(
        "Constants of the stories' thresholds",
        rebuilds.THRESHOLD_STEPS,
        lambda all_: tables.worth_table(rebuilds.calibrated_worth(all_.samples, all_.encoder, all_.tick)),
    ),
    "signals-again": Section(
        "Constants that change the signals",
        rebuilds.REREAD_STEPS,
        lambda all_: tables.worth_table(rebuilds.reread_worth(all_.stories, all_.encoder, all_.tick)),
    ),
    "statements": Section(
        "Constants of the menu that checks statements",
        rebuilds.STATEMENT_STEPS,
        lambda all_: tables.met_table(rebuilds.statements_worth(all_.encoder, all_.tick)),
    ),
    "texts": Section(
        "Constants of long texts and of conversations",
        sweeps.TEXT_STEPS,
        lambda all_: tables.decided_table(sweeps.sweep_texts(all_.deciding, all_.tick)),
    ),
    "spelling": Section(
        "Constants of the speller",
        sweeps.SPELLING_STEPS,
        lambda all_: tables.spelled_table(sweeps.sweep_spelling(all_.by_words.deciding, all_.tick)),
    ),
}
