"""Dates no more precise than their source, and durations between them."""

import re
from datetime import date
from itertools import product

import pytest
from edtf import Date, Season, Unspecified, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given
from hypothesis import strategies as st

from bot.story.dates import DateError, Duration, ImpreciseDate


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2015", "year", date(2015, 1, 1), date(2015, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-03-04", "day", date(2024, 3, 4), date(2024, 3, 4)),
        ("2024-03~", "month", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-21", "season", date(2024, 3, 1), date(2024, 5, 31)),
        ("2024-22~", "season", date(2024, 6, 1), date(2024, 8, 31)),
        ("2024-23", "season", date(2024, 9, 1), date(2024, 11, 30)),
        ("2023-24", "season", date(2023, 12, 1), date(2024, 2, 29)),
        ("201X", "decade", date(2010, 1, 1), date(2019, 12, 31)),
        ("19XX?", "years", date(1900, 1, 1), date(1999, 12, 31)),
        ("2024-XX", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-XX-XX", "year", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02-XX", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2018/2021", "interval", date(2018, 1, 1), date(2021, 12, 31)),
        ("2018-03-04/2018-21~", "interval", date(2018, 3, 4), date(2018, 5, 31)),
        ("199X/2019-02", "interval", date(1990, 1, 1), date(2019, 2, 28)),
        ("2019/..", "interval", date(2019, 1, 1), date.max),
        ("2019/", "interval", date(2019, 1, 1), date.max),
        ("../2015", "interval", date.min, date(2015, 12, 31)),
        ("/2015", "interval", date.min, date(2015, 12, 31)),
        ("0500", "year", date(500, 1, 1), date(500, 12, 31)),
    ],
)
def test_a_date_spans_what_its_precision_leaves_open(text: str, precision: str, earliest: date, latest: date) -> None:
    parsed = ImpreciseDate.parse(text)
    assert (parsed.precision, parsed.earliest, parsed.latest) == (precision, earliest, latest)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2015", False, False),
        ("2015~", True, False),
        ("2015?", False, True),
        ("2015%", True, True),
        ("2024-21~", True, False),
        ("201X?", False, True),
        ("2018~/2021?", True, True),
        ("../2021?", False, True),
    ],
)
def test_a_mark_says_what_the_source_doubts(text: str, approximate: bool, uncertain: bool) -> None:
    parsed = ImpreciseDate.parse(text)
    assert (parsed.approximate, parsed.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    "text",
    [
        *("", "~", "yesterday", "2024-13", "2024-02-30", "03/2024", "2024-25", "2015~~", "201x", "2015-03-04T10:00:00"),
        *("..", "/", "../..", "../", "2021/2018", "2018/2019/2020", "2018 / 2019", "2018/yesterday"),
        *("XXXX", "0XXX", "2024-XX-03", "9999-24", "-0100", "Y17000"),
    ],
)
def test_anything_else_is_not_a_date(text: str) -> None:
    with pytest.raises(DateError):
        ImpreciseDate.parse(text)


@pytest.mark.parametrize(
    ("base", "offset", "expected"),
    [
        ("2015", "P3Y", "2018"),
        ("2015~", "P1Y", "2016~"),
        ("2023-11", "P1Y2M", "2025-01"),
        ("2024-03-04", "P1M", "2024-04-04"),
        ("2023-24?", "P1Y", "2024-24?"),
        ("201X", "P10Y", "202X"),
        ("19XX", "P100Y", "20XX"),
        ("2024-XX", "P1Y", "2025-XX"),
        ("2024-03-XX", "P10M", "2025-01-XX"),
        ("2018/2021~", "P2Y", "2020/2023~"),
        ("2019-11/..", "P2M", "2020-01/.."),
        ("/2015", "P1Y", "/2016"),
    ],
)
def test_a_shift_keeps_the_precision(base: str, offset: str, expected: str) -> None:
    assert ImpreciseDate.parse(base).shifted(Duration.parse(offset)) == expected


@pytest.mark.parametrize(
    ("text", "duration"), [("P3Y", Duration(3, None)), ("P6M", Duration(None, 6)), ("P1Y6M", Duration(1, 6))]
)
def test_a_duration_is_years_and_months(text: str, duration: Duration) -> None:
    assert Duration.parse(text) == duration


# python-edtf does not read these: it raises other errors for a month such as 0X, and refuses a winter after 9999
UNREAD = re.compile(r"0000.*|0{1,3}X+|[0-9X]{4}-([0-9]X|X[0-9]).*|9999-24")
TOLD_MONTHS = ["", *["01", "12", "13", "00", "20", "21", "24", "25", "41", "XX", "1", "Q1"]]
TOLD_DAYS = ["", *["01", "28", "31", "32", "00", "XX", "0X", "3X", "X1", "1"]]
TOLD = {"2019": TOLD_DAYS} | {year: ["", "01", "32", "XX", "X1"] for year in ("201X", "20X9", "0XXX", "199")}


def _refusal(text: str) -> str | None:
    try:
        ImpreciseDate.parse(text)
    except DateError as error:
        return str(error)
    return None


@pytest.mark.parametrize("year", TOLD)
def test_a_date_is_one_of_the_kinds_that_python_edtf_knows(year: str) -> None:
    for text in {"-".join(filter(None, (year, *rest))) for rest in product(TOLD_MONTHS, TOLD[year])}:
        if UNREAD.fullmatch(text):
            continue
        try:
            known = type(parse_edtf(text)) in {Date, Season, Unspecified}
        except EDTFParseException:
            known = False
        assert (_refusal(text) in {None, f"{text!r} is not a day of the calendar"}) is known


