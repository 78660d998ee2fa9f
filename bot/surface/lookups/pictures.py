"""Draw a story's dated events as a picture, each no more precisely than its source tells it."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from math import ceil
from operator import attrgetter
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from bot.answering.timeline import Timeline
from bot.surface.platform.typography import unbroken

# Lengths are in points: one is a pixel where Discord shows the picture 500 pixels wide.
WIDTH = 500
SHARPNESS = 2  # pixels a point
MARGIN = 16
LEADING = 1.3  # of a font's size; less lets an accent touch the line above
DROP = 4  # from where letters stand to the foot of their line
GAP = 8  # between a name and its date, and between a key and its words
LANE = 12  # the strip that a bar lies in
BAR = 8
LEAST = 5  # width of a bar, so that a month is seen among decades
TAIL = 12  # of dashes, beyond both ends of an approximate date
KEY_BAR = 16
EDGE = TAIL + LEAST / 2  # of a strip, so that a tail at the end of the time axis stays in it
ROOM = WIDTH - 2 * (MARGIN + EDGE)  # of the time axis
ABOVE, BELOW = 3, 10  # a strip
TALL = 8  # rows; where there are more, the years are told above them too
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # years from one label to the next
YEAR_ROOM = 36
MONTH_ROOM = 8

# Discord's dark theme; the two colours are Okabe and Ito's (https://jfly.uni-koeln.de/color/), told apart by all.
BACKGROUND = "#2b2d31"
STRIP = "#1e1f22"
RULE = "#4e5058"
TEXT = "#f2f3f5"
MUTED = "#b5bac1"
EXACT = "#56b4e9"
APPROXIMATE = "#e69f00"

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class TimelineWords:
    """What the two kinds of bar mean, in the reader's language."""

    exact: str
    approximate: str


@dataclass(frozen=True)
class Span:
    """What is drawn of an event: from where its earliest day starts to where its latest day ends, in days."""

    label: str
    when: str
    start: float
    end: float
    dashed: bool
    is_point: bool


@dataclass(frozen=True)
class Style:
    """How a line of text looks."""

    size: float
    colour: str
    file: str = "DejaVuSans.ttf"  # it comes with matplotlib

    @property
    def font(self) -> FontProperties:
        """The font, from its file: nothing is looked for on the machine."""
        return FontProperties(fname=Path(get_data_path(), "fonts", "ttf", self.file), size=self.size)

    @property
    def step(self) -> float:
        """From one line to the next."""
        return self.size * LEADING

    def width(self, text: str) -> float:
        """Measure a line as it will be drawn, since hinting makes its width depend on the sharpness."""
        line = _blank().text(0, 0, text, font=self.font, parse_math=False)
        return float(line.get_window_extent().width) / SHARPNESS


TITLE = Style(16, TEXT, "DejaVuSans-Bold.ttf")
NAME = Style(13, TEXT)
WHEN = Style(12, MUTED)
YEAR = Style(11, MUTED)
KEY = Style(11, MUTED)


def spans(timeline: Timeline) -> list[Span]:
    """Return what is drawn, oldest first; only a day that is not approximate is a point."""
    return [
        Span(
            label=row.name,
            when=row.when_words,
            start=_day(row.earliest),
            end=_day(row.latest) + 1,
            dashed=row.approximate,
            is_point=row.earliest == row.latest and not row.approximate,
        )
        for row in sorted(timeline.rows, key=attrgetter("earliest"))
    ]


def timeline_png(timeline: Timeline, words: TimelineWords) -> bytes:
    """Draw a timeline as a PNG, the same bytes for the same timeline; raise ValueError where it has no row.

    It may run in a thread.
    """
    png = BytesIO()
    draw(timeline, words).savefig(png, format="png", metadata={"Software": None})
    return png.getvalue()


def draw(timeline: Timeline, words: TimelineWords) -> Figure:
    """Draw a timeline: its texts, and in the second axes its bars over time."""
    rows = spans(timeline)
    if not rows:
        raise ValueError(f"no event of {timeline.story} has a date")
    page = _Page(rows)
    page.write(timeline.title, TITLE)
    page.y += GAP
    if len(rows) > TALL:
        page.years()
    for span in rows:
        page.row(span)
    page.years()
    if any(not span.dashed for span in rows):
        page.key(words.exact, dashed=False)
    if any(span.dashed for span in rows):
        page.key(words.approximate, dashed=True)
    page.close()
    return page.figure


