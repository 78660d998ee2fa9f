"""When something happened, as precisely as its source says."""

import pytest

from bot.answering.lookup import NotFound
from bot.answering.stories import Stories
from bot.answering.when import EventCard, when
from bot.story.model import Story
from tests.fakes import context, serving


@pytest.fixture(scope="module")
def stories(story: Story) -> Stories:
    return serving(story)


@pytest.mark.parametrize(
    ("name", "locale", "words"),
    [
        ("building", "fr", "1931"),
        ("ouverture de la passerelle", "fr", "2020, par déduction : 1 an après 2019"),
        ("lawsuit", "en", "“last Thursday”, says the article of June 2020"),
    ],
)
def test_an_event_is_dated_as_precisely_as_its_source(stories: Stories, name: str, locale: str, words: str) -> None:
    card = when(stories, context(locale), name)
    assert isinstance(card, EventCard)
    assert card.when_text == words
    assert card.facts


def test_an_event_shows_the_denial_beside_what_it_answers(stories: Stories) -> None:
    card = when(stories, context("en"), "complaint")
    assert isinstance(card, EventCard)
    assert {"complaint-filed", "negligence-denied"} <= {fact.id for fact in card.facts}


def test_an_event_that_the_story_does_not_hold_is_not_found(stories: Stories) -> None:
    assert isinstance(when(stories, context(), "construction du tunnel"), NotFound)
