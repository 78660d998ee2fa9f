"""Cards: who somebody is, when something was, where it is written."""

import time

import pytest

from bot.answering.browse import Browser, EntityCard, EventCard, NotFound
from bot.answering.telling.catalogue import catalogue
from bot.story.model import Event, Story
from tests.fakes import FixedLibrary, MemoryBindings, MemoryJournal, SteppedClock, utterance


@pytest.fixture(scope="module")
def browser(story: Story) -> Browser:
    return Browser(FixedLibrary(story), MemoryBindings(), MemoryJournal(), SteppedClock(), catalogue())


@pytest.mark.parametrize("name", ["anna-petit", "Anna Petit", "ANNA PETIT", "l'ingénieure", "the engineer"])
def test_somebody_is_found_by_id_name_or_alias(browser: Browser, name: str) -> None:
    card = browser.who(utterance(name, "fr"))
    assert isinstance(card, EntityCard)
    assert (card.name, card.role) == ("Anna Petit", "Ingénieure")


def test_a_card_tells_apart_what_somebody_says_and_what_is_said_of_them(browser: Browser) -> None:
    card = browser.who(utterance("anna-petit", "en"))
    assert isinstance(card, EntityCard)
    assert [view.id for pair in card.said for view in pair] == ["bridge-dangerous", "danger-denied"]
    assert {"petit-role"} <= {pair[0].id for pair in card.about}


def test_a_card_never_shows_a_denial_without_its_claim(browser: Browser) -> None:
    card = browser.who(utterance("mayor", "en"))
    assert isinstance(card, EntityCard)
    pairs = {pair[0].id: [view.id for view in pair] for pair in card.said}
    assert pairs["danger-denied"] == ["danger-denied", "bridge-dangerous"]


def test_a_look_up_is_journalled(story: Story) -> None:
    journal = MemoryJournal()
    browser = Browser(FixedLibrary(story), MemoryBindings(), journal, SteppedClock(), catalogue())
    browser.who(utterance("Anna Petit", surface="who"))
    browser.when(utterance("building", surface="when"))
    browser.who(utterance("Satya Nadella", surface="who"))
    assert [(kept.utterance.surface, kept.outcome, kept.cause) for kept in journal.kept] == [
        ("who", "answer", None),
        ("when", "answer", None),
        ("who", "abstain", "unknown_name"),
    ]
    assert "bridge-built" in journal.kept[1].facts


def test_somebody_who_is_not_in_the_story_is_not_found(browser: Browser) -> None:
    assert browser.who(utterance("Anna Petti")) == NotFound("Anna Petti", ("Anna Petit",))
    assert browser.who(utterance("Satya Nadella")) == NotFound("Satya Nadella", ())


@pytest.mark.parametrize(
    ("name", "locale", "words"),
    [
        ("building", "fr", "1931"),
        ("ouverture de la passerelle", "fr", "2020, par déduction : 1 an après 2019"),
        ("lawsuit", "en", "“last Thursday”, says the article of June 2020"),
    ],
)
def test_an_event_is_dated_as_precisely_as_its_source(browser: Browser, name: str, locale: str, words: str) -> None:
    card = browser.when(utterance(name, locale))
    assert isinstance(card, EventCard)
    assert card.when_words == words
    assert card.facts


def test_an_event_shows_the_denial_beside_what_it_answers(browser: Browser) -> None:
    card = browser.when(utterance("complaint", "en"))
    assert isinstance(card, EventCard)
    assert {"complaint-filed", "negligence-denied"} <= {view.id for view in card.facts}


def test_an_event_that_the_story_does_not_hold_is_not_found(browser: Browser) -> None:
    assert isinstance(browser.when(utterance("construction du tunnel")), NotFound)


@pytest.mark.clock
def test_a_completion_of_five_hundred_names_is_there_within_a_tenth_of_a_second(story: Story) -> None:
    copies = [
        entity.model_copy(update={"id": f"{entity.id}-{number}"}) for entity in story.entities for number in range(60)
    ]
    many = Story(
        **{**{name: getattr(story, name) for name in Story.model_fields}, "entities": (*story.entities, *copies)}
    )
    browser = Browser(FixedLibrary(many), MemoryBindings(), MemoryJournal(), SteppedClock(), catalogue())
    for typed in ("", "p", "petit", "anan petit", "zzzz"):
        started = time.perf_counter()
        browser.complete_who(utterance(typed), 25)
        assert time.perf_counter() - started < 0.1


def test_completions_are_in_the_readers_language(browser: Browser) -> None:
    assert [choice.name for choice in browser.complete_who(utterance("passerelle", "fr"), 3)] == ["La passerelle"]
    assert [choice.name for choice in browser.complete_who(utterance("footbridge", "en"), 3)] == ["The footbridge"]
    assert browser.complete_when(utterance("plainte", "fr"), 3)[0].id == "complaint"


def test_examples_are_questions_of_the_story(browser: Browser, story: Story) -> None:
    asked = {text for fact in story.shown_facts.values() for text in fact.asked.get("fr")}
    examples = browser.examples(utterance("", "fr"))
    assert len(set(examples)) == 3
    assert set(examples) <= asked


def test_an_event_that_somebody_claims_stands_in_the_timeline_with_who_does(story: Story) -> None:
    plain = story.events[0].model_dump() | {"id": "claimed", "facts": ["bridge-dangerous"]}
    claimed = Story(
        story=story.story,
        entities=story.entities,
        events=(Event.model_validate(plain),),
        facts=story.facts,
        sources=story.sources,
    )
    browser = Browser(FixedLibrary(claimed), MemoryBindings(), MemoryJournal(), SteppedClock(), catalogue())
    (row,) = browser.timeline(utterance("", "en")).rows
    assert row.name == "The closing of the bridge (Claim: Anna Petit)"
