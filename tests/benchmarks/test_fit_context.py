"""The vote on the context is fitted on what it is said to be, and its thresholds keep the limits."""

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from bot.matching.deciding.context import CONTEXT_SIGNALS
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Candidate, Decision, Rule
from bot.matching.deciding.evidence import Evidence
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import parse
from bot.story.model import Story
from tests.benchmarks.ablate_context import without_signal
from tests.benchmarks.fit_context import Measured, count, fit, is_safe, thresholds, without_each
from tests.benchmarks.tables import context_table
from tests.benchmarks.turns import Dependent, Turn, dependents, held, without_answer
from tests.quick_stories import decider_of
from tests.stories import Asked

NAMES = list(CONTEXT_SIGNALS)
TELLING, AGAINST, NOISE = NAMES.index("reply"), NAMES.index("new_words"), NAMES.index("event")
CONVERSATIONS = (
    ("Who built the bridge?", "when?", "and who closed it?"),
    ("Is the bridge dangerous?", "who denies it?", "and who says so?"),
    ("When did the residents sue the town hall?", "how did it react?"),
    ("Who paid for the footbridge?", "when was it opened?", "and who won?"),
    ("Who is Louis Garnier?", "and Anna Petit?", "what does she say about the bridge?"),
)
RIGHT, NEAR = (
    Asked("and when?", "in", "turn", frozenset({"right"})),
    Asked("and where?", "near", "turn", frozenset()),
)


def made_up(story: str, chance: Random) -> Dependent:
    """Make a turn of two facts, the first of which is right, which one signal tells and two do not."""
    signals = np.zeros((2, len(NAMES)))
    signals[0, TELLING] = signals[0, AGAINST] = 1.0  # the second speaks for it, which its sign forbids
    signals[:, NOISE] = [chance.random() for _ in range(2)]
    return Dependent(story, RIGHT, ("right", "wrong"), signals)


@pytest.fixture(scope="module")
def learnt() -> list[Dependent]:
    chance = Random(0)
    return [made_up(story, chance) for story in ("one", "two") for _ in range(20)]


@pytest.fixture(scope="module")
def decider(story: Story) -> Decider:
    return decider_of(story)


def decided(story: Story, fact: str | None, rule: Rule, probability: float) -> Decision:
    question = parse("and when?", Lexicon.of(story), "en")
    if fact is None:
        return Decision("abstain", "far", question, cause="no_fact")
    candidate = Candidate(fact, 0.5, 0.5, 0.5, "", 0.5, None, Evidence((), (), (), ()), probability)
    return Decision("answer", rule, question, (candidate,))


def turn(story: Story, asked: Asked, fact: str | None, *, by_rule: float = 0.0, in_context: float = 0.0) -> Turn:
    """Make a turn whose fact has a vote by rule, or in context; or none at all, then it is settled."""
    nothing = decided(story, None, "far", 0.0)
    if not by_rule and not in_context:
        settled = decided(story, fact, "probable", 0.1)
        return Turn("one", asked, settled, settled)
    return Turn(
        "one",
        asked,
        decided(story, fact, "completed", by_rule) if by_rule else nothing,
        decided(story, fact, "context", in_context) if in_context else nothing,
    )


def test_the_fit_weighs_what_tells_and_gives_no_weight_against_a_sign(learnt: list[Dependent]) -> None:
    vote = fit(learnt)
    assert vote.weights[TELLING] > 1 > abs(vote.weights[NOISE])
    assert vote.weights[AGAINST] == 0
    assert vote.probabilities(learnt[0].signals).tolist() == pytest.approx([1, 0], abs=0.2)


def test_each_story_is_judged_by_a_vote_that_was_fitted_without_it(learnt: list[Dependent]) -> None:
    turned = [replace(each, facts=each.facts[::-1]) if each.story == "two" else each for each in learnt]
    votes = without_each(turned, ("one", "two"))
    assert votes["one"].weights[TELLING] == 0  # in "two" it tells of the wrong fact
    assert votes["two"].weights[TELLING] > 1


def test_a_turn_without_its_answer_keeps_the_other_facts_with_their_signals(learnt: list[Dependent]) -> None:
    rest = without_answer(learnt[0])
    assert rest.facts == ("wrong",)
    assert rest.signals.tolist() == learnt[0].signals[1:].tolist()
    assert not rest.right.any()


def test_without_a_signal_nothing_is_learnt_from_it(learnt: list[Dependent]) -> None:
    assert fit(without_signal(learnt, "reply")).weights[TELLING] == 0
    assert learnt[0].signals[0, TELLING] == 1


@pytest.mark.parametrize(
    ("votes", "limits", "fact"),
    [
        ({}, (1.0, 1.0), "right"),  # settled before the context is asked
        ({"by_rule": 0.6}, (0.6, 1.0), "right"),
        ({"by_rule": 0.6}, (0.61, 0.0), None),
        ({"in_context": 0.6}, (1.0, 0.6), "right"),
        ({"in_context": 0.6}, (0.0, 0.61), None),
    ],
)
def test_a_turn_is_answered_by_what_reaches_its_own_threshold(
    story: Story, votes: dict[str, float], limits: tuple[float, float], fact: str | None
) -> None:
    assert turn(story, RIGHT, "right", **votes).answer(*limits) == fact


