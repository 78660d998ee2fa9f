"""Show a story's dated events in order."""

from dataclasses import dataclass
from datetime import date

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
    """A dated event, from the earliest to the latest day that its source allows."""

    id: str
    name: str
    when_words: str
    earliest: date
    latest: date
    approximate: bool
    facts: tuple[CitedFact, ...]


@dataclass(frozen=True)
class Timeline(Headed):
    """A story's dated events in order."""

    rows: tuple[TimelineRow, ...]


def timeline(stories: Stories, context: Context, since: str | None = None, until: str | None = None) -> Timeline:
    """Show the dated events that may lie between two dates (EDTF).

    Raises DateError if one of them is no date.
    """
    first = ImpreciseDate.parse(since).earliest if since else date.min
    last = ImpreciseDate.parse(until).latest if until else date.max
    told = stories.told(context)[0]
    rows = [row for event in told.story.events if (row := _row(event, told, stories.catalogue))]
    between = [row for row in rows if row.latest >= first and row.earliest <= last]
    return Timeline(told.head, tuple(sorted(between, key=lambda row: (row.earliest, row.latest))))


def _row(event: Event, told: LocalEdition, catalogue: Catalogue) -> TimelineRow | None:
    """Return the row of an event; None if it has no date or no fact that is shown."""
    facts = told.facts_of(event)
    if not facts or event.when is None:
        return None
    date_of, cited = ImpreciseDate.parse(event.when.edtf), told.presenter.with_replies_once(facts)
    by = f" ({attribution(cited[0], told.locale, catalogue)})" if cited[0].by else ""
    return TimelineRow(
        id=event.id,
        name=f"{event.name.get(told.locale)}{by}",
        when_words=told.presenter.when(event.when, facts[0]),
        earliest=date_of.earliest,
        latest=date_of.latest,
        approximate=date_of.approximate,
        facts=cited,
    )
