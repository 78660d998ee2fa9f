"""Two versions of a story answer the same questions; each difference is named by what it means for a reader."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answering.answer_changes import AnswerChange, AnswerEffect, answer_changes
from bot.answering.editions import Edition
from bot.story.model import Story, StoryQuestion
from bot.story.texts import Texts
from tests.quick_stories import decider_of

PAID = "Did anyone paint the railings green?"


def edition_of(story: Story, utterances: dict[str, tuple[str, ...]], *questions: StoryQuestion) -> Edition:
    """Return the story with other English utterances for some facts, and these questions of its own."""
    facts = [
        fact.model_copy(update={"asked": Texts({"en": utterances[fact.id]})}) if fact.id in utterances else fact
        for fact in story.facts
    ]
    fields = {name: getattr(story, name) for name in Story.model_fields}
    changed = Story(**fields | {"facts": tuple(facts), "questions": questions})
    return Edition(changed, decider_of(changed), "1", 1.0)


def utterances_with(story: Story, fact: str, *texts: str) -> dict[str, tuple[str, ...]]:
    return {fact: (*story.shown_facts[fact].asked.get("en"), *texts)}


def test_a_version_compared_with_itself_has_no_change(story: Story) -> None:
    edition = edition_of(story, utterances_with(story, "region-share", PAID))
    assert answer_changes(edition, edition, [PAID]) == ()


def test_a_question_answered_anew_is_gained_and_the_other_way_round_lost(story: Story) -> None:
    old, new = edition_of(story, {}), edition_of(story, utterances_with(story, "region-share", PAID))
    assert answer_changes(old, new, [PAID, PAID]) == (AnswerChange(PAID, "gained", None, "region-share"),)
    assert answer_changes(new, old, [PAID]) == (AnswerChange(PAID, "lost", "region-share", None),)


def test_a_question_answered_by_another_fact_is_moved(story: Story) -> None:
    old, new = (edition_of(story, utterances_with(story, fact, PAID)) for fact in ("region-share", "petit-role"))
    assert answer_changes(old, new, [PAID]) == (AnswerChange(PAID, "moved", "region-share", "petit-role"),)


@pytest.mark.parametrize(
    ("expect", "effect"),
    [(("region-share",), "right"), (("petit-role",), "wrong"), ("abstain", "wrong")],
)
def test_the_new_version_is_held_to_its_own_questions(story: Story, expect: Any, effect: AnswerEffect) -> None:
    own = StoryQuestion(ask=PAID, expect=expect)
    old, new = edition_of(story, {}), edition_of(story, utterances_with(story, "region-share", PAID), own)
    assert answer_changes(old, new, []) == (AnswerChange(PAID, effect, None, "region-share"),)


def test_to_answer_no_more_is_right_if_the_story_expects_it(story: Story) -> None:
    own = StoryQuestion(ask=PAID, expect="abstain")
    old, new = edition_of(story, utterances_with(story, "region-share", PAID)), edition_of(story, {}, own)
    assert answer_changes(old, new, []) == (AnswerChange(PAID, "right", "region-share", None),)
    own = StoryQuestion(ask=PAID, expect=("region-share",))
    assert answer_changes(old, replace(new, story=edition_of(story, {}, own).story), [])[0].effect == "wrong"
