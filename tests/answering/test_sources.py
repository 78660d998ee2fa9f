"""Where facts come from: the list of articles, one article by paragraph, the citations of one fact."""

import pytest

from bot.answering.editions import mark_of
from bot.answering.sources import article, origins, sources
from bot.answering.stories import Stories
from bot.story.model import Story
from tests.fakes import context, serving


@pytest.fixture
def stories(story: Story) -> Stories:
    return serving(story)


def test_an_article_is_named_by_what_is_recorded_of_it_and_no_more(stories: Stories, story: Story) -> None:
    bare, full = sources(stories, context())
    assert (bare.article, bare.is_recorded, full.is_recorded) == ("article de juin 2020", False, True)
    assert full.article == "article de juin 2020, « Le pont et ses riverains », La Gazette de la vallée"
    assert (bare.facts, bare.paragraphs) == (3, 3)
    assert (full.facts, full.paragraphs) == (len(story.shown_facts) - 3, 5)


def test_an_article_is_told_paragraph_by_paragraph_with_every_fact(stories: Stories, story: Story) -> None:
    card = article(stories, context("en"), 2)
    assert card is not None
    assert [row.number for row in card.paragraphs] == list(range(1, 6))
    assert {sides[0].id for row in card.paragraphs for sides in row.facts} == {
        fact.id for fact in story.shown_facts.values() if fact.citations[0].source == "works-article"
    }
    assert card.paragraphs[3].digest == "The money for the footbridge and the mayor's promise."


@pytest.mark.parametrize("number", [0, -1, 3])
def test_there_is_no_article_of_another_number(stories: Stories, number: int) -> None:
    assert article(stories, context(), number) is None


def test_a_fact_rests_on_exact_words_of_a_paragraph(stories: Stories, story: Story) -> None:
    found = origins(stories, mark_of(story.id), "danger-denied", "en")
    assert [row.fact.id for row in found] == ["danger-denied", "bridge-dangerous"]
    origin = found[0]
    assert origin.citation.paragraph == 2
    assert origin.citation.quote == "Le maire dément"
    assert origin.digest.startswith("The debate")
    assert origin.others == 1  # the claim that it denies cites the same paragraph


@pytest.mark.parametrize(("story_mark", "fact"), [("00000000", "region-share"), (mark_of("bridge"), "no-such-fact")])
def test_nothing_is_told_of_a_fact_that_is_not_shown(stories: Stories, story_mark: str, fact: str) -> None:
    assert origins(stories, story_mark, fact, "fr") == ()
