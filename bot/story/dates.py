"""Dates no more precise than their source (EDTF, ISO 8601-2 levels 0 and 1), and the durations between them."""

import calendar
import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from bot import OnRecordError

SeasonName = Literal["spring", "summer", "autumn", "winter"]
Precision = Literal[
    "day",
    "month",
    "season",
    "year",
    "decade",
    "years",  # a century or a millennium
    "interval",
]
Unstated = Literal["month", "day"]  # written as XX
OPEN = ".."
UNKNOWN = ""
_DURATION = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?")
# The dates of EDTF (https://www.loc.gov/standards/datetime/) that facts use: python-edtf takes milliseconds for one.
_DATE = re.compile(
    r"[0-9]{3}X|[0-9]{2}XX|[0-9]XXX"
    r"|[0-9]{4}(-(2[1-4]|XX(-XX)?|(0[1-9]|1[0-2])(-(XX|0[1-9]|[12][0-9]|3[01]))?))?"
)
_SEASONS: tuple[SeasonName, ...] = get_args(SeasonName)
_FIRST_SEASON = 21  # spring; https://www.loc.gov/standards/datetime/


class DateError(OnRecordError, ValueError):
    """A text that is not a date or duration that a fact may have; a ValueError, so that pydantic reports it."""


@dataclass(frozen=True)
class Duration:
    """A number of years and months; None if that unit is not written."""

    years: int | None
    months: int | None

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read an ISO 8601 duration in years and months such as P1Y6M; raise DateError if it is anything else."""
        found = _DURATION.fullmatch(text)
        if not found or not any(found.groups()):
            raise DateError(f"{text!r} is not a duration in years and months such as P3Y or P1Y6M")
        return cls(*(int(number) if number else None for number in found.groups()))


@dataclass(frozen=True)
class ImpreciseDate:
    """A date or an interval, and whether the source is sure of it.

    `earliest` and `latest` are `date.min` and `date.max` where an interval has no known end.

    >>> ImpreciseDate.parse("2024-03~").approximate
    True
    >>> ImpreciseDate.parse("201X").latest
    datetime.date(2019, 12, 31)
    """

    edtf: str
    precision: Precision
    earliest: date
    latest: date
    approximate: bool = False
    uncertain: bool = False
    unstated: Unstated | None = None  # the finest unit that the source leaves open: 2024-XX is in a month of 2024
    ends: tuple["ImpreciseDate | None", "ImpreciseDate | None"] | None = None  # of an interval; None if not known

    @classmethod
    def parse(cls, text: str) -> "ImpreciseDate":
        """Read a date of EDTF level 0 or 1 between the years 1 and 9999; raise DateError for anything else.

        That is a day, month, season, year, decade or century, or an interval between two of them (`..` for an open
        end, nothing for an unknown one), each optionally marked `?` (uncertain), `~` (approximate) or `%` (both).
        """
        return _parse(text)

    @classmethod
    def plain(cls, text: str) -> "ImpreciseDate":
        """Read a year, month or day; raise DateError for anything else."""
        parsed = cls.parse(text)
        if parsed.precision not in {"year", "month", "day"} or parsed.unstated:
            raise DateError(f"{text!r} is not an EDTF year, month or day such as 2015, 2024-03 or 2024-03~")
        return parsed

    @property
    def season(self) -> SeasonName:
        """The season of a date that is one; a winter begins in the year that it is written with."""
        return _SEASONS[int(self._parts[1]) - _FIRST_SEASON]

    @property
    def bounds(self) -> tuple[date, date]:
        """The earliest and latest day; an end that is not known is replaced by the span of the one that is."""
        start, end = self.ends or (self, self)
        known = (start or end or self), (end or start or self)
        return known[0].earliest, known[1].latest

    @property
    def last_begins(self) -> date:
        """The first day on which the last known part of the date may lie: nothing that is past can begin later."""
        start, end = self.ends or (self, self)
        return (end or start or self).earliest

    @property
    def years(self) -> Set[int]:
        """The years in which the date may lie, or over which the interval is known to go on."""
        first, last = self.bounds
        return frozenset(range(first.year, last.year + 1))

    def shifted(self, offset: Duration) -> str:
        """Return this date plus a duration, as EDTF of the same precision.

        Raises DateError if that would be a guess (a year plus months) or the day does not exist.
        """
        if self.ends:
            written = zip(self.ends, self.edtf.split("/"), strict=True)
            return ImpreciseDate.parse("/".join(end.shifted(offset) if end else text for end, text in written)).edtf
        years, months = offset.years or 0, offset.months or 0
        digits, *rest = self._parts
        unit = 10 ** digits.count("X")
        if (months and self.precision not in {"month", "day"}) or years % unit:
            raise DateError(f"that duration cannot be added to {self.edtf}, which is only a {self.precision}")
        total = self.earliest.year * 12 + self.earliest.month - 1 + years * 12 + months
        year, month = divmod(total, 12)
        if self.precision in {"month", "day"}:
            rest[0] = f"{month + 1:02}"
        shown = f"{year:04}"[: -digits.count("X") or None] + "X" * digits.count("X")
        mark = self.edtf[-1] if self.edtf[-1] in "?~%" else ""
        return ImpreciseDate.parse("-".join((shown, *rest)) + mark).edtf

    @property
    def _parts(self) -> list[str]:
        return self.edtf.rstrip("?~%").split("-")


@lru_cache(maxsize=512)
def _parse(text: str) -> ImpreciseDate:
    start, slash, end = text.partition("/")
    return _interval(text, start, end) if slash else _single(text)


def _interval(text: str, start: str, end: str) -> ImpreciseDate:
    first, last = (None if part in {OPEN, UNKNOWN} else _single(part) for part in (start, end))
    if first is None and last is None:
        raise DateError(f"{text!r} is an interval without a date")
    if first and last and first.earliest > last.latest:
        raise DateError(f"{text!r} is an interval that ends before it begins")
    known = [each for each in (first, last) if each]
    return ImpreciseDate(
        edtf=text,
        precision="interval",
        earliest=first.earliest if first else date.min,
        latest=last.latest if last else date.max,
        approximate=any(each.approximate for each in known),
        uncertain=any(each.uncertain for each in known),
        ends=(first, last),
    )


def _single(text: str) -> ImpreciseDate:
    """Read a date that is no interval; spaces at its end do not matter."""
    core = (text[:-1] if text[-1:] in {"?", "~", "%"} else text).rstrip()
    if not _DATE.fullmatch(core):
        raise DateError(
            f"{text!r} is not an EDTF date such as 2015, 2024-03, 2024-03~, 2024-21 (spring), 201X or 2018/2021"
        )
    precision, unstated = _precision(core)
    try:
        earliest, latest = _span(core, precision)
    except ValueError as error:
        raise DateError(f"{text!r} is not a day of the calendar") from error
    return ImpreciseDate(
        edtf=text,
        precision=precision,
        earliest=earliest,
        latest=latest,
        approximate=text[-1] in "~%",
        uncertain=text[-1] in "?%",
        unstated=unstated,
    )


def _precision(core: str) -> tuple[Precision, Unstated | None]:
    """Return how precise an unmarked date is, and what it leaves open: 2024-XX is a year without its month."""
    year, *rest = core.split("-")
    if "X" in year:
        return ("decade" if year.count("X") == 1 else "years"), None
    if not rest:
        return "year", None
    if rest[0] == "XX":
        return "year", "day" if rest[1:] else "month"
    if int(rest[0]) >= _FIRST_SEASON:
        return "season", None
    if rest[1:] == ["XX"]:
        return "month", "day"
    return ("day" if rest[1:] else "month"), None


def _span(core: str, precision: Precision) -> tuple[date, date]:
    """Return the first and last day of an unmarked date; raise ValueError if the calendar has none.

    A season has the three months of meteorology in the northern hemisphere; python-edtf cuts a winter at the year.
    """
    year, *rest = core.split("-")
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    match precision:
        case "day":
            day = date(first, int(rest[0]), int(rest[1]))
            return day, day
        case "month":
            return date(first, int(rest[0]), 1), _end_of_month(first, int(rest[0]))
        case "season":
            month = 3 * (int(rest[0]) - _FIRST_SEASON + 1)
            return date(first, month, 1), _end_of_month(first + (month + 2) // 13, (month + 1) % 12 + 1)
        case _:
            return date(first, 1, 1), date(last, 12, 31)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
