"""When something happened, as precisely as its source says."""

import pytest

from bot.answering.assistant import Assistant
from bot.answering.lookup import NotFound
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.text import reply_text
from bot.answering.when import EventCard, when
from bot.story.model import Fact, Story
from tests.fakes import MemoryJournal, context, serving, utterance


@pytest.fixture(scope="module")
def stories(story: Story) -> Stories:
    return serving(story)


@pytest.mark.parametrize(
    ("name", "locale", "words"),
    [
        ("building", "fr", "1931"),
        ("ouverture de la passerelle", "fr", "2020, par déduction : 1 an après 2019"),
        ("lawsuit", "en", "last Thursday, says the article of June 2020"),
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


@pytest.mark.parametrize(
    ("locale", "question", "told"),
    [
        ("en", "When will the bridge be reopened?", "announced for spring 2022"),
        ("en", "Was the bridge reopened in 2022?", "announced for spring 2022"),
        ("fr", "Quand le pont sera-t-il rouvert ?", "annoncé pour le printemps 2022"),
    ],
)
async def test_what_is_only_announced_is_never_told_as_if_it_had_happened(
    story: Story, locale: str, question: str, told: str
) -> None:
    asked = {
        "fr": ["Quand le pont sera-t-il rouvert ?", "La réouverture est prévue quand ?", "Le pont rouvrira-t-il ?"],
        "en": ["When will the bridge be reopened?", "Is the bridge going to reopen?", "Was the bridge reopened?"],
    }
    planned = {
        "id": "bridge-reopening",
        "kind": "report",
        "answers": ["when", "what", "yes-no"],
        "when": {"edtf": "2022-21", "announced": True},
        "text": {"fr": "La mairie annonce la réouverture du pont.", "en": "The town hall plans to reopen the bridge."},
        "asked": asked,
        "citations": [story.facts[0].citations[0].model_dump()],
    }
    fields = {name: getattr(story, name) for name in Story.model_fields}
    longer = Story(**fields | {"facts": (*story.facts, Fact.model_validate(planned))})
    reply = await Assistant(serving(longer), MemoryJournal()).ask(utterance(question, locale))
    assert [fact.id for fact in reply.facts] == ["bridge-reopening"]
    assert reply.facts[0].when == "2022-21"
    assert told in reply_text(reply, catalogue())
