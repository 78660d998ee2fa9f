"""Format dates at the precision of their source."""

import re
from datetime import date, datetime
from typing import assert_never

from babel.dates import format_date, format_skeleton
from babel.units import format_unit

from bot.answering.telling.catalogue import Catalogue
from bot.story.dates import Duration, ImpreciseDate
from bot.story.model import Story, When


def date_text(edtf: str, locale: str, catalogue: Catalogue) -> str:
    """Format a date, such as "March 2024" or "about 2015"."""
    when = ImpreciseDate.parse(edtf)
    plain = _plain(when, locale)
    mark = f"{'approximate' if when.approximate else ''}{'uncertain' if when.uncertain else ''}"
    return catalogue.text(locale, f"date.{mark}", date=plain) if mark else plain


def day_text(at: datetime, locale: str) -> str:
    """Format the date of a datetime."""
    return _day(at.date(), locale)


def article_text(published: str, locale: str, catalogue: Catalogue) -> str:
    """Return the name of an article by its date, such as "article of March 2024"."""
    key = "source.article_of_day" if ImpreciseDate.parse(published).precision == "day" else "source.article"
    return catalogue.text(locale, key, date=date_text(published, locale, catalogue))


def when_text(when: When, story: Story, published: str, locale: str, catalogue: Catalogue) -> str:
    """Format a fact's date: the source's own words if recorded, else the date, with its derivation if derived."""
    if when.stated:
        return catalogue.text(
            locale,
            "when.stated",
            stated=when.stated.get(locale),
            article=article_text(published, locale, catalogue),
        )
    text = date_text(when.edtf, locale, catalogue)
    if not when.derived_from:
        return text
    base = story.shown_facts.get(when.derived_from.fact)
    return catalogue.text(
        locale,
        "when.derived",
        date=text,
        offset=_duration_text(Duration.parse(when.derived_from.offset), locale),
        base=date_text(base.when.edtf, locale, catalogue) if base and base.when else when.derived_from.fact,
    )


def _plain(when: ImpreciseDate, locale: str) -> str:
    match when.precision:
        case "day":
            return _day(when.earliest, locale)
        case "month":
            return str(format_skeleton("yMMMM", when.earliest, locale=locale))
        case "year":
            return str(format_skeleton("y", when.earliest, locale=locale))
        case unknown:
            assert_never(unknown)


def _day(day: date, locale: str) -> str:
    """Format a day; French writes the first of a month as an ordinal, which CLDR does not."""
    text = str(format_date(day, "long", locale=locale))
    return re.sub(r"^1 ", "1er ", text) if locale == "fr" else text


def _duration_text(duration: Duration, locale: str) -> str:
    parts = {"duration-year": duration.years, "duration-month": duration.months}
    return " ".join(format_unit(number, unit, locale=locale) for unit, number in parts.items() if number is not None)
