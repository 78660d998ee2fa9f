"""What changed from one version to the next, and which messages must say so."""

from typing import Any

import pytest

from bot.answering.changes import changes, correction, fingerprint, told
from bot.answering.ports import Edition
from bot.answering.records import ShownMessage
from bot.matching.decide import Decider
from bot.story.model import Story
from tests.fakes import utterance

FACT = "subsidiary-claim"
DENIAL = "subsidiary-denied"


def with_fact(story: Story, fact: str, **update: Any) -> Story:
    """Return the story with a fact changed; built anew, since a story caches its look-ups."""
    facts = [one.model_copy(update=update) if one.id == fact else one for one in story.facts]
    return Story(**{**{name: getattr(story, name) for name in Story.model_fields}, "facts": tuple(facts)})


def other_text(story: Story) -> Any:
    return story.shown_facts["mission"].text


@pytest.mark.parametrize(
    ("status", "what"), [("corrected", "corrected"), ("published", "edited"), ("withdrawn", "withdrawn")]
)
def test_a_fact_that_reads_otherwise_has_changed(story: Story, status: str, what: str) -> None:
    after = with_fact(story, FACT, status=status, text=other_text(story))
    (change,) = changes(told(story), after)
    assert (change.fact, change.what) == (FACT, what)
    expected = story.shown_facts[FACT].text if what == "withdrawn" else other_text(story)
    assert change.texts == expected.root


def test_what_a_reader_does_not_see_is_no_change(story: Story) -> None:
    after = with_fact(story, FACT, asked=story.shown_facts["mission"].asked, about=(), answers=(), roles=())
    assert changes(told(story), after) == ()
    assert changes(told(story), with_fact(story, FACT, status="corrected")) == ()


def test_a_fact_that_comes_back_is_added(story: Story) -> None:
    before = told(with_fact(story, FACT, status="draft"))
    (change,) = changes(before, story)
    assert (change.fact, change.what) == (FACT, "added")


@pytest.fixture
def message(story: Story) -> ShownMessage:
    facts = {name: fingerprint(story.shown_facts[name]) for name in (FACT, DENIAL)}
    return ShownMessage(1, 5, "0" * 12, story.id, "fr", facts, utterance("").at)


def edition(story: Story) -> Edition:
    return Edition(story, Decider(story, thresholds=None), "1", 1.0)


def test_a_message_whose_facts_still_hold_is_left_alone(story: Story, message: ShownMessage) -> None:
    assert correction(message, edition(story)) is None
    assert correction(message, edition(with_fact(story, FACT, text=other_text(story)))) is None


@pytest.mark.parametrize(
    ("fact", "status", "left"),
    [
        (FACT, "corrected", FACT),
        (FACT, "withdrawn", None),
        (DENIAL, "corrected", FACT),
        (DENIAL, "withdrawn", FACT),
    ],
)
def test_a_message_is_corrected_when_what_it_shows_is(
    story: Story, message: ShownMessage, fact: str, status: str, left: str | None
) -> None:
    found = correction(message, edition(with_fact(story, fact, status=status, text=other_text(story))))
    assert found is not None
    assert (found.fact.id if found.fact else None) == left
