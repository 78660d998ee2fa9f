"""Dates no more precise than their source (EDTF, ISO 8601-2 levels 0 and 1), and the durations between them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from edtf import Date, UncertainOrApproximate, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from bot import OnRecordError

Precision = Literal["year", "month", "day"]
_DURATION = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?")


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
    """A year, month or day, and whether the source is sure of it.

    >>> ImpreciseDate.parse("2024-03~").approximate
    True
    """

    edtf: str
    precision: Precision
    earliest: date
    latest: date
    approximate: bool = False
    uncertain: bool = False

    @classmethod
    def parse(cls, text: str) -> "ImpreciseDate":
        """Read a year, month or day, optionally marked `?` (uncertain), `~` (approximate) or `%` (both).

        Raises DateError for anything else. Intervals, seasons and unspecified digits are refused: no fact needs them.
        """
        return _parse(text)

    def shifted(self, offset: Duration) -> str:
        """Return this date plus a duration, as EDTF of the same precision.

        Raises DateError if that would be a guess (a year plus months) or the day does not exist.
        """
        years, months = offset.years or 0, offset.months or 0
        if months and self.precision == "year":
            raise DateError(f"months cannot be added to {self.edtf}, which is only a year")
        total = self.earliest.year * 12 + self.earliest.month - 1 + years * 12 + months
        year, month = divmod(total, 12)
        mark = self.edtf[-1] if self.edtf[-1] in "?~%" else ""
        core = f"{year:04}" if self.precision == "year" else f"{year:04}-{month + 1:02}"
        if self.precision == "day":
            core += f"-{self.earliest.day:02}"
        return ImpreciseDate.parse(core + mark).edtf


@lru_cache(maxsize=512)
def _parse(text: str) -> ImpreciseDate:
    """Parse with python-edtf, and refuse the part of its grammar that facts do not use."""
    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        parsed = None
    plain = parsed.date if isinstance(parsed, UncertainOrApproximate) else parsed
    if type(plain) is not Date:
        raise DateError(f"{text!r} is not an EDTF year, month or day such as 2015, 2024-03 or 2024-03~")
    precision: Precision = "day" if plain.day else "month" if plain.month else "year"
    try:
        earliest, latest = (date(*bound[:3]) for bound in (plain.lower_strict(), plain.upper_strict()))
    except ValueError as error:
        raise DateError(f"{text!r} is not a day of the calendar") from error
    return ImpreciseDate(
        edtf=text,
        precision=precision,
        earliest=earliest,
        latest=latest,
        approximate=text[-1] in "~%",
        uncertain=text[-1] in "?%",
    )
