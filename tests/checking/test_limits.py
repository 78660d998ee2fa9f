"""The limits of the checker's rules, each from both sides."""

from pathlib import Path

import pytest

from bot.checking.citations import MAX_QUOTATION_WORDS, MAX_QUOTED_SHARE, check_citations
from bot.checking.facts import MAX_TEXT_CHARACTERS
from bot.checking.quotations import paragraphs_of
from bot.library.read import read_story
from bot.story.model import Story
from tests.small_story import edit


def broken(root: Path) -> list[str]:
    reading = read_story(root / "knowledge" / "bridge", root / "seeds", root / "articles")
    return [problem.rule.id for problem in reading.problems]


@pytest.mark.parametrize("told_apart", ["prefix: 'Le mair', exact: e", "exact: L, suffix: 'e maire'"])
def test_a_prefix_or_a_suffix_tells_apart_words_that_a_paragraph_repeats(small_story: Path, told_apart: str) -> None:
    edit(small_story, "facts.yml", "exact: Le maire dément", told_apart)
    assert broken(small_story) == ["citation.weak"]


def test_a_prefix_may_be_outside_the_quotation_marks_around_the_words(small_story: Path) -> None:
    edit(small_story, "facts.yml", "exact: le pont est", "prefix: 'que « ', exact: le pont est")
    assert broken(small_story) == []


def test_a_line_of_spaces_is_no_paragraph() -> None:
    assert paragraphs_of("One.\n \t\n\n Two. \n") == ["One.", "Two."]


QUOTATION = "x " * 23 + "xx"  # 24 words, 48 characters


def quoting(root: Path, *paragraphs: int, length: int) -> Story:
    """Return the story with one quotation of 48 characters a fact, in these paragraphs of an article of that length.

    Each has 24 words, so that two are more than the words that do not matter.
    """
    edition = read_story(root / "knowledge" / "bridge", root / "seeds").edition
    assert edition is not None
    story = edition.story
    facts = [
        fact.model_copy(
            update={"citations": [fact.citations[0].model_copy(update={"paragraph": number, "exact": QUOTATION})]}
        )
        for fact, number in zip(story.facts, paragraphs, strict=True)
    ]
    sources = [source.model_copy(update={"length": length}) for source in story.sources]
    return story.model_copy(update={"facts": tuple(facts), "entities": (), "sources": tuple(sources)})


@pytest.mark.parametrize(
    ("paragraphs", "length", "is_too_much"),
    [
        ((1, 1, 2), 320, True),  # 96 of 320 characters are 30 %
        ((1, 1, 2), 321, False),  # the same words count once
        ((1, 2, 3), 480, True),  # in another paragraph they are others
        ((1, 2, 3), 481, False),
        ((1, 1, 1), 49, False),  # 24 words are few, however short the article
    ],
)
def test_the_quotations_of_an_article_stay_below_their_share(
    small_story: Path, paragraphs: tuple[int, ...], length: int, is_too_much: bool
) -> None:
    found = [finding.rule.id for finding in check_citations(quoting(small_story, *paragraphs, length=length))]
    assert [rule for rule in found if rule != "quotation.long"] == ["quotation.share"] * is_too_much
    assert MAX_QUOTED_SHARE == 0.30


def test_the_fifteen_longest_quotations_are_named_with_what_cites_them(small_story: Path) -> None:
    story = quoting(small_story, 1, 1, 2, length=320)
    first, second, third = story.facts
    long = [first.citations[0].model_copy(update={"exact": f"{'long ' * 3}{'x' * size}"}) for size in range(20, 40)]
    facts = (first.model_copy(update={"citations": tuple(long)}), second, third)
    found = check_citations(story.model_copy(update={"facts": facts}))
    (message,) = (finding.message for finding in found if finding.rule.id == "quotation.share")
    named = message.partition("with their characters: ")[2].split(", ")
    assert named[:4] == [
        *(f"«long long long …» in {first.id} ({size})" for size in (54, 53, 52, 51)),
    ]
    assert len(named) == 15
    assert f"«x x x …» in {second.id} (48)" in named


def test_what_only_a_draft_quotes_does_not_count(small_story: Path) -> None:
    story = quoting(small_story, 1, 2, 3, length=480)
    draft = story.facts[0].model_copy(update={"status": "draft"})
    found = check_citations(story.model_copy(update={"facts": (draft, *story.facts[1:])}))
    assert "quotation.share" not in {finding.rule.id for finding in found}


@pytest.mark.parametrize(("words", "rules"), [(40, []), (41, ["quotation.share"])])
def test_forty_words_may_be_quoted_of_the_shortest_article(small_story: Path, words: int, rules: list[str]) -> None:
    story = quoting(small_story, 1, 1, 1, length=50)
    citation = story.facts[0].citations[0].model_copy(update={"exact": " ".join("x" * words)})
    facts = [fact.model_copy(update={"citations": (citation,)}) for fact in story.facts]
    found = check_citations(story.model_copy(update={"facts": tuple(facts)}))
    assert [finding.rule.id for finding in found if finding.rule.id != "quotation.long"] == rules


def test_a_quotation_may_be_as_long_as_its_limit(small_story: Path) -> None:
    words = " ".join(["mot"] * MAX_QUOTATION_WORDS)
    edit(small_story, "facts.yml", "exact: le pont est dangereux", f"exact: {words}")
    assert "quotation.long" not in broken(small_story)
    edit(small_story, "facts.yml", words, f"{words} mot")
    assert "quotation.long" in broken(small_story)


def test_a_fact_may_be_as_long_as_its_limit(small_story: Path) -> None:
    text = "x" * MAX_TEXT_CHARACTERS
    edit(small_story, "facts.yml", "fr: Le maire dément que le pont soit dangereux.", f"fr: {text}")
    assert broken(small_story) == []
    edit(small_story, "facts.yml", text, f"{text}x")
    assert broken(small_story) == ["text.long"]


@pytest.mark.parametrize(("count", "rules"), [(3, []), (7, []), (40, []), (41, ["asked.many"])])
def test_a_fact_is_asked_in_three_to_forty_ways(small_story: Path, count: int, rules: list[str]) -> None:
    more = [f"Que dit le maire du pont {number} ?" for number in range(3, count)]
    edit(small_story, "facts.yml", "fr: [Que répond le maire ?", ", ".join(["fr: [Que répond le maire ?", *more]))
    assert broken(small_story) == rules


@pytest.mark.parametrize("date", ["2020", "2020-06", "2020-06-30", "2020-06~"])
def test_a_date_that_may_be_before_the_storys_own_is_not_after_it(small_story: Path, date: str) -> None:
    edit(small_story, "facts.yml", 'edtf: "2019"', f'edtf: "{date}"')
    assert broken(small_story) == []


def test_a_question_may_expect_any_of_several_facts(small_story: Path) -> None:
    edit(small_story, "questions.yml", "expect: bridge-closed", "expect: [danger-denied, bridge-closed]")
    assert broken(small_story) == []
