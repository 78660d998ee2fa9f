"""Dates no more precise than their source, and durations between them."""

from datetime import date

import pytest
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
    ],
)
def test_a_date_spans_what_its_precision_leaves_open(text: str, precision: str, earliest: date, latest: date) -> None:
    parsed = ImpreciseDate.parse(text)
    assert (parsed.precision, parsed.earliest, parsed.latest) == (precision, earliest, latest)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("2015", False, False), ("2015~", True, False), ("2015?", False, True), ("2015%", True, True)],
)
def test_a_mark_says_what_the_source_doubts(text: str, approximate: bool, uncertain: bool) -> None:
    parsed = ImpreciseDate.parse(text)
    assert (parsed.approximate, parsed.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13", "2024-02-30", "2015/2019", "201X", "2024-21", "../2024", "03/2024"]
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
    ],
)
def test_a_shift_keeps_the_precision(base: str, offset: str, expected: str) -> None:
    assert ImpreciseDate.parse(base).shifted(Duration.parse(offset)) == expected


@pytest.mark.parametrize(
    ("text", "duration"), [("P3Y", Duration(3, None)), ("P6M", Duration(None, 6)), ("P1Y6M", Duration(1, 6))]
)
def test_a_duration_is_years_and_months(text: str, duration: Duration) -> None:
    assert Duration.parse(text) == duration


@pytest.mark.parametrize("text", ["", "P", "3 years", "P6M1Y", "P3D", "P1.5Y", "-P1Y", "P3Y "])
def test_anything_else_is_not_a_duration(text: str) -> None:
    with pytest.raises(DateError):
        Duration.parse(text)


@pytest.mark.parametrize(("base", "offset"), [("2015", "P2M"), ("2024-01-31", "P1M")])
def test_a_shift_that_would_invent_something_is_refused(base: str, offset: str) -> None:
    with pytest.raises(DateError):
        ImpreciseDate.parse(base).shifted(Duration.parse(offset))


@given(st.integers(1000, 2999), st.integers(0, 900))
def test_years_add_up(year: int, more: int) -> None:
    assert ImpreciseDate.parse(str(year)).shifted(Duration(more, None)) == str(year + more)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    try:
        parsed = ImpreciseDate.parse(text)
    except DateError:
        return
    assert parsed.earliest <= parsed.latest
