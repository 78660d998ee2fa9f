"""The fitted vote: its probabilities, the direction of each signal, and its file."""

import tomllib
from dataclasses import replace
from importlib import resources
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.deciding.signals import SIGNALS
from bot.matching.deciding.vote import UNFITTED_ANSWER, UNFITTED_NEAREST, Doubles, Vote, fitted, kind_for, vote_for
from bot.matching.ranking.encoder import Encoder
from tests.library.test_vectors import CountingEncoder

NAMES = list(SIGNALS)
COUNT = len(NAMES)
FILE: dict[str, Any] = tomllib.loads((resources.files("bot.matching.deciding") / "vote.toml").read_text("utf-8"))
VOTES = [fitted(is_semantic=True), fitted(is_semantic=False)]
finite = st.lists(st.floats(-1e6, 1e6), min_size=COUNT, max_size=COUNT)


def plain(**weights: float) -> Vote:
    """Return a vote that does not standardise its signals."""
    found = np.array([weights.get(name, 0.0) for name in NAMES])
    return Vote(0.0, found, np.zeros(COUNT), np.ones(COUNT), answer=0.5, nearest=0.1)


def signals(**values: float) -> Doubles:
    return np.array([values.get(name, 0.0) for name in NAMES])


@pytest.mark.parametrize("vote", VOTES)
@given(finite)
def test_a_probability_is_between_0_and_1_whatever_the_signals(vote: Vote, values: list[float]) -> None:
    (probability,) = vote.probabilities(np.array([values]))
    assert 0 <= probability <= 1


@pytest.mark.parametrize("vote", VOTES)
@given(values=st.lists(st.floats(-0.5, 0.5), min_size=COUNT, max_size=COUNT), more=st.floats(0.01, 1))
def test_more_of_a_signal_moves_the_vote_in_the_direction_of_its_sign(
    vote: Vote, values: list[float], more: float
) -> None:
    rows = np.array([values, *(np.array(values) + more * np.eye(COUNT))])
    before, *after = vote.probabilities(rows)
    for name, weight, probability in zip(NAMES, vote.weights, after, strict=True):
        if weight > 0:
            assert probability > before, name
        elif weight < 0:
            assert probability < before, name
        else:
            assert probability == pytest.approx(before), name


def test_a_vote_is_the_logistic_function_of_its_standardised_signals() -> None:
    vote = replace(plain(score=2.0), bias=1.0, means=signals(score=3.0), scales=np.full(COUNT, 4.0))
    (probability,) = vote.probabilities(signals(score=5.0)[None])
    assert probability == pytest.approx(1 / (1 + np.exp(-2.0)))  # 1 + 2 * (5 - 3) / 4


def test_the_strongest_signals_have_the_largest_contributions_of_either_sign() -> None:
    vote = plain(score=1.0, lead=-3.0, held=2.0)
    rows = np.stack([signals(score=1.0, lead=1.0, held=1.0), signals()])
    first, second = vote.strongest(rows, 2)
    assert first == (("lead", -3.0), ("held", 2.0))
    assert len(second) == 2


def test_the_contributions_of_the_signals_add_up_to_the_vote() -> None:
    vote, row = VOTES[0], np.linspace(-1, 1, COUNT)
    added = sum(added for _, added in vote.strongest(row[None], COUNT)[0])
    (probability,) = vote.probabilities(row[None])
    assert np.log(probability / (1 - probability)) == pytest.approx(vote.bias + added)


@pytest.mark.parametrize(("part", "is_semantic"), [("meaning", True), ("words", False)])
def test_a_signal_missing_from_the_file_has_no_weight(part: str, is_semantic: bool) -> None:
    vote = fitted(is_semantic=is_semantic)
    left_out = [at for at, name in enumerate(NAMES) if name not in FILE[part]["signals"]]
    assert left_out
    assert not vote.weights[left_out].any()
    row = np.zeros(COUNT)
    changed = row.copy()
    changed[left_out] = 100.0
    assert vote.probabilities(row[None]) == vote.probabilities(changed[None])


@pytest.mark.parametrize("part", ["meaning", "words"])
def test_the_file_has_only_known_signals_with_the_right_signs(part: str) -> None:
    rows = FILE[part]["signals"]
    assert set(rows) <= set(NAMES)
    assert [name for name, row in rows.items() if row["weight"] * SIGNALS[name].sign < 0] == []
    assert [name for name, row in rows.items() if row["scale"] <= 0] == []


@pytest.mark.parametrize("part", ["meaning", "words"])
def test_an_answer_needs_a_higher_probability_than_a_suggestion(part: str) -> None:
    assert 0 < FILE[part]["nearest"] < FILE[part]["answer"] < 1
    assert FILE[part]["answer"] > 0.5  # more often right than not


def test_the_file_has_a_part_for_each_kind_of_ranking_and_each_vote_is_its_own() -> None:
    assert set(FILE) == {"meaning", "words"}
    for part, vote in zip(("meaning", "words"), VOTES, strict=True):
        assert (vote.bias, vote.answer, vote.nearest) == tuple(FILE[part][key] for key in ("bias", "answer", "nearest"))


def test_rankings_without_meaning_have_no_signal_of_meaning() -> None:
    by_meaning = {"nearest", "nearest_three", "centre", "told", "meaning_lead", "gain"}
    assert by_meaning.isdisjoint(FILE["words"]["signals"])


OWN = """
[vote]
bias = -1.5
answer = 0.6
nearest = 0.2
[vote.signals]
lead = { weight = 2.0, mean = 0.0, scale = 1.0 }
"""


@pytest.mark.parametrize(
    ("encoder", "kind"),
    [
        (None, "words"),
        (CountingEncoder(FILE["meaning"]["encoder"]), "meaning"),
        (CountingEncoder("use-multilingual/another version"), "meaning"),
        (CountingEncoder("another/1"), "unfitted"),
        (CountingEncoder("another/1", OWN), "own"),
    ],
)
def test_each_encoder_has_the_vote_that_was_fitted_for_it(encoder: Encoder | None, kind: str) -> None:
    assert kind_for(encoder) == kind


def test_the_vote_that_comes_with_an_encoder_decides_on_its_rankings() -> None:
    vote = vote_for(CountingEncoder("another/1", OWN))
    assert (vote.bias, vote.answer, vote.nearest) == (-1.5, 0.6, 0.2)
    assert dict(zip(NAMES, vote.weights, strict=True)) == {name: 2.0 if name == "lead" else 0.0 for name in NAMES}


def test_without_one_the_vote_for_words_alone_decides_and_answers_less() -> None:
    vote, (by_meaning, by_words) = vote_for(CountingEncoder("another/1")), VOTES
    assert vote.weights.tolist() == by_words.weights.tolist()
    assert (vote.answer, vote.nearest) == (UNFITTED_ANSWER, UNFITTED_NEAREST)
    assert vote.answer > max(by_meaning.answer, by_words.answer)
    assert vote.nearest >= max(by_meaning.nearest, by_words.nearest)
