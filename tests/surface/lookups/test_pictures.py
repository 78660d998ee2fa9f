"""The timeline picture: no date is more precise than its source, and all text is legible."""

import asyncio
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bot.answering.head import AsOf, Head
from bot.answering.timeline import Timeline, TimelineRow
from bot.story.dates import ImpreciseDate
from bot.surface.lookups import pictures
from bot.surface.lookups.pictures import NAME, Span, TimelineKey, draw, spans, timeline_png
from bot.surface.platform.drawing import MARGIN, SHARPNESS, wrapped

WORDS = TimelineKey(exact="Plein : dans la période.", approximate="Tirets : à peu près.", open="Points : sans borne.")
LONG = "La Commission européenne ouvre une enquête approfondie sur les investissements croisés, et demande : « qui ? »"
SIX = {
    "La création de l'École": "1998",
    LONG: "2003-07~",
    "Un jour, pour $10 ou $20_x": "2009-02-28",
    "Vers ce jour-là": "2011-05-06~",
    "Un mois dit autrement": "2024-02",
    "À la toute fin": "2024-12~",
}
OPEN = {"Depuis toujours": "../2015", "De là à là": "2016/2018", "Depuis": "2019-05~/.."}


def timeline(dates: dict[str, str], title: str = "L'histoire d'un pont") -> Timeline:
    rows = []
    for name, edtf in dates.items():
        day = ImpreciseDate.parse(edtf)
        words = f"« il y a {len(name)} jours », selon l'article"
        rows.append(TimelineRow(name, name, words, day.earliest, day.latest, day.bounds, day.approximate, ()))
    return Timeline(Head("bridge", title, "1", "fr", AsOf("2024")), tuple(rows))


def many(count: int) -> Timeline:
    marks = ("", "~", "-03", "-03~", "-03-17", "-03-17~")
    names = (f"{number} {LONG if number % 10 == 4 else 'Un événement'}" for number in range(count))
    return timeline({name: f"{1950 + number * 2}{marks[number % 6]}" for number, name in enumerate(names)})


def size_of(png: bytes) -> tuple[int, int]:
    """Return a PNG's size from its first chunk (https://www.w3.org/TR/png-3/#11IHDR)."""
    assert png[:16] == b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def written(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def bars(axes: Axes) -> list[Rectangle]:
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


@pytest.mark.parametrize(
    ("edtf", "first", "beyond", "dashed", "is_point"),
    [
        ("2015", date(2015, 1, 1), date(2016, 1, 1), False, False),
        ("2016~", date(2016, 1, 1), date(2017, 1, 1), True, False),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1), False, False),
        ("2024-12~", date(2024, 12, 1), date(2025, 1, 1), True, False),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1), False, True),
        ("2024-02-29~", date(2024, 2, 29), date(2024, 3, 1), True, False),
        ("1871-03-18", date(1871, 3, 18), date(1871, 3, 19), False, True),
        ("2024-24", date(2024, 12, 1), date(2025, 3, 1), False, False),
        ("201X", date(2010, 1, 1), date(2020, 1, 1), False, False),
        ("2018-03/2021", date(2018, 3, 1), date(2022, 1, 1), False, False),
        ("2018/2021~", date(2018, 1, 1), date(2022, 1, 1), True, False),
    ],
)
def test_a_date_is_the_span_that_its_source_allows(
    edtf: str, first: date, beyond: date, dashed: bool, is_point: bool
) -> None:
    shown, number = timeline({"La fermeture": edtf}), cast("Any", date2num)
    words = shown.rows[0].when_text
    assert spans(shown) == [Span("La fermeture", words, number(first), number(beyond), dashed, is_point)]


@pytest.mark.parametrize(
    ("edtf", "first", "beyond", "before", "after"),
    [
        ("2019/..", date(2019, 1, 1), date(2020, 1, 1), False, True),
        ("2019-05-06/", date(2019, 5, 6), date(2019, 5, 7), False, True),
        ("../2015", date(2015, 1, 1), date(2016, 1, 1), True, False),
    ],
)
def test_an_end_that_is_not_known_is_open(edtf: str, first: date, beyond: date, before: bool, after: bool) -> None:
    (span,), number = spans(timeline({"La fermeture": edtf})), cast("Any", date2num)
    assert (span.start, span.end, span.is_point) == (number(first), number(beyond), False)
    assert (span.is_open_before, span.is_open_after) == (before, after)


