"""The effect of a part is measured without it, and everything is restored afterwards."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from bot.matching.deciding.evidence import Veto
from bot.matching.deciding.rules import MIN_WITH_NEW_WORD
from bot.matching.deciding.signals import SIGNALS
from bot.matching.ranking import rank
from bot.matching.reading.reader import Reader
from bot.story.model import Story
from tests.benchmarks import fit
from tests.benchmarks.ablate import (
    VETOES,
    constants_worth,
    measure,
    signals_worth,
    vetoes_worth,
    with_candidates,
    without_concepts,
    without_signal,
    without_speller,
    without_veto,
)
from tests.benchmarks.rankings import Board, right_first
from tests.benchmarks.samples import Sample
from tests.benchmarks.settings import changed
from tests.benchmarks.tables import first_table, worth_table
from tests.stories import Asked

NAMES = list(SIGNALS)
TELLING, NOISE = NAMES.index("lead"), NAMES.index("told")


def made_up(story: str, chance: Random, number: int) -> Sample:
    """Return a question with three candidates, the first of which is right; one signal shows this, another does not."""
    is_inside = number % 2 == 0
    signals = np.zeros((3, len(NAMES)))
    signals[:, TELLING] = [1 if is_inside else -1, -1, -1]
    signals[:, NOISE] = [chance.random() for _ in range(3)]
    expect = frozenset({"a"}) if is_inside else frozenset[str]()
    return Sample(
        story,
        Asked(f"{story} {number}", "in" if is_inside else "near", "plain", expect),
        ("a", "b", "c"),
        (frozenset(), frozenset({"name"}), frozenset()),
        signals,
        new=np.array([False, False, False]),
        shares=np.array([True, True, False]),
        is_decided=False,
    )


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    chance = Random(0)
    return [made_up(story, chance, number) for story in ("one", "two", "three") for number in range(10)]


def ignored(*_: object) -> None:
    """Ignore a tick."""


def test_without_the_decisive_signal_fewer_questions_are_answered(samples: list[Sample]) -> None:
    assert measure("all", samples).rates["right"] == 1.0
    assert measure("less", without_signal(samples, "told")).rates["right"] == 1.0
    assert measure("less", without_signal(samples, "lead")).rates["right"] < 0.5
    assert all(sample.signals[0, TELLING] for sample in samples)


def test_each_row_keeps_the_limits(samples: list[Sample]) -> None:
    for row in (*signals_worth(samples, ignored), *vetoes_worth(samples, ignored), *constants_worth(samples, ignored)):
        assert row.rates["wrong"] <= fit.MAX_WRONG_SHARE
        assert row.rates["near"] <= fit.MAX_NEAR_MISS_SHARE


def test_switching_off_a_veto_gains_the_right_answers_it_forbids(samples: list[Sample]) -> None:
    forbidden = [replace(sample, vetoes=(frozenset({"slot"}), *sample.vetoes[1:])) for sample in samples]
    rows = {row.change: row.rates["right"] for row in vetoes_worth(forbidden, ignored)}
    assert len(rows) == len(VETOES) + 1
    assert (rows["without `slot`"], rows["without `name`"], rows["without any"]) == (1.0, 0.0, 1.0)
    assert without_veto(forbidden, "slot")[0].vetoes == samples[0].vetoes


def test_a_fact_closely_followed_by_another_is_not_an_answer(samples: list[Sample]) -> None:
    twice = [replace(sample, signals=sample.signals[[0, 1, 0]]) for sample in samples]
    assert measure("margin", twice, margin=0.01).rates["right"] == 0.0
    beside_vetoed = [replace(sample, signals=sample.signals[[0, 0, 1]]) for sample in samples]
    assert measure("margin", beside_vetoed, margin=0.01).rates["right"] == 1.0


def test_the_first_candidates_are_used_if_there_are_fewer(samples: list[Sample]) -> None:
    (kept, *_) = with_candidates(samples, 2)
    assert (kept.facts, len(kept.vetoes), kept.signals.shape, len(kept.shares)) == (("a", "b"), 2, (2, len(NAMES)), 2)


def test_a_constant_is_restored_after_a_sweep_and_after_a_failure(samples: list[Sample]) -> None:
    before = fit.SHRINKAGE, rank.CENTROID_WEIGHT
    assert len({row.change for row in constants_worth(samples, ignored)}) > 10
    with pytest.raises(ZeroDivisionError), changed(rank, "CENTROID_WEIGHT", 0.0):
        _ = 1 / rank.CENTROID_WEIGHT
    assert before == (fit.SHRINKAGE, rank.CENTROID_WEIGHT)


def test_the_speller_and_the_concepts_can_be_switched_off(story: Story) -> None:
    misspelt, synonym = "Who closd the bridge?", "Who corroborates it?"

    def keys(text: str) -> list[str]:
        return [unit.key for unit in Reader(story).read(text).content_words]

    usual = keys(misspelt), keys(synonym)
    with without_speller():
        assert keys(misspelt) != usual[0]
    with without_concepts():
        assert keys(synonym) != usual[1]
    assert (keys(misspelt), keys(synonym)) == usual


@pytest.fixture(scope="module")
def boards() -> list[Board]:
    board = Board.of("tram", None)
    return [replace(board, asked=board.asked[:20])]


def test_the_right_fact_comes_first_as_often_as_it_is_counted(boards: list[Board]) -> None:
    row = right_first("as it is", boards)
    assert all(0.3 < share <= 1 for share in (row.typed, row.joined))
    nothing = [replace(board, asked=tuple((question, frozenset()) for question, _ in board.asked)) for board in boards]
    assert right_first("none", nothing).joined == 0


def test_the_tables_have_a_row_for_each_change(samples: list[Sample], boards: list[Board]) -> None:
    assert worth_table([measure("as it is", samples)]).splitlines()[2].startswith("| as it is | 100.0% | 0.0% |")
    assert first_table([right_first("as it is", boards)]).count("\n") == 3


@pytest.mark.parametrize(("probability", "forbidden"), [(0.0, 0), (1e-9, 1)])
def test_a_graded_veto_and_a_new_word_forbid_what_is_not_sure(
    samples: list[Sample], probability: float, forbidden: bool
) -> None:
    vetoes: tuple[frozenset[Veto], ...] = (frozenset({"missing"}), frozenset(), frozenset({"missing", "name"}))
    sample = replace(samples[0], vetoes=vetoes, new=np.array([False, True, False]))
    found = sample.forbidden(np.full(3, MIN_WITH_NEW_WORD - probability))
    assert found.tolist() == [forbidden, forbidden, True]
