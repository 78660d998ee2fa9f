"""Write the table and the picture of `growth` into docs/scaling.md."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.growth import FACTS_PER_STORY, GrowthRow
from tests.benchmarks.plots import STYLE
from tests.benchmarks.tables import made_with

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAGE, PICTURE = "scaling.md", "growth.svg"
START, END = "<!-- written by make bench-growth -->", "<!-- end of what it writes -->"
TARGET_MS = 10
RANKED_BY = {False: "words", True: "words and meaning"}
COLOURS = {False: "#0072B2", True: "#000000"}
HEADING = (
    "| stories | facts in each | ranked by | median, ms | 95th percentile, ms | loading, s | peak memory, MB |",
    "|---:|---:|---|---:|---:|---:|---:|",
)


def growth_table(rows: Sequence[GrowthRow]) -> str:
    """Return the rows as a table."""
    return "\n".join([*HEADING, *map(_line, rows)])


def _line(row: GrowthRow) -> str:
    case = row.case
    cells = (
        f"{case.stories}",
        f"{case.facts:,}",
        RANKED_BY[case.is_semantic],
        f"{row.median_ms:.1f}",
        f"{row.p95_ms:.1f}",
        f"{row.load_seconds:.1f}",
        f"{row.peak_megabytes:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def measured_on() -> str:
    """Return on what was measured, and how busy it was."""
    load = os.getloadavg()[1] if hasattr(os, "getloadavg") else 0.0
    return (
        "Times are CPU time: a question's is that of the whole assistant without Discord and the journal, loading is "
        "from YAML files with every check. Peak memory is that of the process. The stories are invented.\n"
        f"{made_with().strip()} Five-minute load average {load:.1f} on {os.cpu_count()} cores."
    )


def write_page(rows: Sequence[GrowthRow], folder: Path) -> str:
    """Replace what an earlier run wrote in the page, and draw the picture; return the table."""
    table = growth_table(rows)
    told = f"{START}\n{measured_on()}\n\n{table}\n\n![CPU time of a question by facts and by stories]({PICTURE})\n{END}"
    page = folder / PAGE
    text = page.read_text("utf-8")
    assert START in text, f"{page} has no place for the table"
    page.write_text(re.sub(f"{START}.*{END}", lambda _: told, text, flags=re.DOTALL), "utf-8")
    draw_growth(rows, folder / PICTURE)
    return table


def draw_growth(rows: Sequence[GrowthRow], path: Path) -> None:
    """Draw the CPU time of a question by the facts of one story, and by the number of stories."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE | {"svg.hashsalt": "growth"}):
        figure = Figure(figsize=(8, 3), layout="constrained")
        by_facts, by_stories = figure.subplots(1, 2, sharey=True)
        by_facts.set_xscale("log")
        by_facts.set_title("one story, by its facts")
        by_stories.set_title(f"stories of {FACTS_PER_STORY} facts, by their number")
        for is_semantic in RANKED_BY:
            own = [row for row in rows if row.case.is_semantic is is_semantic]
            _draw(by_facts, [(row.case.facts, row) for row in own if row.case.stories == 1])
            _draw(by_stories, [(row.case.stories, row) for row in own if row.case.facts == FACTS_PER_STORY])
        for panel in (by_facts, by_stories):
            panel.axhline(TARGET_MS, color="#D55E00", linewidth=0.8)
            panel.set_ylim(bottom=0)
        by_facts.legend(frameon=False)
        figure.supylabel("CPU ms a question", size=9.5)
        figure.supxlabel("— median, ···· 95th percentile", size=9.5)
        figure.savefig(path, metadata={"Date": None})


def _draw(panel: "Axes", points: Sequence[tuple[int, GrowthRow]]) -> None:
    if not points:
        return
    sizes, rows = zip(*sorted(points, key=lambda point: point[0]), strict=True)
    is_semantic = rows[0].case.is_semantic
    panel.plot(sizes, [row.p95_ms for row in rows], ":", color=COLOURS[is_semantic])
    medians = [row.median_ms for row in rows]
    panel.plot(sizes, medians, "o-", color=COLOURS[is_semantic], markersize=3.5, label=RANKED_BY[is_semantic])
