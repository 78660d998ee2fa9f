"""What the first story must hold, whatever curators change."""

from collections import Counter

from bot.checking.citations import citations
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
    assert first_story.shown_facts["investigations-nature"].kind == "report"  # it is the article that notes a silence
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


def test_a_quotation_is_a_few_words_and_no_single_one(first_story: Story) -> None:
    sizes = {len(words(citation.exact)) for _, citation in citations(first_story)}
    assert min(sizes) >= 2  # what stands between quotation marks may be as short
    assert max(sizes) <= 8


def test_an_owner_is_who_owns(first_story: Story) -> None:
    owning = [role for fact in first_story.facts for role in fact.roles if "own" in role.act]
    assert {role.agent for role in owning} == {("microsoft",)}


def test_the_utterances_of_a_fact_differ_in_words(first_story: Story) -> None:
    for fact in first_story.facts:
        for language in first_story.languages:
            bags = [frozenset(words(text)) for text in fact.asked.get(language)]
            assert len(set(bags)) == len(bags), fact.id
