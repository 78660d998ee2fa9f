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
        (["Qui a porté plainte ?", "Et pourquoi ?"], "complaint-ground"),
        (["Quand OpenAI a été fondé ?", "par qui ?"], "openai-founders"),
        (["Who founded OpenAI?", "when?"], "openai-founded"),
        (["When was OpenAI founded?", "ok and by whom?"], "openai-founders"),
        (["Who founded OpenAI?", "et quand ?"], "openai-founded"),
    ],
)
def test_a_question_word_alone_replaces_that_of_the_last_question(
    decider: Decider, turns: list[str], fact: str
) -> None:
    assert answered(talk(decider, *turns)[-1]) == fact


@pytest.mark.parametrize(
    ("turns", "fact"),
    [
        (["Who is Jason Kwon?", "what did he say about the mission?"], "mission"),
        (["Qui est Jason Kwon ?", "qu'a-t-il dit de la plainte ?"], "kwon-on-motive"),
        (["What is OpenAI?", "when was it founded?"], "openai-founded"),
        (["Qu'est-ce qu'OpenAI ?", "quand a-t-elle été fondée ?"], "openai-founded"),
        (["Is OpenAI a subsidiary of Microsoft?", "who denies it?"], "subsidiary-denied"),
    ],
)
def test_a_pronoun_refers_to_what_was_named(decider: Decider, turns: list[str], fact: str) -> None:
    assert answered(talk(decider, *turns)[-1]) == fact


def test_a_name_alone_replaces_one_of_the_same_kind(decider: Decider) -> None:
    decision = talk(decider, "Who is Elon Musk?", "and Jason Kwon?")[-1]
    assert (answered(decision), decision.understood) == ("kwon-role", "who is jason kwon")


def test_a_follow_up_depends_on_the_completed_question(decider: Decider) -> None:
    decisions = talk(decider, "Qui a porté plainte ?", "et quand ?", "et pourquoi ?")
    assert list(map(answered, decisions[1:])) == ["complaint-filed", "complaint-ground"]


def test_thanks_do_not_end_a_conversation(decider: Decider) -> None:
    thanks, last = talk(decider, "Who founded OpenAI?", "thanks", "and when?")[1:]
    assert (thanks.cause, answered(last)) == ("small_talk", "openai-founded")


@pytest.mark.parametrize(
    "turns",
    [
        ["Who founded OpenAI?", "Who is the judge?", "and when?"],
        ["Who founded OpenAI?", "Quel temps fait-il à Paris ?", "et quand ?"],
    ],
)
def test_an_unknown_subject_is_not_answered_with_the_last_one(decider: Decider, turns: list[str]) -> None:
    assert talk(decider, *turns)[-1].outcome != "answer"


def test_a_name_that_replaces_another_is_not_answered_about_the_other(decider: Decider) -> None:
    decision = talk(decider, "How much did Microsoft invest?", "and Musk?")[-1]
    assert (decision.outcome, decision.cause) == ("abstain", "no_fact")


@pytest.mark.parametrize(
    "turns",
    [
        ["How much of OpenAI does Microsoft own?", "and Musk?"],
        ["Who wrote the memo?", "to whom?"],
        ["Who founded OpenAI?", "who won?"],
    ],
)
def test_a_name_without_a_counterpart_in_the_last_question_is_not_answered(decider: Decider, turns: list[str]) -> None:
    assert talk(decider, *turns)[-1].outcome != "answer"


@pytest.mark.parametrize(
    "text",
    ["Quand la plainte a-t-elle été déposée ?", "il regrette quoi musk, selon kwon", "Who is Jason Kwon?", "merci", ""],
)
def test_a_complete_question_is_not_completed(decider: Decider, text: str) -> None:
    before = decider.dialogue_state(decider.read("When did Sam Altman found OpenAI?"), None)
    assert decider.decide(text, None, before).understood == text


def test_an_ambiguous_pronoun_refers_to_the_only_one_with_an_answer(decider: Decider) -> None:
    decision = talk(decider, "Does Musk know Altman?", "when did he leave the board?")[-1]
    assert answered(decision) == "musk-left-board"


def test_both_are_suggested_if_an_ambiguous_pronoun_has_two_answers(decider: Decider) -> None:
    decision = talk(decider, "when did openai think of a for-profit branch", "and when was it created?")[-1]
    assert decision.outcome == "suggest"
    assert {candidate.fact for candidate in decision.chosen} == {"openai-founded", "branch-created"}


def test_nothing_depends_on_an_empty_question(decider: Decider) -> None:
    assert decider.dialogue_state(decider.read("???"), None) is None
