"""Draw a timeline as a picture; each date is no more precise than its source."""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bot.answering.timeline import Timeline
from bot.surface.platform.drawing import (
    BLUE,
    MARGIN,
    MUTED,
    ORANGE,
    RULE,
    STRIP,
    TEXT,
    TITLE,
    WIDTH,
    Style,
    blank,
    wrapped,
)
from bot.surface.platform.typography import unbroken

# Lengths are in points.
DROP = 4  # from the baseline to the bottom of the line
GAP = 8  # between a name and its date, and between a bar in the key and its label
LANE = 12  # height of the strip behind a bar
BAR = 8
MIN_BAR_WIDTH = 5  # so that a month is visible on an axis of decades
TAIL = 12  # length of the dashes at both ends of an approximate date
KEY_BAR = 16
EDGE = TAIL + MIN_BAR_WIDTH / 2  # padding of a strip, so that a tail at the end of the time axis fits in it
AXIS_WIDTH = WIDTH - 2 * (MARGIN + EDGE)
ABOVE, BELOW = 3, 10  # space around a strip
MAX_ROWS_WITH_ONE_AXIS = 8  # with more rows, the years are also written above them
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # between labelled years
MIN_YEAR_WIDTH = 36  # of a labelled year
MIN_MONTH_WIDTH = 8  # of a month with a rule

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class TimelineKey:
    """Labels of the kinds of bar, in the reader's language."""

    exact: str
    approximate: str
    open: str


@dataclass(frozen=True)
class Span:
    """An event on the time axis: from the start of its earliest day to the end of its latest, in days.

    An open side has no known day: there the bar ends with the span of the other side.
    """

    label: str
    when: str
    start: float
    end: float
    dashed: bool
    is_point: bool
    is_open_before: bool = False
    is_open_after: bool = False


NAME = Style(13, TEXT)
WHEN = Style(12, MUTED)
YEAR = Style(11, MUTED)
KEY = Style(11, MUTED)


def spans(timeline: Timeline) -> list[Span]:
    """Return the spans to draw, oldest first; only an exact day is a point."""
    return [
        Span(
            label=row.name,
            when=row.when_text,
            start=_day(row.bounds[0]),
            end=_day(row.bounds[1]) + 1,
            dashed=row.approximate,
            is_point=row.earliest == row.latest and not row.approximate,
            is_open_before=row.earliest < row.bounds[0],
            is_open_after=row.latest > row.bounds[1],
        )
        for row in sorted(timeline.rows, key=lambda row: row.bounds[0])
    ]


def timeline_png(timeline: Timeline, key: TimelineKey) -> bytes | None:
    """Draw a timeline as a PNG, or return None if the fonts lack a letter of it; the same one gives the same bytes.

    Thread-safe. Raises ValueError if the timeline has no rows.
    """
    texts = [text for row in timeline.rows for text in (row.name, row.when_text)]
    if not (TITLE.can_draw(timeline.title) and NAME.can_draw("".join(texts))):
        return None
    png = BytesIO()
    draw(timeline, key).savefig(png, format="png", metadata={"Software": None})
    return png.getvalue()


def draw(timeline: Timeline, key: TimelineKey) -> Figure:
    """Draw a timeline: texts in the first axes, bars over time in the second."""
    rows = spans(timeline)
    if not rows:
        raise ValueError(f"no event of {timeline.story} has a date")
    page = _Page(rows)
    page.write(timeline.title, TITLE)
    page.y += GAP
    if len(rows) > MAX_ROWS_WITH_ONE_AXIS:
        page.years()
    for span in rows:
        page.row(span)
    page.years()
    if any(not span.dashed for span in rows):
        page.key(key.exact, dashed=False)
    if any(span.dashed for span in rows):
        page.key(key.approximate, dashed=True)
    if any(span.is_open_before or span.is_open_after for span in rows):
        page.open_key(key.open)
    page.close()
    return page.figure


