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


def test_events_are_sorted_by_what_is_known_of_their_dates(story: Story) -> None:
    dates = ["2019/..", "../2015", "201X", "2018-21", "2016/2021", "2016", "2017-XX"]
    events = tuple(
        Event.model_validate(story.events[0].model_dump() | {"id": f"event-{number}", "when": {"edtf": edtf}})
        for number, edtf in enumerate(dates)
    )
    fields = {name: getattr(story, name) for name in Story.model_fields}
    stories = serving(Story(**fields | {"events": events}))
    assert [row.when_text for row in timeline(stories, context("en")).rows] == [
        "in the 2010s",
        "until 2015",
        "2016",
        "from 2016 to 2021",
        "2017 (month not stated)",
        "in spring 2018",
        "since 2019",
    ]
    assert {row.when_text for row in timeline(stories, context("en"), "2022", "2023").rows} == {"since 2019"}
    assert {row.when_text for row in timeline(stories, context("en"), None, "2009").rows} == {"until 2015"}
