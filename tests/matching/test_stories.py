"""Readers' questions on stories that the vote was not fitted on: shares of right, wrong and suggested facts.

The slow tests leave one story out: the vote that decides on a story is fitted on the questions of the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from bot.matching.deciding.context import context_vote_for
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.vote import vote_for
from bot.matching.ranking.encoder import Encoder, installed
from tests.benchmarks.fit import without_each
from tests.benchmarks.fit_context import deciders as deciders_of
from tests.benchmarks.fit_context import learn
from tests.benchmarks.fit_context import without_each as contexts_without_each
from tests.benchmarks.samples import all_samples
from tests.stories import STORIES, load_story, questions
from tests.stories.scores import Score, score, score_conversations

Scores = Mapping[str, Score]  # by kind, and of those in scope by register
SMALL = ("club", "tram")


def summed(scores: Iterable[Scores]) -> dict[str, Score]:
    """Add up the scores of several stories."""
    total: dict[str, Score] = {}
    for each in scores:
        for name, part in each.items():
            total[name] = total[name] + part if name in total else part
    return total


@pytest.fixture(scope="session")
def left_out() -> Scores:
    """All stories, each decided by votes that were fitted without it; the thresholds are those in use."""
    encoder = installed()
    if encoder is None:
        pytest.skip("the extra `semantic` is not installed")
    deciders = deciders_of(without_each(all_samples(STORIES, encoder), vote_for(encoder)), encoder)
    contexts, usual = contexts_without_each(learn(deciders), STORIES), context_vote_for(encoder)
    for name, decider in deciders.items():
        decider.dialogue.vote = replace(contexts[name], answer=usual.answer, completed=usual.completed)
    scores = [score(decider, questions(name)) for name, decider in deciders.items()]
    turns = [{"turn": score_conversations(decider, name)} for name, decider in deciders.items()]
    return summed([*scores, *turns])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("register", "right"),
    [
        ("in", 0.495),
        ("plain", 0.435),
        ("short", 0.68),
        ("typo", 0.62),
        ("long", 0.35),
        ("runon", 0.41),
        ("ramble", 0.61),
        ("foreign", 0.54),
    ],
)
def test_enough_questions_of_each_register_get_the_right_fact(left_out: Scores, register: str, right: float) -> None:
    assert left_out[register].share("right") >= right, left_out[register].counts


@pytest.mark.slow
def test_few_questions_get_a_wrong_fact_and_most_have_the_right_one_first(left_out: Scores) -> None:
    inside = left_out["in"]
    assert inside.share("wrong") <= 0.012, inside.counts
    assert inside.share("right", "first") >= 0.785, inside.counts


@pytest.mark.slow
def test_most_follow_ups_are_answered_and_few_wrongly(left_out: Scores) -> None:
    turns = left_out["turn"]
    assert turns.share("right") >= 0.51, turns.counts
    assert turns.share("wrong") <= 0.046, turns.counts
    assert turns.share("right", "first") >= 0.68, turns.counts


@pytest.mark.slow
def test_few_near_misses_and_no_out_of_scope_questions_are_answered(left_out: Scores) -> None:
    assert left_out["near"].share("answered") <= 0.055, left_out["near"].counts
    assert left_out["out"].share("answered") == 0, left_out["out"].counts
    assert left_out["near"].share("suggested") <= 0.45, left_out["near"].counts  # a far fact is not shown
    assert left_out["out"].share("suggested") <= 0.115, left_out["out"].counts


@pytest.mark.slow
@pytest.mark.parametrize("name", STORIES)
def test_every_utterance_of_every_story_gets_its_fact(name: str) -> None:
    story = load_story(name)
    decider = Decider(story, installed())
    rows = [(fact.id, text) for fact in story.shown_facts.values() for _, text in fact.asked.values()]
    missed = [(fact, text) for fact, text in rows if [each.fact for each in decider.decide(text).chosen] != [fact]]
    assert missed == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("encoder", "right", "shown", "missed"),
    [(installed(), 0.54, 0.78, 0.035), (None, 0.49, 0.76, 0.06)],
    ids=["with the encoder", "by words alone"],
)
def test_on_two_stories_the_vote_in_use_does_as_well(
    encoder: Encoder | None, right: float, shown: float, missed: float
) -> None:
    found = summed(score(Decider(load_story(name), encoder), questions(name)) for name in SMALL)
    assert found["in"].share("right") >= right, found["in"].counts
    assert found["in"].share("right", "first") >= shown, found["in"].counts
    assert found["in"].share("wrong") <= 0.01, found["in"].counts
    assert found["near"].share("answered") <= missed, found["near"].counts
    assert found["out"].share("answered") == 0, found["out"].counts