def test_dots_go_on_from_an_open_bar_to_the_end_of_the_axis() -> None:
    shown = timeline({"a": "../2015", "b": "2018", "c": "2019/.."})
    axes = draw(shown, WORDS).axes[1]
    until, _, since = spans(shown)
    left, right = axes.get_xlim()
    dots = [tuple(map(float, np.asarray(line.get_xdata()))) for line in axes.lines if line.get_linestyle() == ":"]
    assert [(before < left, after > right) for before, after in dots] == [(True, False), (False, True)]
    assert (dots[0][1], dots[1][0]) == (until.start, since.end)


def test_the_oldest_is_first_and_events_of_one_date_keep_their_order() -> None:
    dates = {"last": "2024-03", "middle": "2018", "also middle": "2018-01", "first": "2015~"}
    assert [span.label for span in spans(timeline(dates))] == ["first", "middle", "also middle", "last"]


def test_a_bar_is_as_wide_as_its_span_and_only_a_known_day_is_a_point() -> None:
    shown = timeline({"a": "2015", "b": "2018~", "c": "2019-05-06", "d": "2024"})
    axes = draw(shown, WORDS).axes[1]
    first, about, day, last = spans(shown)
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars(axes)] == [
        (span.start, span.end) for span in (first, about, last)
    ]
    points = [line.get_xdata() for line in axes.lines if line.get_marker() == "o"]
    assert points == [[(day.start + day.end) / 2]]
    assert axes.get_xlim() == (first.start, last.end)


def test_the_oldest_is_at_the_top() -> None:
    axes = draw(timeline({"a": "2015", "b": "2018", "c": "2018~"}), WORDS).axes[1]
    heights = [bar.get_window_extent().y0 for bar in bars(axes)]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize("edtf", ["2000-03", "2000-03~", "2000-03-17~"])
def test_a_short_span_is_still_seen_among_decades(edtf: str) -> None:
    shown = timeline({"a": "1950", "b": edtf, "c": "2024"})
    axes = draw(shown, WORDS).axes[1]
    bar, span = bars(axes)[1], spans(shown)[1]
    assert bar.get_window_extent().width == pytest.approx(pictures.MIN_BAR_WIDTH * SHARPNESS)
    assert bar.get_x() + bar.get_width() / 2 == pytest.approx((span.start + span.end) / 2)


def test_an_approximate_bar_is_hollow_and_goes_on_in_dashes_at_both_ends() -> None:
    shown = timeline({"a": "2015", "b": "2018~"})
    axes = draw(shown, WORDS).axes[1]
    solid, hollow = bars(axes)
    assert solid.get_facecolor() != hollow.get_facecolor()
    span = spans(shown)[1]
    before, after = (tuple(map(float, np.asarray(line.get_xdata()))) for line in axes.lines if line.is_dashed())
    assert before[0] < before[1] == span.start
    assert after[0] > after[1] == span.end


@pytest.mark.parametrize(
    "shown", [many(1), timeline(SIX), timeline(OPEN), many(40)], ids=["one", "six", "open", "forty"]
)
def test_every_text_is_inside_the_picture_and_touches_no_other_nor_a_bar(shown: Timeline) -> None:
    figure = draw(shown, TimelineKey(LONG, LONG, LONG))
    boxes = [text.get_window_extent() for axes in figure.axes for text in axes.texts]
    width, height = figure.get_size_inches() * figure.dpi
    edge = MARGIN * SHARPNESS
    assert all(edge - 1 <= box.x0 and box.x1 <= width - edge + 1 and box.y0 > 0 and box.y1 < height for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    drawn = [bar.get_window_extent() for axes in figure.axes for bar in bars(axes)]
    assert not [box for box in boxes for bar in drawn if box.overlaps(bar)]


def test_what_is_drawn_stays_in_its_strip_at_both_ends_of_time() -> None:
    figure = draw(
        timeline({"a": "1950-01~", "b": "2024-12~", "c": "2024-12-31", "d": "../1950", "e": "2024/.."}), WORDS
    )
    page, time = figure.axes
    strips = [bar.get_window_extent() for bar in bars(page)]
    left, right = min(box.x0 for box in strips), max(box.x1 for box in strips)
    for line in time.lines:
        box = line.get_window_extent()
        assert left - 1 <= box.x0
        assert box.x1 <= right + 1


def test_no_word_is_lost() -> None:
    shown = timeline(SIX, title=LONG)
    words = TimelineKey(exact=f"Plein : {LONG}", approximate=f"Tirets : {LONG}", open=LONG)
    text = " ".join(" ".join(written(draw(shown, words))).split())
    for wanted in (shown.title, words.exact, words.approximate, *SIX, *(row.when_text for row in shown.rows)):
        assert " ".join(wanted.split()) in text


@pytest.mark.parametrize(
    ("edtf", "told", "untold"),
    [
        ("2015", WORDS.exact, WORDS.approximate),
        ("2015~", WORDS.approximate, WORDS.exact),
        ("2015/..", WORDS.open, WORDS.approximate),
        ("2015/2018", WORDS.exact, WORDS.open),
    ],
)
def test_only_the_bars_that_are_there_are_explained(edtf: str, told: str, untold: str) -> None:
    text = " ".join(" ".join(written(draw(timeline({"a": edtf}), WORDS))).split())
    assert told in text
    assert untold not in text


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2015", "2024", [str(year) for year in range(2015, 2025)]),
        ("2019-02", "2019-03", ["2019"]),
        ("1998", "2024", ["2000", "2005", "2010", "2015", "2020"]),
        ("1066", "1998", ["1100", "1200", "1300", "1400", "1500", "1600", "1700", "1800", "1900"]),
    ],
)
def test_the_years_are_told_as_far_as_there_is_room(first: str, last: str, years: list[str]) -> None:
    axes = draw(timeline({"a": first, "b": last}), WORDS).axes[1]
    assert [text.get_text() for text in axes.texts] == years


