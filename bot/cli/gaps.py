"""The editors' commands on the gaps: `gaps`."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.answering.gaps import MAX_GAPS, Gap
from bot.answering.gaps import gaps as find_gaps
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.gaps import gap_lines
from bot.app import open_records
from bot.cli.common import fail, moment_or_exit, printable, run_async, settings_or_exit
from bot.cli.streams import json_text

DEFAULT_GAPS = 20
NO_GAPS = "No question is left without an answer."
NEXT_STEP = "To make a fact answer one of them: onrecord attach GAP FACT (GAP is its first characters here)."


def gaps(
    *,
    story: Annotated[str | None, typer.Option(help="Only this story, by its id.")] = None,
    since: Annotated[str | None, typer.Option(help="Only questions since this date, such as 2024-03.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MAX_GAPS, help="How many at most.")] = DEFAULT_GAPS,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per gap.")] = False,
) -> None:
    """List what readers asked in vain, what most readers asked first; nothing is changed."""
    run_async(_gaps(story, since, limit, as_json=as_json))


async def _gaps(story: str | None, since: str | None, limit: int, *, as_json: bool) -> None:
    start = moment_or_exit("--since", since)
    async with open_records(settings_or_exit()) as (library, journal):
        stories = library.current.by_id
        if story is not None and story not in stories:
            fail(f"--story: {story!r} is not one of {', '.join(stories)}.")
        found = await find_gaps(library.current, journal.reports, since=start, story=story, limit=limit)
    if as_json:
        for gap in found:
            print(json_text(_plain(gap)))
        return
    for gap in found:
        name = f"{gap.id}  " if len(stories) == 1 else f"{gap.id}  {gap.story}  "
        lines = (printable(line) for line in gap_lines(gap, "en", catalogue()))
        print(f"{name}{printable(gap.questions[0])}", *(f"  {line}" for line in lines), "", sep="\n")
    print(NEXT_STEP if found else NO_GAPS)


def _plain(gap: Gap) -> dict[str, Any]:
    """Return a gap as values ready for JSON."""
    return asdict(gap) | {
        "since": gap.since.isoformat(),
        "last": gap.last.isoformat(),
        "picked": [{"fact": fact, "times": times} for fact, times in gap.picked],
    }
