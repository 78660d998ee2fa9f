"""Decisions on questions that depend on the last one, in a small story."""

import pytest

from tests.matching.deciding.test_rules import decider


def test_who_says_so_is_answered_with_the_claim_shown_last() -> None:
    found = decider()
    claim = found.decide("Is the crane unsafe?")
    decision = found.decide("who says so?", None, found.dialogue_state(claim.question, "unsafe"))
    assert (decision.outcome, decision.rule, decision.chosen[0].fact) == ("answer", "completed", "unsafe")


def test_a_correction_of_the_last_question_is_no_statement() -> None:
    whole = decider()
    state = whole.dialogue_state(whole.read("Who sued Nordline?"), "sued")
    decision = whole.decide("no, I meant when did Nordline buy the terminal", None, state)
    assert (decision.outcome, decision.chosen[0].fact) == ("answer", "bought")
    corrected = whole.decide("no, I meant that Nordline has bought the terminal in 2019", None, state)
    assert corrected.rule != "statement"


@pytest.mark.parametrize(("text", "is_offered"), [("and Ada Holm?", True), ("no, I meant Ada Holm", False)])
def test_a_correction_of_the_last_question_is_not_answered_with_the_fact_it_corrects(
    text: str, is_offered: bool
) -> None:
    whole = decider(answer=0.0, nearest=0.0)
    before = whole.dialogue_state(whole.read("Who sued Nordline?"), "sued")
    assert before is not None
    joined = whole.dialogue.join(whole.read(text), before)
    assert joined is not None
    candidates, _ = whole.dialogue.weigh(whole.read(text), joined, before)
    assert ("sued" in {candidate.fact for candidate in candidates}) is is_offered


def test_a_correction_is_answered_with_the_fact_shown_last_if_that_is_almost_sure() -> None:
    whole = decider()
    before = whole.dialogue_state(whole.read("Who sued Ada Holm?"), None, "sued")
    decision = whole.decide("no, I meant Nordline", None, before)
    assert (decision.outcome, decision.chosen[0].fact) == ("answer", "sued")
