"""Related facts share people, things, an event or a time, and exclude what is shown with the fact."""

import pytest

from bot.answering.related import MAX_RELATED, related
from bot.story.model import Story


@pytest.mark.parametrize(
    ("fact", "near"),
    [
        ("region-share", {"footbridge-opened", "footbridge-narrow"}),
        ("petit-role", {"bridge-dangerous"}),
        ("bridge-built", {"bridge-builders"}),
    ],
)
def test_the_nearest_facts_come_first(story: Story, fact: str, near: set[str]) -> None:
    found = [other.id for other in related(story, story.shown_facts[fact])]
    assert near <= set(found)


def test_a_fact_has_at_most_four_and_never_itself_or_its_other_side(story: Story) -> None:
    for fact in story.shown_facts.values():
        found = related(story, fact)
        beside = {fact.id, *(other.id for other in story.beside(fact))}
        assert len(found) <= MAX_RELATED
        assert not beside & {other.id for other in found}


def test_every_related_fact_shares_a_name_or_an_event(story: Story) -> None:
    for fact in story.shown_facts.values():
        names = {*fact.about, fact.by}
        for other in related(story, fact):
            event = any({fact.id, other.id} <= set(event.facts) for event in story.events)
            assert event or names & {*other.about, other.by} - {None}
