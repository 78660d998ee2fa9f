"""Draw a story's dated events as a picture, each no more precisely than its source tells it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from operator import attrgetter
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from bot.answering.values import Timeline
from bot.surface.typography import unbroken

# Lengths are in points: one is a pixel where Discord shows the picture 500 pixels wide.
WIDTH = 500
SHARPNESS = 2  # pixels a point
MARGIN = 16
ROOM = WIDTH - 2 * MARGIN
LEADING = 1.3  # of a font's size; less lets an accent touch the line above
GAP = 8  # between a name and its date, and between a key and its words
LANE = 12  # the strip that a bar lies in
BAR = 8
LEAST = 5  # width of a bar, so that a month is seen among decades
TAIL = 12  # of dashes, beyond both ends of an approximate date
TALL = 8  # rows; where there are more, the years are told above them too
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # years from one label to the next
YEAR_ROOM = 36

# Discord's dark theme; the two colours are Okabe and Ito's (https://jfly.uni-koeln.de/color/), told apart by all.
BACKGROUND = "#2b2d31"
STRIP = "#1e1f22"
RULE = "#4e5058"
TEXT = "#f2f3f5"
MUTED = "#b5bac1"
EXACT = "#56b4e9"
APPROXIMATE = "#e69f00"


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
        """Measure a line."""
        return float(_measure().get_text_width_height_descent(text, self.font, ismath=False)[0])


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
            start=float(date2num(row.earliest)),
            end=float(date2num(row.latest)) + 1,
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
    FigureCanvasAgg(draw(timeline, words)).print_png(png, metadata={"Software": None})
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
        self.figure = Figure(dpi=72 * SHARPNESS, facecolor=BACKGROUND, layout="none")
        self._first = num2date(min(span.start for span in rows)).year
        self._beyond = num2date(max(span.end for span in rows) - 1).year + 1
        left, right = _start_of(self._first), _start_of(self._beyond)
        self._point = (right - left) / ROOM  # in days
        self._page = self._axes(0, WIDTH, 0, WIDTH)
        self._time = self._axes(MARGIN, ROOM, left, right)

    def _axes(self, at: float, width: float, left: float, right: float) -> Axes:
        axes = self.figure.add_axes((at / WIDTH, 0, width / WIDTH, 1))
        axes.set_axis_off()
        axes.set_xlim(left, right)
        return axes

    def write(self, text: str, style: Style, x: float = MARGIN) -> float:
        """Write a text in as many lines as it needs; return where the last one ends."""
        end = x
        for line in wrapped(text, style, WIDTH - MARGIN - x):
            self._line(self._page, x, line, style)
            self.y += style.step
            end = x + style.width(line)
        return end

    def _line(self, axes: Axes, x: float, line: str, style: Style, align: str = "left") -> None:
        axes.text(
            x, self.y + style.size, line, font=style.font, color=style.colour, ha=align, va="baseline", parse_math=False
        )

    def row(self, span: Span) -> None:
        """Write an event's name and date, on one line where both fit, and draw its bar below."""
        end = self.write(span.label, NAME) + GAP
        when = unbroken(span.when)
        if end + WHEN.width(when) <= WIDTH - MARGIN:
            self.y -= NAME.step
            self._line(self._page, end, when, Style(NAME.size, MUTED))
            self.y += NAME.step
        else:
            self.write(span.when, WHEN)
        self.y += 3
        self._page.add_patch(Rectangle((MARGIN, self.y), ROOM, LANE, color=STRIP, linewidth=0))
        rules = [_start_of(year) for year, _ in self._labels()]
        self._time.vlines(rules, self.y, self.y + LANE, colors=RULE, linewidth=0.75)
        middle = self.y + LANE / 2
        if span.is_point:
            self._time.plot([(span.start + span.end) / 2], [middle], "o", color=EXACT, markersize=BAR, clip_on=False)
        else:
            wider = max(0, LEAST * self._point - (span.end - span.start)) / 2
            _bar(self._time, span.start - wider, span.end + wider, middle, TAIL * self._point, dashed=span.dashed)
        self.y += LANE + 12

    def years(self) -> None:
        """Write the years below or above the strips, each in the middle of itself."""
        self.y -= 8
        for year, label in self._labels():
            self._line(self._time, (_start_of(year) + _start_of(year + 1)) / 2, label, YEAR, "center")
        self.y += YEAR.step + 8

    def _labels(self) -> Iterator[tuple[int, str]]:
        years = self._beyond - self._first
        step = next((step for step in STEPS if ROOM * step / years >= YEAR_ROOM), STEPS[-1])
        for year in range(self._first, self._beyond):
            if year % step == 0:
                yield year, str(year)

    def key(self, words: str, *, dashed: bool) -> None:
        """Show a bar and say what it means."""
        width = TAIL * 2 + BAR * 2
        ends = (MARGIN + TAIL, MARGIN + TAIL + BAR * 2) if dashed else (MARGIN, MARGIN + width)
        _bar(self._page, *ends, self.y + KEY.step / 2, TAIL, dashed=dashed)
        self.write(words, KEY, MARGIN + width + GAP)

    def close(self) -> None:
        """Cut the page below what is written."""
        height = self.y + MARGIN
        self.figure.set_size_inches(WIDTH / 72, height / 72)
        for axes in (self._page, self._time):
            axes.set_ylim(height, 0)


def _bar(axes: Axes, start: float, end: float, middle: float, tail: float, *, dashed: bool) -> None:
    """Draw a bar; that of an approximate date is hollow, and goes on in dashes at both ends."""
    place = (start, middle - BAR / 2)
    if not dashed:
        axes.add_patch(Rectangle(place, end - start, BAR, color=EXACT, linewidth=0))
        return
    axes.add_patch(Rectangle(place, end - start, BAR, facecolor=STRIP, edgecolor=APPROXIMATE, linewidth=1.5))
    axes.hlines(
        [middle] * 2, [start - tail, end], [start, end + tail], colors=APPROXIMATE, linewidth=2, linestyles=(0, (1.5, 1))
    )


def wrapped(text: str, style: Style, room: float) -> list[str]:
    """Break a text into lines that fit, at spaces; inside a word only where it is wider than a line."""
    lines = [""]
    for word in re.split(r"[ \t\r\n]+", unbroken(text.strip())):
        grown = f"{lines[-1]} {word}" if lines[-1] else word
        if style.width(grown) <= room:
            lines[-1] = grown
            continue
        lines += [word] if lines[-1] else []
        while style.width(word) > room:
            fits = next(size for size in range(len(word) - 1, 0, -1) if size == 1 or style.width(word[:size]) <= room)
            lines[-1], word = word[:fits], word[fits:]
            lines.append(word)
    return lines


@cache
def _measure() -> RendererAgg:
    return RendererAgg(1, 1, 72)


def _start_of(year: int) -> float:
    return float(date2num(date(year, 1, 1)))