def test_a_name_with_dollars_is_no_formula() -> None:
    page = draw(timeline({"De $10 à $20": "2015"}), WORDS).axes[0]
    assert not any(text.get_parse_math() for text in page.texts)


def test_a_tall_picture_tells_the_years_above_too() -> None:
    dates = {f"event {number}": "2015" for number in range(pictures.MAX_ROWS_WITH_ONE_AXIS)}
    assert written(draw(timeline(dates), WORDS)).count("2015") == 1
    assert written(draw(timeline({**dates, "one more": "2015"}), WORDS)).count("2015") == 2


@pytest.mark.parametrize(("last", "rules"), [("2019-06", 13), ("2020-06", 25), ("2028", 11)])
def test_the_months_of_a_few_years_are_ruled(last: str, rules: int) -> None:
    axes = draw(timeline({"a": "2019", "b": last}), WORDS).axes[1]
    ruled = [lines for lines in axes.collections if isinstance(lines, LineCollection)]
    assert sum(len(lines.get_segments()) for lines in ruled) == rules * 2  # rows


@pytest.mark.parametrize(("count", "height"), [(1, 150), (6, 500), (40, 2500)])
def test_the_picture_suits_discord(count: int, height: int) -> None:
    width, high = size_of(timeline_png(many(count), WORDS) or b"")
    assert width == 1000
    assert height < high < 3 * height


async def test_it_draws_the_same_bytes_in_threads() -> None:
    shown = many(1)
    drawn = [timeline_png(shown, WORDS)]
    drawn += await asyncio.gather(*(asyncio.to_thread(timeline_png, shown, WORDS) for _ in range(2)))
    assert len(set(drawn)) == 1
    assert b"matplotlib" not in (drawn[0] or b"")


def test_it_keeps_nothing_of_pyplot() -> None:
    assert "pyplot" not in Path(pictures.__file__).read_text("utf-8")


@pytest.mark.parametrize("name", ["Le départ de 佐藤一郎", "La fusée 🚀 décolle", "1️⃣ premier", "नमस्ते", "ไทย"])
def test_a_letter_that_the_fonts_lack_is_never_drawn_as_a_box(name: str) -> None:
    assert timeline_png(timeline({name: "2024"}), WORDS) is None
    assert timeline_png(timeline({"a": "2024"}, title=name), WORDS) is None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "name", ["Đinđić, Łódź, ﬁn", "Ώρα, Україна", "محكمة", "בית משפט", "ça : 50 % « à » …", "30 m²"]
)
def test_letters_that_the_fonts_have_are_drawn(name: str) -> None:
    assert timeline_png(timeline({name: "2024"}), WORDS)


def test_a_timeline_without_a_date_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="no event of bridge has a date"):
        timeline_png(timeline({}), WORDS)


@settings(max_examples=10)
@given(st.text(alphabet="aÉgW« ?\n", max_size=60), st.integers(60, 200))
def test_a_wrapped_text_fits_and_is_whole(text: str, room: int) -> None:
    lines = wrapped(text, NAME, room)
    assert all(NAME.width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_word_is_broken_only_where_it_is_wider_than_a_line() -> None:
    assert wrapped("un pont fermé", NAME, 60) == ["un pont", "fermé"]
    assert wrapped("le pontpontpont est fermé", NAME, 60) == ["le", "pontpont", "pont est", "fermé"]
    assert wrapped("est-il « fermé » ?", NAME, 80) == ["est-il", "«\u00a0fermé\u00a0»\u202f?"]
