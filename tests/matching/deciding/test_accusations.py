"""An accusation that follows an answer never gets the fact shown last, nor the person in it, as its answer."""

import pytest

from bot.library.read import read_story
from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import installed
from bot.story.model import Story
from tests.small_story import BRIDGE


@pytest.fixture(scope="module")
def bridge() -> Story:
    edition = read_story(BRIDGE / "knowledge" / "bridge", BRIDGE / "seeds").edition
    assert edition is not None
    return edition.story


@pytest.fixture(scope="module", params=[True, False], ids=["with the encoder", "by words alone"])
def decider(request: pytest.FixtureRequest, bridge: Story) -> Decider:
    return Decider(bridge, installed() if request.param else None)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Qui a construit le pont ?", "Qui est un escroc ?"),
        ("Qui a construit le pont ?", "qui a menti ?"),
        ("Qui a construit le pont ?", "qui est coupable ?"),
        ("Who built the bridge?", "Who is a crook?"),
        ("Who built the bridge?", "who won?"),
        ("Who built the bridge?", "who lied?"),
        ("Qui est Anna Petit ?", "est-elle corrompue ?"),
        ("Qui est Anna Petit ?", "a-t-elle été arrêtée ?"),
        ("Who is Anna Petit?", "is she a thief?"),
        ("Who is Anna Petit?", "was she arrested?"),
    ],
)
def test_an_accusation_after_an_answer_has_no_answer(decider: Decider, first: str, then: str) -> None:
    decision = decider.decide(first)
    assert decision.outcome == "answer"
    state = decider.dialogue_state(decision.question, decision.chosen[0].fact)
    assert decider.decide(then, None, state).outcome != "answer"


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("Qui a construit le pont ?", "et quand ?", "bridge-built"),
        ("Who built the bridge?", "and when?", "bridge-built"),
        ("Who built the bridge?", "and when did that happen?", "bridge-built"),
        ("Is the bridge dangerous?", "who says so?", "bridge-dangerous"),
        ("Le pont est-il dangereux ?", "qui le dit ?", "bridge-dangerous"),
    ],
)
def test_a_question_word_still_asks_the_fact_shown_last(decider: Decider, first: str, then: str, fact: str) -> None:
    state = decider.dialogue_state(decider.decide(first).question, decider.decide(first).chosen[0].fact)
    found = decider.decide(then, None, state)
    assert (found.outcome, [one.fact for one in found.chosen]) == ("answer", [fact])


@pytest.mark.parametrize(
    "text",
    [
        "Who denies that the bridge is dangerous?",
        "Who disputes that the bridge is dangerous?",
        "Who denies that the bridge was closed?",
        "Qui dément que le pont soit dangereux ?",
        "Qui nie que le pont a fermé ?",
    ],
)
def test_who_denies_a_claim_is_never_answered_with_the_claim(decider: Decider, text: str) -> None:
    decision = decider.decide(text)
    assert decision.outcome != "answer" or decision.chosen[0].fact == "danger-denied"


@pytest.mark.parametrize("first", ["Who closed the bridge?", "Who is Anna Petit?", "When was the bridge closed?"])
@pytest.mark.parametrize("then", ["Who denies it?", "Qui le dément ?"])
def test_nobody_denies_a_fact_without_a_denial(decider: Decider, first: str, then: str) -> None:
    state = decider.dialogue_state(decider.decide(first).question, decider.decide(first).chosen[0].fact)
    assert decider.decide(then, None, state).outcome != "answer"


@pytest.mark.parametrize(
    "text",
    [
        "the bridge is proven dangerous",
        "proof that the bridge is dangerous?",
        "Le pont est secrètement dangereux ?",
        "Who admits that the bridge is dangerous?",
        "Le danger du pont est avéré ?",
        "The region was convicted over the dangerous bridge",
        "fake dangerous bridge",
    ],
)
def test_a_claim_is_no_proof_of_what_it_says_and_no_verdict(decider: Decider, text: str) -> None:
    assert decider.decide(text).outcome != "answer"


@pytest.mark.parametrize(
    ("first", "outcome", "facts"),
    [
        ("Who denies the danger?", "answer", ["bridge-dangerous"]),
        ("Is the bridge dangerous?", "suggest", ["danger-denied", "bridge-checked"]),  # two reply to it
    ],
)
def test_the_other_side_is_who_replies_to_the_fact_shown_last(
    decider: Decider, first: str, outcome: str, facts: list[str]
) -> None:
    decision = decider.decide(first)
    state = decider.dialogue_state(decision.question, decision.chosen[0].fact)
    found = decider.decide("and the other side?", None, state)
    assert (found.outcome, [one.fact for one in found.chosen]) == (outcome, facts)


def test_a_fact_that_nobody_replies_to_has_no_other_side(decider: Decider) -> None:
    decision = decider.decide("When was the bridge built?")
    state = decider.dialogue_state(decision.question, decision.chosen[0].fact)
    assert decider.decide("and the other side?", None, state).outcome != "answer"


@pytest.mark.parametrize(
    "text",
    ["Louis Garnier escroc ?", "Anna Petit is a thief", "Anna Petit est une menteuse ?", "Is Louis Garnier corrupt?"],
)
def test_beside_an_accusation_that_no_fact_mentions_nothing_is_shown(decider: Decider, text: str) -> None:
    assert decider.decide(text).outcome == "abstain"


@pytest.mark.parametrize("then", ["and who says so?", "qui le dit ?"])
def test_who_says_so_after_who_denies_it_asks_for_the_claim(decider: Decider, then: str) -> None:
    asked = decider.read("Who denies that the bridge is dangerous?")
    decision = decider.decide(then, None, decider.dialogue_state(asked, "danger-denied"))
    assert (decision.outcome, decision.chosen[0].fact) == ("answer", "bridge-dangerous")
