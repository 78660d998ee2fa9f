"""Draw the questions per day as stacked bars, one colour for each outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.answering.reply import JournalledOutcome
from bot.answering.statistics import UsageReport
from bot.answering.telling.usage import short_day
from bot.surface.platform.drawing import (
    BACKGROUND,
    BLUE,
    GREY,
    MARGIN,
    MUTED,
    ORANGE,
    RULE,
    TEXT,
    TITLE,
    WIDTH,
    Style,
    blank,
    wrapped,
)

HEIGHT = 280
LEFT, RIGHT, BOTTOM, TOP = 44, MARGIN, 34, 80  # from the edges to the bars
COLOURS: dict[JournalledOutcome, str] = {"answer": BLUE, "suggest": ORANGE, "abstain": GREY, "unanswered": RULE}
LABEL = Style(11, TEXT)
TICK = Style(11, MUTED)
BAR_WIDTH = 0.85  # of a day
MAX_DAY_LABELS = 6


@dataclass(frozen=True)
class UsageLabels:
    """The texts of the picture, in the editor's language."""

    title: str
    outcomes: Mapping[JournalledOutcome, str]
    locale: str


def usage_png(report: UsageReport, labels: UsageLabels) -> bytes:
    """Draw a report as a PNG; thread-safe."""
    png = BytesIO()
    draw(report, labels).savefig(png, format="png", metadata={"Software": None})
    return png.getvalue()


def draw(report: UsageReport, labels: UsageLabels) -> Figure:
    """Draw every day of the period, also those without a question."""
    figure = blank()
    figure.set_size_inches(WIDTH / 72, HEIGHT / 72)
    box = (LEFT / WIDTH, BOTTOM / HEIGHT, (WIDTH - LEFT - RIGHT) / WIDTH, (HEIGHT - BOTTOM - TOP) / HEIGHT)
    axes = figure.add_axes(box, facecolor=BACKGROUND)
    _bars(axes, report, labels)
    _scales(axes, report, labels.locale)
    title = wrapped(labels.title, TITLE, WIDTH - 2 * MARGIN)[0]
    figure.text(MARGIN / WIDTH, 1 - 32 / HEIGHT, title, font=TITLE.font, color=TEXT, parse_math=False)
    corner = (MARGIN / WIDTH, 1 - 38 / HEIGHT)
    columns = len(axes.containers) if len(axes.containers) < len(COLOURS) else 2  # all are too wide for one row
    key = figure.legend(
        loc="upper left", bbox_to_anchor=corner, ncols=columns, frameon=False, prop=LABEL.font, borderpad=0.3
    )
    for text in key.get_texts():
        text.set_color(TEXT)
    return figure


def _bars(axes: Axes, report: UsageReport, labels: UsageLabels) -> None:
    days = list(report.period.days)
    tops = [0] * len(days)
    for outcome, colour in COLOURS.items():
        heights = [report.tally.days.get((day, outcome), 0) for day in days]
        if outcome == "unanswered" and not any(heights):  # as in most periods
            continue
        axes.bar(range(len(days)), heights, BAR_WIDTH, bottom=tops, color=colour, label=labels.outcomes[outcome])
        tops = [top + height for top, height in zip(tops, heights, strict=True)]
    axes.set_xlim(-0.5, len(days) - 0.5)
    axes.set_ylim(0, max(1, *tops) * 1.05)


def _scales(axes: Axes, report: UsageReport, locale: str) -> None:
    days = list(report.period.days)
    step = ceil(len(days) / MAX_DAY_LABELS)
    axes.set_xticks(range(0, len(days), step), [short_day(day, locale) for day in days[::step]])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.grid(axis="y", color=RULE, linewidth=0.75)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, pad=6)
    for side in axes.spines.values():
        side.set_visible(False)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(TICK.font)
        label.set_color(TICK.colour)