@pytest.mark.parametrize("text", ["2019-0X", "2019-X1-05", "0000-1X", "2018/2019-0X"])
def test_a_month_that_is_half_stated_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        ImpreciseDate.parse(text)


@pytest.mark.parametrize("text", ["", "P", "3 years", "P6M1Y", "P3D", "P1.5Y", "-P1Y", "P3Y "])
def test_anything_else_is_not_a_duration(text: str) -> None:
    with pytest.raises(DateError):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("base", "offset"),
    [("2015", "P2M"), ("2024-01-31", "P1M"), ("2024-21", "P3M"), ("201X", "P3Y"), ("2024-XX", "P1M"), ("9999", "P1Y")],
)
def test_a_shift_that_would_invent_something_is_refused(base: str, offset: str) -> None:
    with pytest.raises(DateError):
        ImpreciseDate.parse(base).shifted(Duration.parse(offset))


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2015", (date(2015, 1, 1), date(2015, 12, 31))),
        ("2018/2021", (date(2018, 1, 1), date(2021, 12, 31))),
        ("2019/..", (date(2019, 1, 1), date(2019, 12, 31))),
        ("../2015-03", (date(2015, 3, 1), date(2015, 3, 31))),
    ],
)
def test_an_end_that_is_not_known_has_the_bounds_of_the_other(text: str, bounds: tuple[date, date]) -> None:
    assert ImpreciseDate.parse(text).bounds == bounds


@pytest.mark.parametrize(
    ("text", "day"),
    [("2015", date(2015, 1, 1)), ("2018/2021-03", date(2021, 3, 1)), ("2019/..", date(2019, 1, 1))],
)
def test_nothing_past_begins_later_than_its_last_part(text: str, day: date) -> None:
    assert ImpreciseDate.parse(text).last_begins == day


@pytest.mark.parametrize(
    ("text", "years"), [("2024-03", {2024}), ("2023-24", {2023, 2024}), ("2018/2020", {2018, 2019, 2020})]
)
def test_a_date_may_lie_in_some_years(text: str, years: set[int]) -> None:
    assert ImpreciseDate.parse(text).years == years


@pytest.mark.parametrize("text", ["2024-21", "201X", "2024-XX", "2024-03-XX", "2018/2021", "2019/.."])
def test_only_a_year_month_or_day_is_plain(text: str) -> None:
    with pytest.raises(DateError, match="year, month or day"):
        ImpreciseDate.plain(text)
    assert ImpreciseDate.plain("2024-03~").precision == "month"


YEARS = st.integers(1000, 2990).map(str)
MARKS = st.sampled_from(["", "?", "~", "%"])
SHAPES = st.one_of(
    YEARS,
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-{:02}-{:02}".format, YEARS, st.integers(1, 12), st.integers(1, 28)),
    st.builds("{}-{}".format, YEARS, st.integers(21, 24)),
    st.builds("{}X".format, st.integers(100, 298)),
    st.builds("{}XX".format, st.integers(10, 28)),
    st.builds("{}-{}".format, YEARS, st.sampled_from(["XX", "XX-XX", "03-XX"])),
)
SINGLE = st.builds("{}{}".format, SHAPES, MARKS)
ENDS = st.one_of(SINGLE, st.sampled_from(["..", ""]))
ANY = st.one_of(SINGLE, st.builds("{}/{}".format, ENDS, ENDS))


@given(SINGLE)
def test_every_date_is_read_and_spans_its_years(text: str) -> None:
    parsed = ImpreciseDate.parse(text)
    assert parsed.edtf == text
    assert parsed.earliest <= parsed.latest
    assert parsed.bounds == (parsed.earliest, parsed.latest)
    assert {parsed.earliest.year, parsed.latest.year} <= parsed.years


@given(SINGLE, SINGLE)
def test_an_interval_spans_its_ends_or_is_the_wrong_way_round(start: str, end: str) -> None:
    first, last = ImpreciseDate.parse(start), ImpreciseDate.parse(end)
    if first.earliest > last.latest:
        with pytest.raises(DateError):
            ImpreciseDate.parse(f"{start}/{end}")
        return
    parsed = ImpreciseDate.parse(f"{start}/{end}")
    assert (parsed.earliest, parsed.latest) == (first.earliest, last.latest)
    assert (parsed.approximate, parsed.uncertain) == (
        first.approximate or last.approximate,
        first.uncertain or last.uncertain,
    )


@given(ANY, st.integers(0, 9))
def test_a_shift_by_centuries_keeps_everything_but_the_year(text: str, centuries: int) -> None:
    try:
        date_of = ImpreciseDate.parse(text)
    except DateError:
        return
    shifted = ImpreciseDate.parse(date_of.shifted(Duration(centuries * 100, None)))
    assert (shifted.precision, shifted.unstated) == (date_of.precision, date_of.unstated)
    assert shifted.bounds[0].year == date_of.bounds[0].year + centuries * 100


@given(st.integers(1000, 2999), st.integers(0, 900))
def test_years_add_up(year: int, more: int) -> None:
    assert ImpreciseDate.parse(str(year)).shifted(Duration(more, None)) == str(year + more)


@given(st.one_of(st.text(max_size=12), st.text(alphabet="0123456789X-/.~?%", max_size=21)))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    try:
        parsed = ImpreciseDate.parse(text)
    except DateError:
        return
    assert parsed.earliest <= parsed.latest
