"""Tell what loads took: a table and a picture for docs/scaling.md, which the command writes between two marks."""

import re
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.load.driving import LoadRow

HEAD = (
    "| bot | questions a second | p50 ms | p99 ms | CPU ms each | a second on a core | RSS MB |\n"
    "|---|---:|---:|---:|---:|---:|---:|\n"
)
NOTE = (
    "From the event's departure to the reply's arrival, on one machine with the stand-in. CPU is that of the bot's "
    "process with all its threads, journal included, and a core's rate is computed from it. The last row of a bot is "
    "the first rate at which it did not keep up."
)


def load_table(rows: Sequence[LoadRow]) -> str:
    """Return a row for each load of each bot."""
    return HEAD + "\n".join(map(_row, rows))


def _row(row: LoadRow) -> str:
    came_of_it = f", of which {row.rate:.0f} had a reply, and in all {row.refused} were refused"
    rate = f"{row.load.rate:g}{'' if row.is_sustained else came_of_it}"
    latency = f"{row.p50_ms:.1f} | {row.p99_ms:.1f}"
    return f"| {row.bot} | {rate} | {latency} | {row.cpu_ms:.1f} | {row.a_core:.0f} | {row.megabytes:.0f} |"


def targets(rows: Sequence[LoadRow], echo: str, ours: str) -> str:
    """Return how this bot compares with the echo, at the rates that both sustained."""
    by_rate = {row.load.rate: row for row in rows if row.bot == echo}
    own = [row for row in rows if row.bot == ours]
    lines = [
        f"At {row.load.rate:g} a second: p50 {row.p50_ms / other.p50_ms:.1f} times the echo's (to be reached: 2), "
        f"CPU {row.cpu_ms - other.cpu_ms:.1f} ms more (3)."
        for row in own[:2]
        if (other := by_rate.get(row.load.rate))
    ]
    best = max((row.a_core for row in own if row.is_sustained), default=0.0)
    return "\n".join([*lines, f"On a core: {best:.0f} questions a second, by their CPU time (400)."])


def write_between(page: Path, mark: str, text: str) -> None:
    """Replace what a page has between `<!-- mark -->` and `<!-- end of mark -->`; raise ValueError if it lacks them."""
    before, after = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    old = page.read_text("utf-8")
    new, found = re.subn(
        rf"{re.escape(before)}.*{re.escape(after)}", lambda _: f"{before}\n{text}\n{after}", old, flags=re.DOTALL
    )
    if not found:
        raise ValueError(f"{page} has no {before}")
    page.write_text(new, "utf-8")
