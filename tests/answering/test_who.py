"""Who somebody is, what they assert, and what others assert about them."""

import pytest

from bot.answering.lookup import NotFound
from bot.answering.stories import Stories
from bot.answering.who import EntityCard, who
from bot.story.model import Story
from tests.fakes import context, serving


@pytest.fixture(scope="module")
def stories(story: Story) -> Stories:
    return serving(story)


def card_of(stories: Stories, name: str, locale: str) -> EntityCard:
    card = who(stories, context(locale), name)
    assert isinstance(card, EntityCard)
    return card


@pytest.mark.parametrize("name", ["anna-petit", "Anna Petit", "ANNA PETIT", "l'ingénieure", "the engineer"])
def test_somebody_is_found_by_id_name_or_alias(stories: Stories, name: str) -> None:
    card = card_of(stories, name, "fr")
    assert (card.name, card.role) == ("Anna Petit", "Ingénieure")


def test_a_card_tells_apart_what_somebody_says_and_what_is_said_of_them(stories: Stories) -> None:
    card = card_of(stories, "anna-petit", "en")
    assert [fact.id for sides in card.asserted for fact in sides] == ["bridge-dangerous", "danger-denied"]
    assert {"petit-role"} <= {sides[0].id for sides in card.about}


def test_a_card_never_shows_a_denial_without_its_claim(stories: Stories) -> None:
    sides = {each[0].id: [fact.id for fact in each] for each in card_of(stories, "mayor", "en").asserted}
    assert sides["danger-denied"] == ["danger-denied", "bridge-dangerous"]


@pytest.mark.parametrize(("name", "nearest"), [("Anna Petti", ("Anna Petit",)), ("Satya Nadella", ())])
def test_somebody_who_is_not_in_the_story_is_not_found(stories: Stories, name: str, nearest: tuple[str, ...]) -> None:
    found = who(stories, context(), name)
    assert isinstance(found, NotFound)
    assert (found.asked, found.nearest) == (name, nearest)
