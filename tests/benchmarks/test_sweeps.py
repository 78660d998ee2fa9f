"""A constant is tried smaller and larger where it is used, and everything is as before afterwards."""

from collections import Counter
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from bot.matching.deciding import decide
from bot.matching.deciding.decide import Decider
from bot.matching.reading import passages
from bot.matching.reading.spelling import channel, limits, speller
from tests.benchmarks.__main__ import app
from tests.benchmarks.rebuilds import misspelt, repair_worth, statements_worth, with_thresholds
from tests.benchmarks.samples import all_samples
from tests.benchmarks.sections import SECTIONS
from tests.benchmarks.sweeps import (
    Decided,
    Spelled,
    changed_everywhere,
    constants_of,
    measure_spelling,
    measure_texts,
    values_of,
)
from tests.benchmarks.tables import decided_table, met_table, spelled_table
from tests.stories import load_story
from tests.stories.scores import Score

SMALL = "musee"


def ignored(*_: object) -> None:
    """Ignore a tick."""


@pytest.fixture(scope="module")
def deciding() -> dict[str, Decider]:
    return {SMALL: Decider(load_story(SMALL))}


@pytest.mark.parametrize(
    ("value", "tried"), [(3, (2, 4)), (18, (9, 36)), (2.0, (1.4, 2.8)), (1e-4, (1e-5, 1e-3)), (0, (-1, 1))]
)
def test_each_constant_is_tried_smaller_and_larger(value: float, tried: tuple[float, float]) -> None:
    assert values_of(value) == pytest.approx(tried)


def test_the_constants_of_a_module_are_the_numbers_that_it_defines_itself() -> None:
    own = list(constants_of(speller))
    assert {"MAX_JOINED_WORDS", "MIN_NOISY_WORDS", "MIN_NOISY_SHARE"} <= set(own)
    assert "CHAT_COST" not in own


def test_a_constant_is_changed_where_it_is_imported_too_and_nowhere_else() -> None:
    def values() -> tuple[object, ...]:
        imported = vars(speller)["CHAT_COST"], vars(decide)["MAX_DECIDED"]
        return channel.CHAT_COST, passages.MAX_DECIDED, *imported, limits.MIN_LONG_LETTERS

    before = values()
    with changed_everywhere(channel, "CHAT_COST", 0.1), changed_everywhere(passages, "MAX_DECIDED", 2):
        assert values() == (0.1, 2, 0.1, 2, limits.MIN_LONG_LETTERS)
    assert values() == before


@pytest.mark.slow
def test_a_speller_that_corrects_nothing_gets_fewer_misspelt_questions_right(deciding: dict[str, Decider]) -> None:
    usual = measure_spelling("as it is", deciding)
    with changed_everywhere(channel, "UNCHANGED_COST", -100.0):
        without = measure_spelling("without", deciding)
    assert usual.misspelt.share("right") > without.misspelt.share("right")
    assert measure_spelling("as it is", deciding) == usual


@pytest.mark.slow
def test_long_texts_that_are_not_split_get_fewer_answers(deciding: dict[str, Decider]) -> None:
    usual = measure_texts("as it is", deciding)
    with changed_everywhere(passages, "MAX_PASSAGES", 0):
        assert measure_texts("none", deciding).long.share("right") < usual.long.share("right")
    assert usual.turns.counts.total() > 10
    assert usual.near.counts.total() > 10


@pytest.mark.slow
def test_another_threshold_moves_only_the_signal_that_compares_with_it() -> None:
    samples = [replace(sample, story="one") for sample in all_samples((SMALL,), None)[:5]]
    moved = with_thresholds(samples, {"one": 0.3}, {"one": 0.4})
    for old, new in zip(samples, moved, strict=True):
        changed = (new.signals - old.signals).round(6)
        assert changed.any(axis=0).sum() == 1
        assert set(changed[changed != 0]) == {-0.1}


@pytest.mark.slow
def test_the_repair_is_measured_on_questions_as_they_were_typed() -> None:
    rows = list(repair_worth([misspelt(SMALL, None)], ignored))
    assert len({row.typed for row in rows}) > 1


@pytest.mark.slow
def test_statements_meet_fewer_facts_if_they_must_share_more_words() -> None:
    rows = {row.change: row for row in statements_worth(None, ignored)}
    few, many = rows["statement.MIN_KNOWN_WORDS = 1"], rows["statement.MIN_KNOWN_WORDS = 4"]
    assert few.right + few.wrong > many.right + many.wrong
    assert met_table([few]).count("\n") == 3


def test_each_table_has_a_row_for_each_change() -> None:
    counted = Score(Counter(right=3, wrong=1))
    assert "| x | 75.0% | 25.0% | 2 |" in spelled_table([Spelled("x", counted, 2)])
    assert "| x | 75.0% | 25.0% | 0.0% | 75.0% | 25.0% |" in decided_table([Decided("x", counted, counted, counted)])


def test_a_section_that_is_not_there_is_a_sentence() -> None:
    result = CliRunner().invoke(app, ["ablate", "--only", "weather"])
    assert result.exit_code == 2
    assert "there is no such section" in result.output
    assert set(SECTIONS) > {"parts", "vetoes", "signals", "spelling"}
