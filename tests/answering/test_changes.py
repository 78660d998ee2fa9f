"""What changed from one version to the next, and which messages must say so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.answering.changes import Correction, changes, correction, fingerprints, later
from bot.answering.history import Change, Revision, ShownMessage
from bot.story.model import Story, Text
from tests.fakes import utterance

FACT = "bridge-dangerous"
DENIAL = "danger-denied"


def with_fact(story: Story, fact: str, **update: Any) -> Story:
    """Return the story with a fact changed; built anew, since a story caches its look-ups."""
    facts = [one.model_copy(update=update) if one.id == fact else one for one in story.facts]
    return Story(**{**{name: getattr(story, name) for name in Story.model_fields}, "facts": tuple(facts)})


def other_text(story: Story) -> Any:
    return story.shown_facts["region-share"].text


@pytest.mark.parametrize(
    ("status", "what"), [("corrected", "corrected"), ("published", "edited"), ("withdrawn", "withdrawn")]
)
def test_a_fact_that_reads_otherwise_has_changed(story: Story, status: str, what: str) -> None:
    after = with_fact(story, FACT, status=status, text=other_text(story))
    (change,) = changes(fingerprints(story), after)
    assert (change.fact, change.what) == (FACT, what)


@pytest.mark.parametrize("seen", ["kind", "by", "when", "citations", "replies_to"])
def test_a_fact_that_is_told_otherwise_has_changed(story: Story, seen: str) -> None:
    fact, others = story.shown_facts[FACT], story.shown_facts.values()
    other = next(value for one in others if (value := getattr(one, seen)) != getattr(fact, seen))
    assert changes(fingerprints(story), with_fact(story, FACT, **{seen: other})) == (Change(FACT, "edited"),)


def test_what_a_reader_does_not_see_is_no_change(story: Story) -> None:
    after = with_fact(story, FACT, asked=story.shown_facts["region-share"].asked, about=(), answers=(), roles=())
    assert changes(fingerprints(story), after) == ()
    assert changes(fingerprints(story), with_fact(story, FACT, status="corrected")) == ()


def test_a_fact_that_comes_back_is_added(story: Story) -> None:
    before = fingerprints(with_fact(story, FACT, status="draft"))
    (change,) = changes(before, story)
    assert (change.fact, change.what) == (FACT, "added")


@pytest.fixture
def message(story: Story) -> ShownMessage:
    fact = story.shown_facts[FACT]
    facts = tuple(one.id for one in (fact, *story.beside(fact)))
    return ShownMessage(1, 5, False, story.id, "1", "fr", facts, utterance("").at)


def corrected(message: ShownMessage, before: Story, after: Story | None) -> Correction | None:
    """Tell what a message of one version must say after another."""
    return correction(message, "2", after, changes(fingerprints(before), after) if after else ())


def test_a_message_whose_facts_still_hold_is_left_alone(story: Story, message: ShownMessage) -> None:
    assert corrected(message, story, story) is None
    assert corrected(message, story, with_fact(story, FACT, text=other_text(story))) is None


def test_a_comma_or_a_capital_is_no_correction(story: Story, message: ShownMessage) -> None:
    text = {code: f"{text.upper()} !" for code, text in story.shown_facts[FACT].text.root.items()}
    assert corrected(message, story, with_fact(story, FACT, status="corrected", text=Text(text))) is None


@pytest.mark.parametrize(
    ("fact", "status", "what", "left"),
    [
        (FACT, "corrected", "corrected", FACT),
        (FACT, "withdrawn", "withdrawn", None),
        (DENIAL, "corrected", "corrected", FACT),
        (DENIAL, "withdrawn", "corrected", FACT),
    ],
)
@pytest.mark.parametrize("is_list", [False, True])
def test_a_message_is_corrected_when_what_it_shows_is(
    story: Story, message: ShownMessage, fact: str, status: str, what: str, left: str | None, is_list: bool
) -> None:
    after = with_fact(story, fact, status=status, text=other_text(story))
    found = corrected(replace(message, is_list=is_list), story, after)
    assert found is not None
    assert found.what == ("listed" if is_list else what)
    assert (found.fact.id if found.fact else None) == (None if is_list else left)


def test_a_claim_that_is_denied_later_gets_its_other_side(story: Story, message: ShownMessage) -> None:
    before = with_fact(story, DENIAL, status="draft")
    alone = replace(message, facts=tuple(fact for fact in message.facts if fact != DENIAL))
    for is_list, what in ((False, "answered"), (True, "listed")):
        found = corrected(replace(alone, is_list=is_list), before, story)
        assert found is not None
        assert found.what == what
        assert corrected(replace(alone, is_list=is_list), story, story) is None


@pytest.mark.parametrize(("is_list", "what"), [(False, "withdrawn"), (True, "listed")])
def test_a_story_that_is_gone_takes_its_facts_with_it(message: ShownMessage, is_list: bool, what: str) -> None:
    found = correction(replace(message, is_list=is_list), "", None, ())
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize("is_list", [False, True])
def test_what_the_story_shows_today_needs_no_correction(story: Story, is_list: bool) -> None:
    for fact in story.shown_facts.values():
        facts = tuple(one.id for one in (fact, *story.beside(fact)))
        message = ShownMessage(1, 5, is_list, story.id, "1", "fr", facts, utterance("").at)
        assert correction(message, "1", story, ()) is None


def test_a_message_is_measured_by_what_came_after_the_version_that_it_shows(message: ShownMessage) -> None:
    days = [message.at + timedelta(days=days) for days in (-1, 1, 2, 3)]
    old, second, third, back = (
        Revision(version, at, (Change(version, "corrected"),))
        for version, at in zip(("0", "2", "3", "1"), days, strict=True)
    )
    newest_first = [third, second, old]
    assert [change.fact for change in later(message, "3", newest_first)] == ["3", "2"]
    assert [change.fact for change in later(replace(message, version="2"), "3", newest_first)] == ["3"]
    assert later(replace(message, version="3"), "3", newest_first) == []
    assert later(message, "1", [back, *newest_first]) == []
    late = replace(message, at=days[2] + timedelta(seconds=5))  # decided before that version, and sent after it
    assert [change.fact for change in later(late, "3", newest_first)] == ["3"]
