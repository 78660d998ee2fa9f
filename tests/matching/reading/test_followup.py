"""Conversations, turn by turn: questions that depend on the previous one."""

import pytest

from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Decision


def talk(decider: Decider, *turns: str) -> list[Decision]:
    """Ask questions one after the other, each with the state left by those before it."""
    decisions, before = [], None
    for text in turns:
        decision = decider.decide(text, None, before)
        nearest = decision.chosen[0].fact if decision.chosen else None
        before = decider.dialogue_state(decision.question, answered(decision), nearest) or before
        decisions.append(decision)
    return decisions


def answered(decision: Decision) -> str | None:
    return decision.chosen[0].fact if decision.outcome == "answer" else None


@pytest.mark.parametrize(
    ("turns", "fact"),
    [
        (["Qui a porté plainte ?", "et quand ?"], "complaint-filed"),
        (["Qui a porté plainte ?", "Et pourquoi ?"], "complaint-filed"),
        (["Quand le pont a été construit ?", "par qui ?"], "bridge-builders"),
        (["Who built the bridge?", "when?"], "bridge-built"),
        (["When was the bridge built?", "ok and by whom?"], "bridge-builders"),
        (["Who built the bridge?", "et quand ?"], "bridge-built"),
    ],
)
def test_a_question_word_alone_replaces_that_of_the_last_question(
    decider: Decider, turns: list[str], fact: str
) -> None:
    assert answered(talk(decider, *turns)[-1]) == fact


@pytest.mark.parametrize(
    ("turns", "fact"),
    [
        (["Who is Anna Petit?", "what did she say about the bridge?"], "bridge-dangerous"),
        (["Qui est Anna Petit ?", "qu'a-t-elle dit du pont ?"], "bridge-dangerous"),
        (["What is the footbridge?", "when was it opened?"], "footbridge-opened"),
        (["Qu'est-ce que la passerelle ?", "quand a-t-elle été ouverte ?"], "footbridge-opened"),
        (["When did the residents sue the town hall?", "how did it react?"], "negligence-denied"),
        (["De quoi se plaignent les riverains ?", "ils poursuivent la mairie quand ?"], "complaint-filed"),
    ],
)
def test_a_pronoun_refers_to_what_was_named(decider: Decider, turns: list[str], fact: str) -> None:
    assert answered(talk(decider, *turns)[-1]) == fact


def test_a_name_alone_replaces_one_of_the_same_kind(decider: Decider) -> None:
    decision = talk(decider, "Who is Louis Garnier?", "and Anna Petit?")[-1]
    assert (answered(decision), decision.understood) == ("petit-role", "who is anna petit")


def test_a_follow_up_depends_on_the_completed_question(decider: Decider) -> None:
    decisions = talk(decider, "Qui a construit le pont ?", "et quand ?", "et par qui ?")
    assert list(map(answered, decisions[1:])) == ["bridge-built", "bridge-builders"]


def test_thanks_do_not_end_a_conversation(decider: Decider) -> None:
    thanks, last = talk(decider, "Who built the bridge?", "thanks", "and when?")[1:]
    assert (thanks.cause, answered(last)) == ("small_talk", "bridge-built")


@pytest.mark.parametrize(
    "turns",
    [
        ["Who built the bridge?", "Who is the architect?", "and when?"],
        ["Who built the bridge?", "Quel temps fait-il à Paris ?", "et quand ?"],
    ],
)
def test_an_unknown_subject_is_not_answered_with_the_last_one(decider: Decider, turns: list[str]) -> None:
    assert talk(decider, *turns)[-1].outcome != "answer"


def test_a_name_that_replaces_another_is_not_answered_about_the_other(decider: Decider) -> None:
    decision = talk(decider, "How much did the region pay?", "and the county?")[-1]
    assert (decision.outcome, decision.understood) == ("suggest", "how much did the county pay")


@pytest.mark.parametrize(
    "turns",
    [
        ["How much of the footbridge did the region pay?", "and Anna Petit?"],
        ["Who paid for the footbridge?", "to whom?"],
        ["Who filed a complaint?", "who won?"],
    ],
)
def test_a_name_without_a_counterpart_in_the_last_question_is_not_answered(decider: Decider, turns: list[str]) -> None:
    assert talk(decider, *turns)[-1].outcome != "answer"


@pytest.mark.parametrize(
    "text",
    [
        "Quand la plainte a-t-elle été déposée ?",
        "il regrette quoi louis garnier, selon le maire",
        "Who is Anna Petit?",
        "",
    ],
)
def test_a_complete_question_is_not_completed(decider: Decider, text: str) -> None:
    before = decider.dialogue_state(decider.read("When did Jeanne Roy build the bridge?"), None)
    assert decider.decide(text, None, before).understood == text


def test_a_question_whose_pronoun_stands_for_nobody_who_was_named_is_weighed_in_context(decider: Decider) -> None:
    assert decider.decide("when did he file a complaint?").rule == "probable"
    assert talk(decider, "When was the bridge closed?", "when did he file a complaint?")[-1].rule == "context"


def test_another_role_of_the_same_question_word_is_not_answered_with_the_fact_shown_last(decider: Decider) -> None:
    assert answered(talk(decider, "How much of the footbridge did the region pay?", "out of how much?")[-1]) is None


def test_an_ambiguous_pronoun_refers_to_the_only_one_with_an_answer(decider: Decider) -> None:
    decision = talk(decider, "Does Jeanne Roy know Anna Petit?", "what did she say about the bridge?")[-1]
    assert answered(decision) == "bridge-dangerous"


def test_both_are_suggested_if_an_ambiguous_pronoun_has_two_answers(decider: Decider) -> None:
    decision = talk(decider, "Did Jeanne Roy meet Anna Petit?", "who is she?")[-1]
    assert decision.outcome == "suggest"
    assert {candidate.fact for candidate in decision.chosen} == {"bridge-builders", "petit-role"}


def test_nothing_depends_on_an_empty_question(decider: Decider) -> None:
    assert decider.dialogue_state(decider.read("???"), None) is None


@pytest.mark.parametrize(
    "text", ["And he, what does he answer?", "what does he reply to that?", "Et lui, il répond quoi ?"]
)
def test_a_claim_never_answers_what_is_replied_to_it(decider: Decider, text: str) -> None:
    assert answered(talk(decider, "Is the bridge dangerous?", text)[-1]) in {None, "danger-denied"}


@pytest.mark.parametrize("text", ["and now?", "Et maintenant ?"])
def test_an_adverb_alone_asks_for_nothing_that_could_be_answered(decider: Decider, text: str) -> None:
    assert answered(talk(decider, "When was the bridge closed?", text)[-1]) is None


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("what does the town hall say to that?", True),
        ("and how did they answer that?", True),
        ("Et eux, ils répondent quoi ?", True),
        ("does anyone deny that?", True),
        ("what do the residents say to that?", False),
        ("who answered?", False),
        ("what does Anna Petit say to that?", False),
    ],
)
def test_the_only_reply_to_the_fact_shown_last_is_given_if_whoever_replies_is_asked_for(
    decider: Decider, text: str, is_meant: bool
) -> None:
    decision = talk(decider, "Who filed a complaint against the town hall?", text)[-1]
    found = (decision.rule, answered(decision))
    assert (found == ("completed", "negligence-denied")) is is_meant, found