class _Page:
    """A page that is written from the top down, and as high as what is written."""

    def __init__(self, rows: list[Span]) -> None:
        self.y: float = MARGIN
        self.figure = _blank()
        self._first = _year(min(span.start for span in rows))
        self._beyond = _year(max(span.end for span in rows) - 1) + 1
        left, right = _start(self._first), _start(self._beyond)
        self._point = (right - left) / ROOM  # in days
        fits = (step for step in STEPS if ROOM * step >= YEAR_ROOM * (self._beyond - self._first))
        self._step = next(fits, STEPS[-1])
        self._page = self._axes(0, WIDTH, 0, WIDTH)
        self._time = self._axes(MARGIN + EDGE, ROOM, left, right)

    def _axes(self, at: float, width: float, left: float, right: float) -> Axes:
        axes = self.figure.add_axes((at / WIDTH, 0, width / WIDTH, 1))
        axes.set_axis_off()
        axes.set_xlim(left, right)
        return axes

    def write(self, text: str, style: Style, x: float = MARGIN) -> float:
        """Write a text in as many lines as it needs; return where the last one ends."""
        lines = wrapped(text, style, WIDTH - MARGIN - x)
        for line in lines:
            self.y += style.step
            self._line(self._page, x, line, style)
        return x + style.width(lines[-1])

    def _line(self, axes: Axes, x: float, line: str, style: Style, align: str = "left") -> None:
        axes.text(
            x, self.y - DROP, line, font=style.font, color=style.colour, ha=align, va="baseline", parse_math=False
        )

    def row(self, span: Span) -> None:
        """Write an event's name and date, on one line where both fit, and draw its bar below."""
        end = self.write(span.label, NAME) + GAP
        if end + WHEN.width(unbroken(span.when)) <= WIDTH - MARGIN:
            self._line(self._page, end, unbroken(span.when), WHEN)
        else:
            self.write(span.when, WHEN)
        self.y += ABOVE
        self._page.add_patch(Rectangle((MARGIN, self.y), WIDTH - 2 * MARGIN, LANE, color=STRIP, linewidth=0))
        self._rules()
        middle = self.y + LANE / 2
        if span.is_point:
            self._time.plot([(span.start + span.end) / 2], [middle], "o", color=EXACT, markersize=BAR, clip_on=False)
        else:
            wider = max(0, LEAST * self._point - (span.end - span.start)) / 2
            _bar(self._time, span.start - wider, span.end + wider, middle, TAIL * self._point, dashed=span.dashed)
        self.y += LANE + BELOW

    def _rules(self) -> None:
        """Rule the strip where the labelled years start, and where there is room the months."""
        months = 12 * MONTH_ROOM * (self._beyond - self._first) <= ROOM
        place = self.y, self.y + LANE
        if months:
            starts = [_start(year, month) for year in range(self._first, self._beyond) for month in range(2, 13)]
            self._time.vlines(starts, *place, colors=RULE, linewidth=0.5, zorder=0)
        years = [year for year in range(self._first, self._beyond + 1) if year % self._step == 0]
        self._time.vlines(
            [_start(year) for year in years], *place, colors=RULE, linewidth=1.5 if months else 0.75, zorder=0
        )

    def years(self) -> None:
        """Write the years below or above the strips, each in the middle of itself."""
        self.y += YEAR.step - BELOW / 2
        for year in range(self._first, self._beyond):
            if year % self._step == 0:
                self._line(self._time, (_start(year) + _start(year + 1)) / 2, str(year), YEAR, "center")
        self.y += BELOW

    def key(self, words: str, *, dashed: bool) -> None:
        """Show a bar and say what it means."""
        start, end = MARGIN + TAIL, MARGIN + TAIL + KEY_BAR
        _bar(self._page, start, end, self.y + KEY.step / 2, TAIL, dashed=dashed)
        self.write(words, KEY, end + TAIL + GAP)
        self.y += ABOVE

    def close(self) -> None:
        """Cut the page below what is written."""
        height = ceil(self.y + MARGIN)  # a part of a pixel would be seen through
        self.figure.set_size_inches(WIDTH / 72, height / 72)
        for axes in (self._page, self._time):
            axes.set_ylim(height, 0)


def _bar(axes: Axes, start: float, end: float, middle: float, tail: float, *, dashed: bool) -> None:
    """Draw a bar; that of an approximate date is hollow, and goes on in dashes at both ends."""
    place = (start, middle - BAR / 2)
    if not dashed:
        axes.add_patch(Rectangle(place, end - start, BAR, color=EXACT, linewidth=0, clip_on=False))
        return
    hollow = Rectangle(place, end - start, BAR, facecolor=STRIP, edgecolor=APPROXIMATE, linewidth=1.5, clip_on=False)
    axes.add_patch(hollow)
    for outer, inner in ((start - tail, start), (end + tail, end)):
        axes.plot([outer, inner], [middle] * 2, linestyle=(0, (1.5, 1)), color=APPROXIMATE, linewidth=2, clip_on=False)


def wrapped(text: str, style: Style, room: float) -> list[str]:
    """Break a text into lines that fit, at spaces; inside a word only where it is wider than a line."""
    text, lines = re.sub(r"[ \t\r\n]+", " ", unbroken(text.strip())), []
    while style.width(text) > room:
        fits = bisect_right(range(len(text)), room, key=lambda size: style.width(text[:size])) - 1
        end = text.rfind(" ", 0, fits + 1)
        end = fits if end < 0 else end
        lines.append(text[:end])
        text = text[end:].lstrip(" ")
    return [*lines, text]


def _blank() -> Figure:
    figure = Figure(figsize=(1, 1), dpi=72 * SHARPNESS, facecolor=BACKGROUND)
    FigureCanvasAgg(figure)
    return figure


def _day(day: date) -> float:
    """Return a day as the number that matplotlib has for it."""
    return float((day - EPOCH).days)


def _year(day: float) -> int:
    return (EPOCH + timedelta(days=day)).year


def _start(year: int, month: int = 1) -> float:
    return _day(date(year, month, 1))
