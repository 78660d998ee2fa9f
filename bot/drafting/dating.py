"""Find the dates in a text, as EDTF no more precise than its words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.drafting.grammar import Grammar, grammar
from bot.story.dates import DateError, ImpreciseDate

_YEAR = r"(?:1[5-9]|20)\d\d"
_RELATIVE_LISTS = ("today", "yesterday", "recent", "this_month", "last_month", "this_year", "last_year")
_FIRST = r"(?:er|st|nd|rd|th)?"


@dataclass(frozen=True)
class DateFound:
    """The words of a date and its EDTF; None if the words alone do not say which date it is."""

    words: str
    edtf: str | None
    is_relative: bool
    start: int


@dataclass(frozen=True)
class _Patterns:
    absolute: re.Pattern[str]
    year: re.Pattern[str]
    vague: re.Pattern[str]
    relative: re.Pattern[str]
    months: tuple[str, ...]  # each with its short forms


def dates_in(text: str, published: str, rules: Grammar) -> list[DateFound]:
    """Return the dates in a text, in order; a relative one is worked out from the date of publication."""
    if not rules.dates:
        return []
    patterns, found = _patterns(rules.code), list[DateFound]()
    taken = [False] * len(text)
    rows = (
        *_vague(text, patterns),
        *_absolute(text, patterns),
        *_relative(text, patterns, published, rules),
        *_years(text, patterns, rules),
    )
    for row in rows:
        span = slice(row.start, row.start + len(row.words))
        if not any(taken[span]):
            taken[span] = [True] * len(row.words)
            found.append(row)
    return sorted(found, key=lambda row: row.start)


@lru_cache
def _patterns(code: str) -> _Patterns:
    dates = grammar(code).dates
    said = [words for name in _RELATIVE_LISTS for words in dates.get(name, ())]
    near = "|".join((*dates["last"], *dates["next"]))
    months = _alternatives(word for row in dates["months"] for word in row.split())
    day = rf"(?P<day>\d{{1,2}}){_FIRST}[\s-]+"
    after = rf"\s+(?P<after>\d{{1,2}}){_FIRST}\b(?!\d)"
    weekday = rf"(?:(?P<before>{near})\s+)?(?P<weekday>{_alternatives(dates['weekdays'])})(?:\s+(?P<near>{near}))?"
    return _Patterns(
        absolute=_pattern(rf"\b(?:{day})?(?P<month>{months})\b\.?(?:{after})?(?:,?\s+(?P<year>{_YEAR})\b)?"),
        year=_pattern(rf"(?<![\d.,/-])(?P<year>{_YEAR})(?![\d%€$£]|[.,]\d)"),
        vague=_pattern(rf"\b(?:{'|'.join(dates.get('vague', ('(?!)',)))})(?!\s+{_YEAR})\b"),
        relative=_pattern(rf"\b(?:(?P<said>{_alternatives(said)})|{weekday})\b"),
        months=dates["months"],
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _alternatives(texts: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, texts), key=len, reverse=True))


def _absolute(text: str, patterns: _Patterns) -> Iterator[DateFound]:
    for match in patterns.absolute.finditer(text):
        day, month, year = match["day"] or match["after"], _month(match["month"], patterns), match["year"]
        if not match["month"][0].isupper() and match["month"].lower() in ("may", "march") and not year and not day:
            continue  # the verbs
        edtf = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "") if year else None
        yield DateFound(match[0].strip().rstrip("."), _valid(edtf), False, match.start())


def _month(word: str, patterns: _Patterns) -> int:
    return next(number for number, row in enumerate(patterns.months, start=1) if word.lower() in row.split())


def _vague(text: str, patterns: _Patterns) -> Iterator[DateFound]:
    for match in patterns.vague.finditer(text):
        yield DateFound(match[0], None, True, match.start())


def _years(text: str, patterns: _Patterns, rules: Grammar) -> Iterator[DateFound]:
    """Yield the years after a preposition or in brackets: another figure of four digits may count something."""
    for match in patterns.year.finditer(text):
        before = text[: match.start()].rstrip(" \u00a0").lower()
        is_about = before.endswith(tuple(rules.dates.get("about", ())))
        led = any(re.search(rf"\b{re.escape(word)}$", before) for word in rules.dates.get("before_year", ()))
        if led or is_about or before.endswith(("(", ",")):
            yield DateFound(match["year"], match["year"] + ("~" if is_about else ""), False, match.start())


def _relative(text: str, patterns: _Patterns, published: str, rules: Grammar) -> Iterator[DateFound]:
    for match in patterns.relative.finditer(text):
        near = (match["near"] or match["before"] or "").lower()
        if match["weekday"]:
            edtf = None if near in rules.dates["next"] else _weekday(match["weekday"], near, published, rules)
        else:
            edtf = _said(match["said"].lower(), published, rules)
        yield DateFound(match[0], _valid(edtf), True, match.start())


def _around(published: str) -> str | None:
    """Return the month of publication, or only its year, marked as approximate; None if that is not a month or year."""
    when = ImpreciseDate.parse(published)
    if when.precision not in ("year", "month", "day"):
        return None
    core = published.rstrip("?~%")[: 7 if when.precision != "year" else 4]
    return core + ("%" if when.uncertain else "~")


def _day(published: str) -> date | None:
    when = ImpreciseDate.parse(published)
    return when.earliest if when.precision == "day" and not when.approximate and not when.uncertain else None


def _weekday(word: str, near: str, published: str, rules: Grammar) -> str | None:
    """Return the day if the text says that it is the last one, and the day of publication is known."""
    day = _day(published)
    if day is None or not near:
        return _around(published)
    back = (day.weekday() - rules.dates["weekdays"].index(word.lower())) % 7 or 7
    return (day - timedelta(days=back)).isoformat()


def _said(words: str, published: str, rules: Grammar) -> str | None:
    day, when = _day(published), ImpreciseDate.parse(published)
    kind = next(name for name, rows in rules.dates.items() if words in rows)
    if kind in ("today", "yesterday") and day:
        return (day - timedelta(days=kind == "yesterday")).isoformat()
    if when.precision not in ("year", "month", "day"):
        return None
    if kind in ("this_year", "last_year") and not when.uncertain:
        return str(when.earliest.year - (kind == "last_year"))
    if kind == "last_month":
        before = when.earliest.replace(day=1) - timedelta(days=1)
        return f"{before:%Y-%m}" if when.precision != "year" else None
    return _around(published)


def _valid(edtf: str | None) -> str | None:
    """Return a date if it is one that a fact may have: 31 February is not."""
    try:
        return ImpreciseDate.parse(edtf).edtf if edtf else None
    except DateError:
        return None
