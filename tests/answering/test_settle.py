"""Combining the decisions of several stories on one question."""

from dataclasses import replace

import pytest

from bot.answering.editions import Edition
from bot.answering.verdict import Verdict, settle
from bot.matching.deciding.decision import Candidate, Cause, Decision, Rule
from bot.matching.deciding.evidence import Evidence
from bot.matching.deciding.rules import PROBABILITY_MARGIN
from bot.matching.reading.question import ParsedQuestion
from tests.matching.deciding.harbour import HARBOUR
from tests.quick_stories import decider_of

DECIDER = decider_of(HARBOUR)
QUESTION = DECIDER.read("Who sued Nordline?")
NAMELESS = DECIDER.read("Who sued?")
FOREIGN = DECIDER.read("Wer hat wen verklagt?")
EDITIONS = [Edition(HARBOUR, DECIDER, f"{number:012}", 1.0) for number in range(3)]


def candidate(fact: str, probability: float) -> Candidate:
    return Candidate(fact, 0.5, 0.5, 0.5, "", 0.5, None, Evidence((), (), (), ()), probability)


def answer(fact: str, probability: float) -> Decision:
    return Decision("answer", "probable", QUESTION, (candidate(fact, probability),))


def suggest(*probabilities: float, rule: Rule = "near") -> Decision:
    facts = tuple(candidate(f"near-{share}", share) for share in probabilities)
    return Decision("suggest", rule, QUESTION, facts)


def abstain(cause: Cause) -> Decision:
    return Decision("abstain", "far", QUESTION, cause=cause)


def settled(*decisions: Decision) -> Verdict:
    return settle(list(zip(EDITIONS, decisions, strict=False)))


def reading(question: ParsedQuestion, decision: Decision) -> Decision:
    return replace(decision, question=question)


def told(verdict: Verdict) -> list[str]:
    return [pick.candidate.fact for pick in verdict.picks]


def test_the_story_that_answers_is_heard_and_not_those_that_suggest() -> None:
    verdict = settled(suggest(0.9), answer("sued", 0.8), abstain("no_fact"))
    assert (verdict.outcome, verdict.answer, verdict.edition) == ("answer", "sued", EDITIONS[1])


def test_of_two_answers_the_more_probable_is_given_if_it_is_clearly_ahead() -> None:
    verdict = settled(answer("sued", 0.8), answer("bought", 0.8 + 1.5 * PROBABILITY_MARGIN))
    assert (verdict.answer, verdict.edition) == ("bought", EDITIONS[1])


def test_two_answers_that_are_equally_probable_are_suggestions_the_more_probable_first() -> None:
    verdict = settled(answer("sued", 0.8), answer("bought", 0.8 + PROBABILITY_MARGIN / 2))
    assert (verdict.outcome, told(verdict), verdict.answer) == ("suggest", ["bought", "sued"], None)
    assert verdict.is_tied


def test_the_nearest_of_all_stories_are_suggested_three_at_most() -> None:
    verdict = settled(suggest(0.3, 0.1), suggest(0.4, 0.2))
    assert (verdict.outcome, told(verdict)) == ("suggest", ["near-0.4", "near-0.3", "near-0.2"])
    assert verdict.edition is EDITIONS[1]
    assert not verdict.is_tied


def test_a_tie_inside_one_story_is_one() -> None:
    assert settled(suggest(0.9, 0.9, rule="tied"), abstain("no_fact")).is_tied
    assert not settled(answer("sued", 0.9)).is_tied


@pytest.mark.parametrize(
    ("causes", "heard"),
    [
        (["too_vague", "unknown_name"], 1),
        (["unknown_name", "no_fact"], 1),
        (["no_fact", "after_story"], 0),
        (["after_story", "small_talk"], 1),
        (["no_fact", "no_fact"], 0),
    ],
)
def test_if_no_story_answers_the_cause_that_tells_most_is_given(causes: list[Cause], heard: int) -> None:
    verdict = settled(*map(abstain, causes))
    assert (verdict.outcome, verdict.edition, verdict.is_tied) == ("abstain", EDITIONS[heard], False)
    assert verdict.decision.cause == causes[heard]


def test_a_story_in_which_the_question_names_somebody_is_heard_before_the_others() -> None:
    verdict = settled(reading(NAMELESS, answer("sued", 0.99)), suggest(0.3))
    assert (verdict.outcome, told(verdict)) == ("suggest", ["near-0.3"])
    verdict = settled(reading(NAMELESS, answer("sued", 0.9)), answer("bought", 0.8))
    assert verdict.answer == "bought"


def test_a_name_that_leads_nowhere_hides_no_answer_of_another_story() -> None:
    verdict = settled(reading(NAMELESS, answer("sued", 0.9)), abstain("no_fact"))
    assert verdict.answer == "sued"


def test_a_follow_up_needs_no_name() -> None:
    follow_up = replace(reading(NAMELESS, answer("sued", 0.9)), rule="completed")
    assert settled(follow_up, suggest(0.3)).answer == "sued"


@pytest.mark.parametrize(
    ("far", "other"),
    [(NAMELESS, QUESTION), (FOREIGN, NAMELESS)],
    ids=["a name that another story has", "words of a language that another story has"],
)
def test_nothing_of_a_story_that_is_not_meant_is_shown_as_the_nearest(
    far: ParsedQuestion, other: ParsedQuestion
) -> None:
    verdict = settled(reading(far, suggest(0.6)), reading(other, abstain("no_fact")))
    assert (verdict.outcome, verdict.edition, verdict.decision.cause) == ("abstain", EDITIONS[1], "no_fact")
    assert told(settled(reading(far, suggest(0.6)), reading(other, suggest(0.2)))) == ["near-0.2"]
    assert told(settled(reading(far, suggest(0.6)), reading(far, abstain("no_fact")))) == ["near-0.6"]
