"""Where facts come from: the articles, one of them paragraph by paragraph, and what one fact rests on."""

import pytest

from bot.answering.articles import Archive
from bot.answering.ports import mark_of
from bot.answering.telling.catalogue import catalogue
from bot.story.model import Story
from tests.fakes import FixedLibrary, MemoryBindings, utterance


@pytest.fixture
def archive(story: Story) -> Archive:
    return Archive(FixedLibrary(story), MemoryBindings(), catalogue())


def test_an_article_is_named_by_what_is_recorded_of_it_and_no_more(archive: Archive, story: Story) -> None:
    (card,) = archive.sources(utterance("", "fr"))
    assert card.article == "article de mars 2024, titre et publication non renseignés"
    assert (card.facts, card.paragraphs) == (len(story.shown_facts), 7)


def test_an_article_is_told_paragraph_by_paragraph_with_every_fact(archive: Archive, story: Story) -> None:
    card = archive.article(utterance("", "en"), 1)
    assert card is not None
    assert [row.number for row in card.paragraphs] == list(range(1, 8))
    assert {thread[0].id for row in card.paragraphs for thread in row.facts} == set(story.shown_facts)
    assert card.paragraphs[6].digest == "In a separate note, Sam Altman speaks of Elon Musk."


@pytest.mark.parametrize("number", [0, -1, 2])
def test_there_is_no_article_of_another_number(archive: Archive, number: int) -> None:
    assert archive.article(utterance("", "fr"), number) is None


def test_a_fact_rests_on_exact_words_of_a_paragraph(archive: Archive, story: Story) -> None:
    origins = archive.origins(mark_of(story.id), "subsidiary-denied", "en")
    assert [row.view.id for row in origins] == ["subsidiary-denied", "subsidiary-claim"]
    origin = origins[0]
    assert origin.citation.paragraph == 5
    assert origin.citation.quote == "a réfuté"
    assert origin.digest.startswith("The grounds of the legal action")
    on_five = [fact for fact in story.shown_facts.values() if any(row.paragraph == 5 for row in fact.citations)]
    assert origin.others == len(on_five) - 1


@pytest.mark.parametrize(("story_mark", "fact"), [("00000000", "mission"), (mark_of("musk-openai"), "no-such-fact")])
def test_nothing_is_told_of_a_fact_that_is_not_shown(archive: Archive, story_mark: str, fact: str) -> None:
    assert archive.origins(story_mark, fact, "fr") == ()
