"""Look-ups by name: completions, and the exchange of a command."""

import time

import pytest

from bot.answering.lookup import NotFound, complete, exchange_of
from bot.answering.stories import Stories
from bot.answering.when import when
from bot.answering.who import who
from bot.story.model import Story
from tests.fakes import context, serving


@pytest.fixture(scope="module")
def stories(story: Story) -> Stories:
    return serving(story)


def test_the_exchange_of_a_look_up_names_the_facts_that_were_found(stories: Stories) -> None:
    found = exchange_of(when(stories, context(), "building"), context(), "when", "building", 1.0)
    assert (found.surface, found.outcome, found.cause) == ("when", "answer", None)
    assert (found.question, found.understood) == ("building", "building")
    assert "bridge-built" in found.facts


def test_the_exchange_of_a_look_up_that_finds_nobody_says_so(stories: Stories, story: Story) -> None:
    found = exchange_of(who(stories, context(), "Satya Nadella"), context(), "who", "Satya Nadella", 1.0)
    assert (found.outcome, found.cause, found.facts) == ("abstain", "unknown_name", ())
    assert found.story == story.id


@pytest.mark.clock
def test_a_completion_of_five_hundred_names_is_there_within_a_tenth_of_a_second(story: Story) -> None:
    copies = [
        entity.model_copy(update={"id": f"{entity.id}-{number}"}) for entity in story.entities for number in range(60)
    ]
    many = Story(
        **{**{name: getattr(story, name) for name in Story.model_fields}, "entities": (*story.entities, *copies)}
    )
    stories = serving(many)
    for typed in ("", "p", "petit", "anan petit", "zzzz"):
        started = time.process_time()
        complete(stories, context(), typed, "entity", 25)
        assert time.process_time() - started < 0.1


@pytest.mark.parametrize(
    ("locale", "typed", "name"), [("fr", "passerelle", "La passerelle"), ("en", "footbridge", "The footbridge")]
)
def test_completions_are_in_the_readers_language(stories: Stories, locale: str, typed: str, name: str) -> None:
    assert [found.name for found in complete(stories, context(locale), typed, "entity", 3)] == [name]


def test_a_dated_event_is_completed(stories: Stories) -> None:
    assert complete(stories, context(), "plainte", "event", 3)[0].id == "complaint"


def test_names_are_indexed_once_an_edition(stories: Stories) -> None:
    (edition,) = stories.library.current.editions
    index = edition.names["entity"]
    complete(stories, context(), "petit", "entity", 3)
    assert edition.names["entity"] is index


def test_examples_are_questions_of_the_story(stories: Stories, story: Story) -> None:
    asked = {text for fact in story.shown_facts.values() for text in fact.asked.get("fr")}
    examples = stories.examples(context())
    assert len(set(examples)) == 3
    assert set(examples) <= asked


@pytest.mark.parametrize(("typed", "found"), [("ann", "anna-petit"), ("pet", "anna-petit"), ("l", None), ("xyz", None)])
def test_the_beginning_of_one_name_alone_is_taken_for_it(story: Story, typed: str, found: str | None) -> None:
    card = who(serving(story), context(), typed)
    assert (None if isinstance(card, NotFound) else card.id) == found
