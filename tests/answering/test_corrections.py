"""Which messages no longer agree with the stories."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.answering.corrections import Correction, correction, later
from bot.answering.history import Change, Revision, ShownMessage
from bot.answering.publishing import changes, fingerprints
from bot.story.model import Story
from bot.story.texts import Text
from tests.answering.test_publishing import FACT, other_text, with_fact
from tests.fakes import context

DENIAL = "danger-denied"


@pytest.fixture
def message(story: Story) -> ShownMessage:
    fact = story.shown_facts[FACT]
    facts = tuple(one.id for one in (fact, *story.beside(fact)))
    return ShownMessage(1, 5, False, story.id, "1", "fr", facts, context().at)


def corrected(message: ShownMessage, before: Story, after: Story | None) -> Correction | None:
    """Return how a message of one version is corrected after another."""
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
        message = ShownMessage(1, 5, is_list, story.id, "1", "fr", facts, context().at)
        assert correction(message, "1", story, ()) is None


def test_a_message_is_measured_by_what_came_after_the_version_that_it_shows(message: ShownMessage) -> None:
    days = [message.at + timedelta(days=days) for days in (-1, 1, 2, 3)]
    old, second, third, back = (
        Revision(version, at, (Change(version, "corrected"),))
        for version, at in zip(("0", "2", "3", "1"), days, strict=True)
    )
    newest_first = [third, second, old]
    assert later(message, "3", newest_first) == [third, second]
    assert later(replace(message, version="2"), "3", newest_first) == [third]
    assert not later(replace(message, version="3"), "3", newest_first)
    assert not later(message, "1", [back, *newest_first])
    late = replace(message, at=days[2] + timedelta(seconds=5))  # decided before that version, and sent after it
    assert later(late, "3", newest_first) == [third]
