"""A story's dated events in order."""

from bot.answering.timeline import timeline
from bot.story.model import Event, Story
from tests.fakes import context, serving


def test_an_event_that_somebody_claims_is_in_the_timeline_with_who_does(story: Story) -> None:
    plain = story.events[0].model_dump() | {"id": "claimed", "facts": ["bridge-dangerous"]}
    claimed = Story(
        story=story.story,
        entities=story.entities,
        events=(Event.model_validate(plain),),
        facts=story.facts,
        sources=story.sources,
    )
    (row,) = timeline(serving(claimed), context("en")).rows
    assert row.name == "The closing of the bridge (Claim: Anna Petit)"
