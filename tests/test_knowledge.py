"""What the first story must hold, whatever curators change."""

from collections import Counter

import pytest

from bot.checking.citations import citations
from bot.matching.deciding.decide import Decider
from bot.matching.fold import words
from bot.story.model import Story


def test_the_story_is_whole(first_story: Story) -> None:
    assert len(first_story.shown_facts) >= 25
    assert {citation.paragraph for fact in first_story.facts for citation in fact.citations} == set(range(1, 8))


def test_the_questions_test_abstaining_as_much_as_answering(first_story: Story) -> None:
    expected = Counter(question.expect == "abstain" for question in first_story.questions)
    assert len(first_story.questions) >= 120
    assert expected[True] >= 40


def test_a_denial_replies_to_what_it_denies(first_story: Story) -> None:
    assert first_story.shown_facts["subsidiary-denied"].replies_to == "subsidiary-claim"
    assert first_story.shown_facts["openai-disagrees"].replies_to == "complaint-ground"
    assert first_story.shown_facts["kwon-on-motive"].replies_to is None  # regrets are no answer to a ground in law


def test_what_somebody_says_is_never_a_report(first_story: Story) -> None:
    memo = (
        "mission",
        "openai-independent",
        "competes-with-microsoft",
        "cooperates-with-government",
        "employees-informed",
        "investigations",
    )
    assert {first_story.shown_facts[name].by for name in memo} == {"jason-kwon"}
    assert {first_story.shown_facts[name].kind for name in memo} == {"claim"}
    for silence in ("investigations-nature", "investigations-whom"):  # it is the article that leaves something out
        assert first_story.shown_facts[silence].kind == "report"
    assert first_story.shown_facts["altman-hero"].by == "sam-altman"
    assert first_story.shown_facts["subsidiary-claim"].by == "elon-musk"


def test_dates_are_no_more_precise_than_the_article(first_story: Story) -> None:
    assert {fact.when.edtf for fact in first_story.facts if fact.when} == {
        "2015",
        "2018",
        "2019",
        "2024-03",
        "2024-03~",
    }
    for fact in first_story.facts:
        if fact.when and fact.when.edtf in {"2018", "2019"}:
            assert fact.when.derived_from is not None
        if fact.when and fact.when.edtf.startswith("2024"):
            assert fact.when.stated is not None


def test_a_quotation_is_a_few_words_and_a_single_one_only_between_quotation_marks(first_story: Story) -> None:
    cited = [citation for _, citation in citations(first_story)]
    assert all(len(words(citation.exact)) >= (1 if citation.quoted else 2) for citation in cited)
    assert all(len(words(citation.exact)) <= 8 for citation in cited)


def test_an_owner_is_who_owns(first_story: Story) -> None:
    owning = [role for fact in first_story.facts for role in fact.roles if "own" in role.act]
    assert {role.agent for role in owning} == {("microsoft",)}


def test_no_role_is_its_own_reverse(first_story: Story) -> None:
    """Else "is OpenAI unhappy with Musk?" would get the fact that says the opposite."""
    for fact in first_story.shown_facts.values():
        for role in fact.roles:
            swapped = {(agent, patient) for agent in role.agent for patient in role.patient if agent != patient}
            assert not any((patient, agent) in swapped for agent, patient in swapped), fact.id


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Is OpenAI unhappy with Musk?", "musk-displeased-now"),
        ("Musk déplaît-il à OpenAI ?", "musk-displeased-now"),
        ("OpenAI est-elle mécontente de Musk ?", "musk-displeased-now"),
        ("Does Musk miss Altman?", "altman-misses-musk"),
        ("Altman manque-t-il à Musk ?", "altman-misses-musk"),
        ("Did OpenAI break the law?", "complaint-ground"),
        ("OpenAI a-t-elle commis un délit ?", "complaint-ground"),
    ],
)
def test_a_fact_does_not_answer_its_reverse_nor_an_alleged_crime(
    first_decider: Decider, question: str, fact: str
) -> None:
    decision = first_decider.decide(question)
    assert decision.outcome != "answer" or decision.chosen[0].fact != fact


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Is Musk unhappy with OpenAI?", "musk-displeased-now"),
        ("OpenAI déplaît-elle à Musk ?", "musk-displeased-now"),
        ("Musk manque-t-il à Altman ?", "altman-misses-musk"),
        ("Who disagrees with the complaint?", "openai-disagrees"),
        ("Who is accused of breach of contract?", "complaint-ground"),
    ],
)
def test_a_fact_answers_who_did_what_to_whom(first_decider: Decider, question: str, fact: str) -> None:
    decision = first_decider.decide(question)
    assert (decision.outcome, decision.chosen[0].fact) == ("answer", fact)


def test_the_utterances_of_a_fact_differ_in_words(first_story: Story) -> None:
    for fact in first_story.facts:
        for language in first_story.languages:
            bags = [frozenset(words(text)) for text in fact.asked.get(language)]
            assert len(set(bags)) == len(bags), fact.id
