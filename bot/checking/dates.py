"""The rules for dates: only what is announced is after the story; a derived date is its base plus the offset."""

from collections.abc import Iterator

from bot.checking.findings import Finding, Location, Rule
from bot.story.dates import DateError, Duration, ImpreciseDate
from bot.story.model import Derivation, Event, Fact, Story, When

TOO_LATE = Rule(
    "date.after",
    "{date} is after the date of the story, {as_of}",
    "correct one of them, or add announced: true if the source only announces it",
    "A source cannot report something that happened after it was written, but it can announce it.",
)
NOT_AHEAD = Rule(
    "date.announced",
    "{date} is announced, but it is before the date of the story, {as_of}",
    "say what became of it, or remove announced",
    "Readers are told that it was announced, as if nobody knew yet whether it happened.",
    "warning",
)
NO_BASE = Rule(
    "date.base",
    "the fact {fact!r} has no date to work this one out from",
    "add its date, or remove derived_from",
    "Readers are told which date this one was worked out from.",
)
NO_OFFSET = Rule(
    "date.offset",
    "{reason}",
    "write it as an ISO 8601 duration, such as P3Y",
    "The offset is added to the date of that fact, and shown to readers in words.",
)
WRONG_SUM = Rule(
    "date.derived",
    "{base} plus {offset} is {expected}, not {date}",
    "correct the date or the offset",
    "A derived date is never more precise than the date it was derived from.",
)


def whens(story: Story) -> Iterator[tuple[Location, When]]:
    """Yield the date of each fact and event that has one, with its location."""
    dated: tuple[tuple[str, tuple[Fact | Event, ...]], ...] = (("facts", story.facts), ("events", story.events))
    for section, records in dated:
        for index, record in enumerate(records):
            if record.when:
                yield (section, index, "when"), record.when


def derivations(story: Story) -> Iterator[tuple[Location, Derivation]]:
    """Yield the derivation of each derived date, with the location of the date."""
    for place, when in whens(story):
        if when.derived_from:
            yield place, when.derived_from


def check_dates(story: Story) -> Iterator[Finding]:
    """Check each date in the story."""
    dated = {fact.id: fact.when for fact in story.facts}
    for place, when in whens(story):
        yield from _ahead(place, when, story.story.as_of)
        if when.derived_from and when.derived_from.fact in dated:
            yield from _derived(place, when.edtf, when.derived_from, dated[when.derived_from.fact])


def _ahead(place: Location, when: When, as_of: str) -> Iterator[Finding]:
    date_of, today = ImpreciseDate.parse(when.edtf), ImpreciseDate.parse(as_of)
    if date_of.last_begins > today.latest and not when.announced:
        yield TOO_LATE.at(*place, "edtf", date=when.edtf, as_of=as_of)
    if when.announced and date_of.bounds[1] < today.earliest:
        yield NOT_AHEAD.at(*place, "announced", date=when.edtf, as_of=as_of)


def _derived(place: Location, edtf: str, derivation: Derivation, base: When | None) -> Iterator[Finding]:
    if base is None:
        yield NO_BASE.at(*place, "derived_from", fact=derivation.fact)
        return
    try:
        expected = ImpreciseDate.parse(base.edtf).shifted(Duration.parse(derivation.offset))
    except DateError as error:
        yield NO_OFFSET.at(*place, "derived_from", "offset", reason=error)
        return
    if expected != edtf:
        yield WRONG_SUM.at(*place, "edtf", base=base.edtf, offset=derivation.offset, expected=expected, date=edtf)