class _Page:
    """A page written from the top down; its height is cut to its content at the end."""

    def __init__(self, rows: list[Span]) -> None:
        self.y: float = MARGIN
        self.figure = blank()
        self._first = _year(min(span.start for span in rows))
        self._beyond = _year(max(span.end for span in rows) - 1) + 1
        left, right = _start(self._first), _start(self._beyond)
        self._left, self._right = left, right
        self._point = (right - left) / AXIS_WIDTH  # in days
        years = self._beyond - self._first
        fits = (step for step in YEAR_STEPS if AXIS_WIDTH * step >= MIN_YEAR_WIDTH * years)
        self._step = next(fits, YEAR_STEPS[-1])
        self._page = self._axes(0, WIDTH, 0, WIDTH)
        self._time = self._axes(MARGIN + EDGE, AXIS_WIDTH, left, right)

    def _axes(self, at: float, width: float, left: float, right: float) -> Axes:
        axes = self.figure.add_axes((at / WIDTH, 0, width / WIDTH, 1))
        axes.set_axis_off()
        axes.set_xlim(left, right)
        return axes

    def write(self, text: str, style: Style, x: float = MARGIN) -> float:
        """Write a text on as many lines as needed; return where the last one ends."""
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
        """Write an event's name and date, on one line if both fit, and draw its bar below."""
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
            self._time.plot([(span.start + span.end) / 2], [middle], "o", color=BLUE, markersize=BAR, clip_on=False)
        else:
            padding = max(0, MIN_BAR_WIDTH * self._point - (span.end - span.start)) / 2
            start, end, tail = span.start - padding, span.end + padding, TAIL * self._point
            _bar(self._time, start, end, middle, tail, dashed=span.dashed)
            if span.is_open_before:
                _dots(self._time, self._left - tail, start, middle)
            if span.is_open_after:
                _dots(self._time, end, self._right + tail, middle)
        self.y += LANE + BELOW

    def _rules(self) -> None:
        """Draw vertical rules in the strip at the labelled years and, if they fit, at the months."""
        months = 12 * MIN_MONTH_WIDTH * (self._beyond - self._first) <= AXIS_WIDTH
        heights = self.y, self.y + LANE
        if months:
            starts = [_start(year, month) for year in range(self._first, self._beyond) for month in range(2, 13)]
            self._time.vlines(starts, *heights, colors=RULE, linewidth=0.5, zorder=0)
        years = [year for year in range(self._first, self._beyond + 1) if year % self._step == 0]
        self._time.vlines(
            [_start(year) for year in years], *heights, colors=RULE, linewidth=1.5 if months else 0.75, zorder=0
        )

    def years(self) -> None:
        """Write the labelled years, each centred on its span of the axis."""
        self.y += YEAR.step - BELOW / 2
        for year in range(self._first, self._beyond):
            if year % self._step == 0:
                self._line(self._time, (_start(year) + _start(year + 1)) / 2, str(year), YEAR, "center")
        self.y += BELOW

    def key(self, label: str, *, dashed: bool) -> None:
        """Draw a sample bar and its label."""
        start, end = MARGIN + TAIL, MARGIN + TAIL + KEY_BAR
        _bar(self._page, start, end, self.y + KEY.step / 2, TAIL, dashed=dashed)
        self.write(label, KEY, end + TAIL + GAP)
        self.y += ABOVE

    def open_key(self, label: str) -> None:
        """Draw a sample of a bar that goes on, and its label."""
        start, end, middle = MARGIN + TAIL, MARGIN + TAIL + KEY_BAR, self.y + KEY.step / 2
        _bar(self._page, start, start + MIN_BAR_WIDTH, middle, 0, dashed=False)
        _dots(self._page, start + MIN_BAR_WIDTH, end + TAIL, middle)
        self.write(label, KEY, end + TAIL + GAP)
        self.y += ABOVE

    def close(self) -> None:
        """Cut the page below its content."""
        height = ceil(self.y + MARGIN)  # a fraction of a pixel would be transparent
        self.figure.set_size_inches(WIDTH / 72, height / 72)
        for axes in (self._page, self._time):
            axes.set_ylim(height, 0)


def _bar(axes: Axes, start: float, end: float, middle: float, tail: float, *, dashed: bool) -> None:
    """Draw a bar; for an approximate date it is hollow, with dashes at both ends."""
    corner = (start, middle - BAR / 2)
    if not dashed:
        axes.add_patch(Rectangle(corner, end - start, BAR, color=BLUE, linewidth=0, clip_on=False))
        return
    hollow = Rectangle(corner, end - start, BAR, facecolor=STRIP, edgecolor=ORANGE, linewidth=1.5, clip_on=False)
    axes.add_patch(hollow)
    for outer, inner in ((start - tail, start), (end + tail, end)):
        axes.plot([outer, inner], [middle] * 2, linestyle=(0, (1.5, 1)), color=ORANGE, linewidth=2, clip_on=False)


def _dots(axes: Axes, start: float, end: float, middle: float) -> None:
    """Draw the dots of a bar whose start or end is not known, as far as the time axis."""
    axes.plot([start, end], [middle] * 2, linestyle=":", color=TEXT, linewidth=2, clip_on=False)


def _day(day: date) -> float:
    """Return a date as the number of days since EPOCH, as matplotlib does."""
    return float((day - EPOCH).days)


def _year(day: float) -> int:
    return (EPOCH + timedelta(days=day)).year


def _start(year: int, month: int = 1) -> float:
    return _day(date(year, month, 1))
