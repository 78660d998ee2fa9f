"""Put dates into words, at the precision of their source."""

import re
from datetime import datetime

from babel.dates import format_date, format_skeleton
from babel.units import format_unit

from bot.answering.catalogue import Catalogue
from bot.story.dates import ImpreciseDate
from bot.story.model import Story, When

_SKELETONS = {"year": "y", "month": "yMMMM"}
_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")


def date_words(edtf: str, locale: str, catalogue: Catalogue) -> str:
    """Say a date, such as "March 2024" or "about 2015"."""
    date = ImpreciseDate.parse(edtf)
    if date.precision == "day":
        plain = format_date(date.earliest, "long", locale=locale)
    else:
        plain = format_skeleton(_SKELETONS[date.precision], date.earliest, locale=locale)
    mark = f"{'approximate' if date.approximate else ''}{'uncertain' if date.uncertain else ''}"
    return catalogue.text(locale, f"date.{mark}", date=plain) if mark else plain


def day_words(at: datetime, locale: str) -> str:
    """Say the day of a time."""
    return str(format_date(at, "long", locale=locale))


def when_words(when: When, story: Story, published: str, locale: str, catalogue: Catalogue) -> str:
    """Say when something was: the source's own words where it has some, and how a derived date was worked out."""
    if when.stated:
        return catalogue.text(
            locale,
            "when.stated",
            stated=when.stated.get(locale),
            published=date_words(published, locale, catalogue),
        )
    words = date_words(when.edtf, locale, catalogue)
    if not when.derived_from:
        return words
    base = story.shown_facts.get(when.derived_from.fact)
    return catalogue.text(
        locale,
        "when.derived",
        date=words,
        offset=_period_words(when.derived_from.offset, locale),
        base=date_words(base.when.edtf, locale, catalogue) if base and base.when else when.derived_from.fact,
    )


def _period_words(offset: str, locale: str) -> str:
    found = _PERIOD.fullmatch(offset)
    parts = zip(("duration-year", "duration-month"), found.groups() if found else (), strict=False)
    return " ".join(format_unit(int(number), unit, locale=locale) for unit, number in parts if number)
