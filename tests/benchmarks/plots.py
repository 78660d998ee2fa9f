"""Plot the rows of a run for a page 800 pixels wide.

The colours are those of Okabe and Ito, which colour-blind people can distinguish (https://jfly.uni-koeln.de/color/).
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.accuracy import AccuracyRow
from tests.benchmarks.contestants import EVERY, SCALED, Bm25, OnRecord, OnRecordWords, Ratio, SortedRatio
from tests.benchmarks.scaling import ScalingRow

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {
    OnRecord.name: "#000000",
    OnRecordWords.name: "#0072B2",
    SortedRatio.name: "#E69F00",
    Ratio.name: "#D55E00",
    Bm25.name: "#009E73",
}
WIDTH, DPI = 8.0, 200  # inches; twice the pixels of the page, for sharpness
STYLE: dict[Any, Any] = {
    "font.size": 9.5,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.edgecolor": "#BBBBBB",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#E8E8E8",
    "xtick.color": "#BBBBBB",
    "ytick.color": "#BBBBBB",
    "xtick.labelcolor": "#222222",
    "ytick.labelcolor": "#222222",
}
ROOM_FOR_NAMES = 0.8  # of the width of the lines
APART = 0.14  # of the height of a panel, between the centres of two names


def draw_accuracy(rows: Sequence[AccuracyRow], path: Path) -> None:
    """Draw one panel per number of shots, with a dot per method and a ring for its accuracy with typos."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    shots = sorted({row.shots for row in rows}, key=lambda each: each or float("inf"))
    methods = [each.name for each in EVERY if any(row.method == each.name for row in rows)]
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 1.3 + 0.36 * len(methods)), dpi=DPI, layout="constrained")
        panels = figure.subplots(1, len(shots), sharex=True, sharey=True, squeeze=False)[0]
        for panel, each in zip(panels, shots, strict=True):
            panel.set_title("all utterances" if each is None else f"{each} utterances a label")
            for row in rows:
                if row.shots == each:
                    _draw_method(panel, row, methods.index(row.method))
        panels[0].set_yticks(range(len(methods)), methods)
        panels[0].set_ylim(len(methods) - 0.5, -0.5)
        panels[0].set_xlim(0, 1)
        panels[0].set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
        figure.supxlabel(_accuracy_legend(rows), size=9.5)
        figure.savefig(path)


def _draw_method(panel: "Axes", row: AccuracyRow, at: int) -> None:
    colour = COLOURS[row.method]
    shares = [row.accuracy] if row.with_typos is None else sorted([row.with_typos, row.accuracy])
    panel.plot(shares, [at] * len(shares), color=colour, linewidth=1.6)
    if row.with_typos is not None:
        panel.plot(row.with_typos, at, "o", color=colour, markerfacecolor="white", markersize=6.5)
        _write_share(panel, shares[0], at, "left")
    panel.plot(row.accuracy, at, "o", color=colour, markersize=6.5)
    _write_share(panel, shares[-1], at, "right")


def _write_share(panel: "Axes", share: float, at: int, side: str) -> None:
    offset, alignment = (7, "left") if side == "right" else (-7, "right")
    panel.annotate(
        f"{share * 100:.0f}", (share, at), (offset, 0), textcoords="offset points", va="center_baseline", ha=alignment
    )


def _accuracy_legend(rows: Sequence[AccuracyRow]) -> str:
    typos = "     ○ with a typo per 8 letters" if any(row.with_typos is not None for row in rows) else ""
    return f"% of questions given the right label:   ● as they are{typos}"


def draw_scaling(rows: Sequence[ScalingRow], path: Path) -> None:
    """Draw how query time, memory and build time grow with the number of utterances."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 3.5), dpi=DPI, layout="constrained")
        time, memory, build = figure.subplots(1, 3)
        _draw_growth(time, rows, lambda row: row.p95_us / 1000, ":")
        _draw_growth(time, rows, lambda row: row.median_us / 1000)
        _draw_growth(memory, rows, lambda row: row.megabytes)
        _draw_growth(build, rows, lambda row: row.build_seconds)
        time.set_title("Time a question, ms")
        memory.set_title("Memory of the index, MB")
        build.set_title("Time to build it, s")
        figure.supxlabel("utterances     (in the first: — median, ···· 95th percentile)", size=9.5)
        figure.savefig(path)


def _draw_growth(
    panel: "Axes", rows: Sequence[ScalingRow], value: Callable[[ScalingRow], float | None], line: str = "o-"
) -> None:
    """Draw one line per method on logarithmic scales; solid lines have their name at the end."""
    smallest, largest = min(row.size for row in rows), max(row.size for row in rows)
    ticks = [10**power for power in range(1, 10) if smallest <= 10**power <= largest] or [smallest]
    panel.loglog()
    panel.margins(y=0.1)
    panel.minorticks_off()
    panel.set_xlim(smallest / 1.5, largest * max(largest / smallest, 10) ** ROOM_FOR_NAMES)
    panel.set_xticks(ticks, [_shortened(tick) for tick in ticks])
    panel.yaxis.set_major_formatter(lambda number, _: f"{number:,g}")
    ends: dict[str, float] = {}
    for method in [each.name for each in SCALED]:
        points = [(row.size, at) for row in rows if row.method == method and (at := value(row)) is not None and at > 0]
        if points:
            panel.plot(*zip(*points, strict=True), line, color=COLOURS[method], markersize=3.5)
            ends[method] = points[-1][1]
    if line != ":":
        _write_names(panel, ends, largest)


def _write_names(panel: "Axes", ends: dict[str, float], largest: int) -> None:
    """Write each method's name at the end of its line, and move names apart that would overlap."""
    bottom, top = (log(limit) for limit in panel.get_ylim())
    methods = sorted(ends, key=lambda method: ends[method])
    heights = [(log(ends[method]) - bottom) / (top - bottom) for method in methods]
    for lower, upper in pairwise(range(len(heights))):
        if (missing := APART - (heights[upper] - heights[lower])) > 0:
            heights[lower] -= missing / 2
            heights[upper] += missing / 2
    for method, height in zip(methods, heights, strict=True):
        panel.annotate(
            method.replace(" ", "\n", 1),
            (largest, height),
            (7, 0),
            xycoords=panel.get_xaxis_transform(),
            textcoords="offset points",
            color=COLOURS[method],
            va="center",
            linespacing=0.95,
        )


def _shortened(number: int) -> str:
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:g}{letter}"
    return str(number)
