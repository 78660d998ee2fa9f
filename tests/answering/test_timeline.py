"""A story's dated events in order."""

from bot.answering.stories import Stories
from bot.answering.timeline import timelines
from bot.story.model import Event, Story
from tests.fakes import context, serving


def when_texts(stories: Stories, since: str | None = None, until: str | None = None) -> list[str]:
    return [row.when_text for found in timelines(stories, context("en"), since, until) for row in found.rows]


def test_an_event_that_somebody_claims_is_in_the_timeline_with_who_does(story: Story) -> None:
    plain = story.events[0].model_dump() | {"id": "claimed", "facts": ["bridge-dangerous"]}
    claimed = Story(
        story=story.story,
        entities=story.entities,
        events=(Event.model_validate(plain),),
        facts=story.facts,
        sources=story.sources,
    )
    ((row,),) = (found.rows for found in timelines(serving(claimed), context("en")))
    assert row.name == "The closing of the bridge (Claim: Anna Petit)"


def test_events_are_sorted_by_what_is_known_of_their_dates(story: Story) -> None:
    dates = ["2019/..", "../2015", "201X", "2018-21", "2016/2021", "2016", "2017-XX"]
    events = tuple(
        Event.model_validate(story.events[0].model_dump() | {"id": f"event-{number}", "when": {"edtf": edtf}})
        for number, edtf in enumerate(dates)
    )
    fields = {name: getattr(story, name) for name in Story.model_fields}
    stories = serving(Story(**fields | {"events": events}))
    assert when_texts(stories) == [
        "in the 2010s",
        "until 2015",
        "2016",
        "from 2016 to 2021",
        "2017 (month not stated)",
        "in spring 2018",
        "since 2019",
    ]
    assert when_texts(stories, "2022", "2023") == ["since 2019"]
    assert when_texts(stories, None, "2009") == ["until 2015"]
