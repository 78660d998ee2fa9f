"""Thresholds calibrated from the story only."""

import time

import numpy as np
import pytest

from bot.matching import LexicalMatcher, Matcher
from bot.matching.deciding.calibrate import USUAL_THRESHOLD, Sample, calibrate
from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import Encoder, installed
from bot.story.model import Story
from tests.matching.deciding.harbour import HARBOUR

APART = [Sample("a", left_out=0.5 + number / 1000, unanswerable=0.2) for number in range(500)]


def test_the_threshold_separates_answerable_from_unanswerable_utterances() -> None:
    assert 0.2 < calibrate(APART).answer <= 0.5


def test_the_threshold_is_low_if_no_other_fact_can_answer() -> None:
    samples = [Sample("a", left_out=0.3, unanswerable=0.0)] * 500
    assert calibrate(samples).answer < USUAL_THRESHOLD


def test_an_utterance_is_found_without_itself_only_by_others_of_its_fact() -> None:
    found = Decider(HARBOUR).found_without
    assert (found["bought"], found["age"]) == ((2, 2), (0, 1))


def test_a_story_without_samples_has_the_usual_thresholds() -> None:
    assert calibrate([]).answer == USUAL_THRESHOLD
    assert abs(calibrate(APART[:3]).answer - USUAL_THRESHOLD) < 0.02


WITH_AND_WITHOUT = pytest.mark.parametrize(("name", "encoder"), [("decider", installed()), ("decider_by_words", None)])


@WITH_AND_WITHOUT
def test_thresholds_are_deterministic(
    story: Story, name: str, encoder: Encoder | None, request: pytest.FixtureRequest
) -> None:
    first: Decider = request.getfixturevalue(name)
    again = Decider(story, encoder, first)
    assert again.thresholds == first.thresholds
    assert 0.2 < first.thresholds.answer < 0.5


@pytest.mark.clock
@WITH_AND_WITHOUT
def test_thresholds_are_calibrated_within_a_second(
    story: Story, name: str, encoder: Encoder | None, request: pytest.FixtureRequest
) -> None:
    first = request.getfixturevalue(name)
    started = time.process_time()
    Decider(story, encoder, first)
    assert time.process_time() - started < 1.0  # building and calibrating


@pytest.mark.parametrize("kind", [Matcher, LexicalMatcher])
def test_an_utterance_left_out_is_not_found(kind: type[Matcher[str]]) -> None:
    pairs = [
        ("when was the bridge closed", "closed"),
        ("is the bridge closed now", "closed"),
        ("who built the bridge", "built"),
        ("how long is the river", "length"),
    ]
    matcher = kind.build(pairs)
    whole, without_first, without_label = matcher.rank_without(
        pairs[0][0], [np.array([], int), np.array([0]), np.array([0, 1])], limit=5
    )
    assert whole == matcher.rank(pairs[0][0])
    assert without_first[0].label == "closed"
    assert without_first[0].utterance == pairs[1][0]
    assert without_first[0].score < whole[0].score
    assert "closed" not in {match.label for match in without_label}
