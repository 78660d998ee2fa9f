"""The editors' commands on the gaps: `gaps`."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.answering.gaps import Gap, gaps
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.gaps import gap_lines
from bot.app import open_records
from bot.cli.common import fail, printable, run_async, since_or_exit, stories_or_exit
from bot.cli.streams import json_text
from bot.cli.waiting import opening
from bot.settings import Settings

NO_GAPS = "No question is left without an answer."
NEXT_STEP = "To make a fact answer one of them: onrecord attach GAP FACT (GAP is its first characters here)."


def show_gaps(story: str | None, since: str | None, limit: int, knowledge: Path | None, *, as_json: bool) -> None:
    """List what readers asked in vain, what most readers asked first; nothing is changed."""
    run_async(_gaps(stories_or_exit(knowledge=knowledge), story, since, limit, as_json=as_json))


async def _gaps(settings: Settings, story: str | None, since: str | None, limit: int, *, as_json: bool) -> None:
    start = since_or_exit(since)
    async with opening(open_records(settings)) as (library, journal):
        stories = library.current.by_id
        if story is not None and story not in stories:
            fail(f"--story: {story!r} is not one of {', '.join(stories)}.")
        found = await gaps(library.current, journal.question_log, since=start, story=story, limit=limit)
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