def test_the_turns_are_counted_by_what_becomes_of_them(story: Story) -> None:
    turns = [
        turn(story, RIGHT, "right", in_context=0.9),
        turn(story, RIGHT, "wrong", in_context=0.9),
        turn(story, RIGHT, "right", in_context=0.1),
        turn(story, NEAR, "wrong", in_context=0.9),
        turn(story, NEAR, None),
    ]
    assert count(turns, 0.5, 0.5) == Counter({"in": 3, "near": 2, "right": 1, "wrong": 1, "answered": 1})


@pytest.mark.parametrize(
    ("wrong", "alone", "answered", "safe"),
    [
        (5, 0, 100, True),
        (6, 0, 100, False),
        (16, 11, 100, True),
        (16, 10, 100, False),
        (5, 0, 101, False),
        (0, 0, 0, True),
    ],
)
def test_the_context_adds_few_wrong_answers_and_at_most_a_quarter_of_the_near_misses_is_answered(
    wrong: int, alone: int, answered: int, *, safe: bool
) -> None:
    assert is_safe({"in": 400, "near": 400, "wrong": wrong, "answered": answered}, alone) is safe


def test_the_thresholds_answer_as_much_as_the_limits_allow_and_are_the_lowest_that_do(story: Story) -> None:
    right = [turn(story, RIGHT, "right", by_rule=0.75), turn(story, RIGHT, "right", in_context=0.81)]
    assert thresholds(right) == (0.6, 0.4)
    assert thresholds([*right, turn(story, RIGHT, "wrong", in_context=0.75)]) == (0.6, 0.76)
    assert thresholds([*right, turn(story, RIGHT, "wrong", by_rule=0.65)]) == (0.66, 0.4)


def test_the_thresholds_answer_nothing_if_the_limits_cannot_be_kept(story: Story) -> None:
    assert thresholds([turn(story, NEAR, "wrong")]) == (1.0, 1.0)


def test_what_is_wrong_without_the_context_too_does_not_limit_it(story: Story) -> None:
    right = turn(story, RIGHT, "right", in_context=0.5)
    assert thresholds([turn(story, RIGHT, "wrong"), right]) == (0.6, 0.4)


def test_what_depends_on_its_context_is_learnt_with_and_without_its_answer(decider: Decider) -> None:
    conversation = [
        Asked("Does Anna Petit say anything?", "in", "turn", frozenset({"bridge-dangerous"})),
        Asked("and the mayor?", "in", "turn", frozenset({"danger-denied", "bridge-checked"})),
        Asked("Who is Anna Petit?", "in", "turn", frozenset({"petit-role"})),  # an utterance depends on nothing
    ]
    vote = decider.dialogue.vote
    found = dependents("bridge", decider, [conversation])
    assert [each.asked.text for each in found] == ["and the mayor?", "and the mayor?"]
    assert [bool(each.right.any()) for each in found] == [True, False]
    assert all(each.signals.shape == (len(each.facts), len(NAMES)) for each in found)
    assert decider.dialogue.vote is vote


def test_what_is_unknown_is_neither_learnt_nor_counted(decider: Decider) -> None:
    first = Asked("Does Anna Petit say anything?", "in", "turn", frozenset({"bridge-dangerous"}))
    unknown = Asked("and the mayor?", "in", "turn", frozenset())
    assert dependents("bridge", decider, [[first, unknown]]) == []
    assert held("bridge", decider, [[first, unknown]]) == []


def test_a_held_turn_is_answered_as_the_decider_answers_it(decider: Decider) -> None:
    vote = decider.dialogue.vote
    conversations = [[Asked(text, "in", "turn", frozenset({"any"})) for text in turns] for turns in CONVERSATIONS]
    found = held("bridge", decider, conversations)
    answers = []
    for turns in conversations:
        before = None
        for place, asked in enumerate(turns):
            decision = decider.decide(asked.text, None, before)
            nearest = decision.chosen[0].fact if decision.chosen else None
            fact = nearest if decision.outcome == "answer" else None
            answers += [fact] if place else []
            before = decider.dialogue_state(decision.question, fact, nearest) or before
    assert [each.answer(vote.completed, vote.answer) for each in found] == answers
    assert len(set(answers)) > 5


def test_the_table_tells_counts_and_thresholds(story: Story) -> None:
    found = Measured(0.6, 0.5, [turn(story, RIGHT, "right", in_context=0.9), turn(story, NEAR, None)])
    assert context_table([("as it is", found)]).splitlines()[2] == (
        "| as it is | 1 of 1 | 0 of 1 | 0 of 1 | 0.50 | 0.60 |"
    )
