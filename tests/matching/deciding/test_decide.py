"""Decisions as readers see them: each outcome and each cause."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.deciding.decide import Decider
from bot.matching.fold import words
from bot.story.model import Story


def test_every_utterance_of_a_fact_is_answered_with_that_fact(story: Story, decider: Decider) -> None:
    missed = []
    for fact in story.shown_facts.values():
        for _, text in fact.asked.values():
            decision = decider.decide(text)
            if decision.outcome != "answer" or decision.chosen[0].fact != fact.id:
                missed.append((fact.id, text, decision.outcome, [candidate.fact for candidate in decision.chosen]))
    assert missed == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("anna petit cest qui", "petit-role"),
        ("how much of the foot bridge did the regional council pay", "region-share"),
        ("quand la mairie a fermé le pont", "bridge-closed"),
        ("who claims the bridge is dangeroux", "bridge-dangerous"),
    ],
)
def test_a_paraphrase_is_answered(decider: Decider, text: str, fact: str) -> None:
    decision = decider.decide(text)
    assert (decision.outcome, [candidate.fact for candidate in decision.chosen]) == ("answer", [fact])


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "too_vague"),
        ("???", "too_vague"),
        ("est-ce que c'est là ?", "too_vague"),
        ("merci", "small_talk"),
        ("lol", "small_talk"),
        ("Bonjour !", "small_talk"),
        ("Bonsoir le bot", "small_talk"),
        ("good evening bot", "small_talk"),
        ("Who is the architect?", "unknown_name"),
        ("Where are the county's headquarters?", "no_fact"),
        ("Que fera le maire en 2027 ?", "after_story"),
        ("any news about Anna Petit?", "after_story"),
    ],
)
def test_an_abstention_has_a_cause(decider: Decider, text: str, cause: str) -> None:
    decision = decider.decide(text)
    assert (decision.outcome, decision.cause) == ("abstain", cause)


@pytest.mark.parametrize(
    "text",
    [
        "why did the mayor sue the residents",
        "why is the town hall suing the residents",
        "quand le département a-t-il été fondé",
        "what did Louis Garnier say",
        "Quel âge a Anna Petit ?",
        "Who replaced Anna Petit at the county?",
        "Who paid the other 51% of the footbridge?",
        "Is the region a part of the county?",
        "Did the residents accuse Anna Petit?",
    ],
)
def test_a_near_miss_is_never_answered(decider: Decider, text: str) -> None:
    assert decider.decide(text).outcome != "answer"


def test_a_near_miss_suggests_at_most_three_facts(decider: Decider) -> None:
    decision = decider.decide("Who replaced Anna Petit at the county?")
    assert decision.outcome == "suggest"
    assert decision.chosen[0].fact == "petit-role"
    assert decision.chosen[0].evidence.unknown == ("replaced",)
    assert len(decision.chosen) <= 3


def test_a_denial_is_not_mistaken_for_the_claim(decider_by_words: Decider) -> None:
    decide = decider_by_words.decide
    assert decide("Who denies that the bridge is dangerous?").chosen[0].fact == "danger-denied"
    assert decide("Who claims that the bridge is dangerous?").chosen[0].fact == "bridge-dangerous"


@given(st.text(max_size=500))
def test_any_text_has_an_outcome(decider: Decider, text: str) -> None:
    decision = decider.decide(text)
    assert decision.outcome in {"answer", "suggest", "abstain"}
    assert (decision.cause is not None) == (decision.outcome == "abstain")


@given(st.text(alphabet=st.characters(whitelist_categories=["L"]), min_size=1, max_size=60))
def test_a_text_of_unknown_words_is_never_answered(decider: Decider, text: str) -> None:
    decision = decider.decide(text)
    if not any(candidate.evidence.known for candidate in decision.ranking):
        assert decision.outcome == "abstain"


def test_a_typo_in_a_long_word_changes_no_answer(story: Story, decider: Decider) -> None:
    chance, wrong = random.Random(1), []
    for fact in story.shown_facts.values():
        for _, text in fact.asked.values():
            long = [word for word in words(text) if len(word) >= 7]
            if not long:
                continue
            word = chance.choice(long)
            at = chance.randrange(1, len(word))
            typo = word[:at] + chance.choice(string.ascii_lowercase) + word[at:]
            decision = decider.decide(" ".join(words(text)).replace(word, typo))
            if decision.outcome == "answer" and decision.chosen[0].fact != fact.id:
                wrong.append((text, typo, decision.chosen[0].fact))
    assert wrong == []


@pytest.mark.clock
def test_a_long_question_is_decided_within_a_second(decider: Decider) -> None:
    started = time.process_time()
    decider.decide("pourquoi Anna Petit " * 300)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("le pont a été construit où ?", "where"),
        ("c'est où, le pont ?", "where"),
        ("Anna Petit ou la région ?", None),
        ("on a fermé le pont parce que quoi ?", "why"),
    ],
)
def test_a_question_word_is_found_wherever_it_is(decider: Decider, text: str, slot: str | None) -> None:
    assert decider.read(text).slot == slot


@pytest.mark.parametrize(
    ("first", "then", "is_dependent"),
    [
        ("Quand le pont a-t-il été construit ?", "quelle heure est-il ?", False),
        ("Quand le pont a-t-il été construit ?", "et comment ça va ?", False),
        ("Quand le pont a-t-il été construit ?", "en quelle année ?", True),
        ("When was the bridge built?", "What time is it?", False),
        ("When was the bridge built?", "what day is it today", False),
        ("When was the bridge built?", "what year was it?", True),
    ],
)
def test_a_question_that_is_complete_by_itself_is_no_follow_up(
    decider: Decider, first: str, then: str, is_dependent: bool
) -> None:
    decision = decider.decide(first)
    state = decider.dialogue_state(decision.question, decision.chosen[0].fact)
    found = decider.decide(then, None, state)
    assert (found.outcome, found.cause) == (("answer", None) if is_dependent else ("abstain", "small_talk"))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Who closed the bridge, and when was the footbridge opened?", {"bridge-closed", "footbridge-opened"}),
        ("Qui a fermé le pont et qui dément le danger ?", {"bridge-closed", "danger-denied"}),
        ("Who is the baker, and when was the footbridge opened?", {"footbridge-opened"}),
        ("1) Who closed the bridge? 2) When was the footbridge opened?", {"bridge-closed", "footbridge-opened"}),
    ],
)
def test_each_of_two_things_asked_is_answered_where_it_is_sure(decider: Decider, text: str, facts: set[str]) -> None:
    decision = decider.decide(text)
    assert {one.chosen[0].fact for one in (decision, *decision.also)} == facts


def test_a_second_question_of_somebody_unknown_is_not_answered_with_anybody_else(decider: Decider) -> None:
    assert decider.decide("When did he close the bridge?").outcome == "answer"
    assert decider.decide("Who is the baker, and when did he close the bridge?").outcome != "answer"


@pytest.mark.parametrize(
    ("text", "fact", "understood"),
    [
        ("Anna Petit was on the radio. What is her job?", "petit-role", "what is anna petit job"),
        ("The region was on the radio. What does it pay?", "region-share", "what does the region pay"),
        ("I was on the radio. What is her job?", "petit-role", "What is her job?"),
    ],
)
def test_a_pronoun_stands_for_whom_the_text_named_before(
    decider: Decider, text: str, fact: str, understood: str
) -> None:
    decision = decider.decide(text)
    assert (decision.chosen[0].fact, decision.understood) == (fact, understood)
