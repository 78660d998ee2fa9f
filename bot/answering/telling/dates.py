"""Format dates at the precision of their source."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import assert_never

from babel.dates import format_date, format_datetime, format_skeleton
from babel.units import format_unit

from bot.answering.languages import told_in
from bot.answering.telling.catalogue import Catalogue, language_of
from bot.answering.telling.grammar import contracted, named_day
from bot.story.dates import OPEN, Duration, ImpreciseDate
from bot.story.model import Source, Story, When

MAX_CACHED_DATES = 2_000  # as texts; each takes Babel a tenth of a millisecond, and answers name the same few


@lru_cache(MAX_CACHED_DATES)
def date_text(edtf: str, locale: str, catalogue: Catalogue) -> str:
    """Format a date, such as "March 2024", "about 2015" or "in the 2010s"."""
    when = ImpreciseDate.parse(edtf)
    if when.ends:
        return _interval(when, locale, catalogue)
    text = _named(when, locale, catalogue) if when.approximate else _within(when, locale, catalogue)
    mark = _mark(when)
    return _phrase(catalogue, locale, f"date.{mark}", date=text) if mark else text


def day_text(at: datetime, locale: str) -> str:
    """Format the date of a datetime."""
    return _day(at.date(), locale)


def moment_text(at: datetime, locale: str) -> str:
    """Format a date with its time, in UTC."""
    return str(format_datetime(at, "medium", tzinfo=UTC, locale=locale))


@lru_cache(MAX_CACHED_DATES)
def article_text(published: str, locale: str, catalogue: Catalogue) -> str:
    """Return the name of an article by its date, such as "article of March 2024"."""
    return _phrase(catalogue, locale, "source.article", date=_noun(ImpreciseDate.parse(published), locale, catalogue))


def when_text(when: When, story: Story, source: Source, locale: str, catalogue: Catalogue) -> str:
    """Format a fact's date: the source's own words if recorded, else the date, with its derivation if derived.

    What is only announced is said to be. In another language than the source's its words have no quotation marks.
    """
    if when.stated:
        language = told_in(story.languages, locale)
        stated = when.stated.get(language)
        return catalogue.text(
            locale,
            "when.announced_stated" if when.announced else "when.stated",
            stated=catalogue.text(locale, "reply.words", quote=stated) if language == source.language else stated,
            article=article_text(source.published, locale, catalogue),
        )
    text = (announced_text if when.announced else date_text)(when.edtf, locale, catalogue)
    if not when.derived_from:
        return text
    base = story.shown_facts.get(when.derived_from.fact)
    return _phrase(
        catalogue,
        locale,
        "when.derived",
        date=text,
        offset=_duration_text(Duration.parse(when.derived_from.offset), locale),
        base=_noun(ImpreciseDate.parse(base.when.edtf), locale, catalogue)
        if base and base.when
        else when.derived_from.fact,
    )


def announced_text(edtf: str, locale: str, catalogue: Catalogue) -> str:
    """Format the date of what is announced, such as "announced for March 2025" or "announced from 2026 on"."""
    when = ImpreciseDate.parse(edtf)
    if when.ends and None in when.ends:
        date = _interval(when, locale, catalogue, "onward")
    else:
        date = _phrase(catalogue, locale, "date.for", date=_noun(when, locale, catalogue))
    return catalogue.text(locale, "when.announced", date=date)


def _interval(when: ImpreciseDate, locale: str, catalogue: Catalogue, since: str = "since") -> str:
    """Format an interval; an end that is left open goes unsaid, one that is unknown is said to be."""
    start, end = when.ends or (None, None)
    first, last = (_noun(each, locale, catalogue) if each else "" for each in (start, end))
    if start and end:
        first = _without_year(start, end, locale, catalogue) or first
        return _phrase(catalogue, locale, "date.between", start=first, end=last)
    if start:
        key = since if when.edtf.endswith(OPEN) else "since_unknown"
        return _phrase(catalogue, locale, f"date.interval.{key}", start=first)
    is_bare = end and end.precision in {"year", "month"}
    until = _phrase(catalogue, locale, "date.until_bare" if is_bare else "date.until", end=last)
    return until if when.edtf.startswith(OPEN) else catalogue.text(locale, "date.until_unknown", until=until)


def _without_year(start: ImpreciseDate, end: ImpreciseDate, locale: str, catalogue: Catalogue) -> str | None:
    """Format the month or day that an interval starts with if its end says the year, as in "from March to May 2024".

    A language that writes the day first leaves out the month too: "del 1 al 6 de marzo de 2024".
    """
    day, last = start.earliest, end.earliest
    is_marked = any(each.approximate or each.uncertain or each.unstated for each in (start, end))
    if is_marked or start.precision != end.precision or day.year != last.year:
        return None
    if start.precision == "month":
        return str(format_date(day, "LLLL", locale=locale))
    if start.precision != "day":
        return None
    text = str(format_skeleton("MMMMd", day, locale=locale))
    if text[0].isdecimal() and day.month == last.month:
        text = text.split()[0]
    return catalogue.text(locale, "date.noun.day", date=named_day(text, language_of(locale)))


def _noun(when: ImpreciseDate, locale: str, catalogue: Catalogue) -> str:
    """Format a date as a noun, to be put into a phrase: "the 2010s", "about spring 2024"."""
    if when.ends:
        return catalogue.text(locale, "date.period", date=_interval(when, locale, catalogue))
    text, mark = _named(when, locale, catalogue), _mark(when)
    return catalogue.text(locale, f"date.end.{mark}", date=text) if mark else text


def _mark(when: ImpreciseDate) -> str:
    return f"{'approximate' if when.approximate else ''}{'uncertain' if when.uncertain else ''}"


def _within(when: ImpreciseDate, locale: str, catalogue: Catalogue) -> str:
    """Format a date without its marks, as when something happened: "in spring 2024"."""
    match when.precision:
        case "decade" | "years":
            first, last = when.earliest.year, when.latest.year
            return catalogue.text(locale, f"date.within.{when.precision}", first=first, last=last)
        case "season":
            return _phrase(catalogue, locale, "date.within.season", date=_named(when, locale, catalogue))
        case "day":
            return _day(when.earliest, locale)
        case _:
            return _named(when, locale, catalogue)


def _named(when: ImpreciseDate, locale: str, catalogue: Catalogue) -> str:
    """Format a date without its marks, as a noun; what the source leaves open is said."""
    year = when.earliest.year
    match when.precision:
        case "day":
            return catalogue.text(locale, "date.noun.day", date=_day(when.earliest, locale))
        case "month":
            return _unstated(when, str(format_skeleton("yMMMM", when.earliest, locale=locale)), locale, catalogue)
        case "season":
            return catalogue.text(locale, f"date.noun.{when.season}", year=year, next=year + 1)
        case "year":
            return _unstated(when, str(format_skeleton("y", when.earliest, locale=locale)), locale, catalogue)
        case "decade" | "years":
            return catalogue.text(locale, f"date.noun.{when.precision}", first=year, last=when.latest.year)
        case "interval":
            return _interval(when, locale, catalogue)
        case unknown:
            assert_never(unknown)


def _unstated(when: ImpreciseDate, text: str, locale: str, catalogue: Catalogue) -> str:
    return catalogue.text(locale, f"date.unstated.{when.unstated}", date=text) if when.unstated else text


def _phrase(catalogue: Catalogue, locale: str, key: str, **parts: str) -> str:
    """Fill in a phrase, and contract it as its language does: "de le 4 mars" is "du 4 mars"."""
    return contracted(catalogue.text(locale, key, **parts), language_of(locale))


def _day(day: date, locale: str) -> str:
    return named_day(str(format_date(day, "long", locale=locale)), language_of(locale))


def _duration_text(duration: Duration, locale: str) -> str:
    parts = {"duration-year": duration.years, "duration-month": duration.months}
    return " ".join(format_unit(number, unit, locale=locale) for unit, number in parts.items() if number is not None)
