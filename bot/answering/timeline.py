"""List each story's dated events in order."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from bot.answering.cited import CitedFact
from bot.answering.context import Context
from bot.answering.head import Headed
from bot.answering.stories import LocalEdition, Stories
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.text import attribution
from bot.story.dates import ImpreciseDate
from bot.story.model import Event


@dataclass(frozen=True)
class TimelineRow:
    """A dated event, with the earliest and latest day that its source allows.

    They are `date.min` and `date.max` if the event has no known start or end.
    """

    id: str
    name: str
    when_text: str
    earliest: date
    latest: date
    bounds: tuple[date, date]  # the same, with an end that is not known replaced by the span of the one that is
    approximate: bool
    facts: tuple[CitedFact, ...]


@dataclass(frozen=True)
class Timeline(Headed):
    """A story's dated events in order."""

    rows: tuple[TimelineRow, ...]


def timelines(
    stories: Stories, context: Context, since: str | None = None, until: str | None = None
) -> tuple[Timeline, ...]:
    """Return each story's dated events that may lie between two dates (EDTF), if there are any.

    Raise DateError if a date is invalid.
    """
    first = ImpreciseDate.parse(since).earliest if since else date.min
    last = ImpreciseDate.parse(until).latest if until else date.max
    found = []
    for local in stories.localized_for(context):
        rows = [row for event in local.story.events if (row := _row(event, local, stories.catalogue))]
        between = [row for row in rows if row.latest >= first and row.earliest <= last]
        found.append(Timeline(local.head, tuple(sorted(between, key=attrgetter("bounds")))))
    return tuple(each for each in found if each.rows)


def _row(event: Event, local: LocalEdition, catalogue: Catalogue) -> TimelineRow | None:
    """Return the row of an event; None if it has no date or no shown fact."""
    facts = local.facts_of(event)
    if not facts or event.when is None:
        return None
    date_of, cited = ImpreciseDate.parse(event.when.edtf), local.presenter.with_replies_once(facts)
    by = f" ({attribution(cited[0], local.locale, catalogue)})" if cited[0].by else ""
    return TimelineRow(
        id=event.id,
        name=f"{event.name.get(local.language)}{by}",
        when_text=local.presenter.when(event.when, facts[0]),
        earliest=date_of.earliest,
        latest=date_of.latest,
        bounds=date_of.bounds,
        approximate=date_of.approximate,
        facts=cited,
    )
