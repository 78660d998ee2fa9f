"""The editors' commands on what readers asked: `stats` and `export`."""

import asyncio
import csv
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from bot.answering.statistics import Period, UsageReport, usage_report
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.usage import outcome_labels, usage_sections, usage_title
from bot.answering.usage import ExportedExchange
from bot.app import SystemClock, open_records
from bot.cli.common import run_async, since_or_exit, stories_or_exit
from bot.cli.defaults import ExportFormat
from bot.cli.streams import data_output, json_text
from bot.cli.waiting import opening
from bot.settings import Settings

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # https://owasp.org/www-community/attacks/CSV_Injection
COLUMNS = tuple(field.name for field in fields(ExportedExchange))


def stats(days: int, picture: Path | None, knowledge: Path | None, *, as_json: bool) -> None:
    """Show how many questions were asked, what they got, and which facts nobody asked for."""
    run_async(_stats(stories_or_exit(knowledge=knowledge), days, picture, as_json=as_json))


def export(form: ExportFormat, since: str | None, output: Path | None, knowledge: Path | None) -> None:
    """Export the questions with their answers and votes, without who asked or where."""
    run_async(_export(stories_or_exit(knowledge=knowledge), form, since_or_exit(since), output))


async def _stats(settings: Settings, days: int, picture: Path | None, *, as_json: bool) -> None:
    async with opening(open_records(settings)) as (library, journal):
        report = await usage_report(library.current, journal.usage, Period.until(SystemClock().now(), days))
    if picture:
        await asyncio.to_thread(_write_picture, picture, report)
    if as_json:
        print(json_text(_plain(report)))
        return
    print(usage_title(report, "en", catalogue()))
    for heading, lines in usage_sections(report, "en", catalogue()):
        print("", heading, *(f"  {line}" for line in lines), sep="\n")


def _plain(report: UsageReport) -> dict[str, Any]:
    """Return the report as values ready for JSON."""
    tally, period = report.tally, report.period
    return {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "outcomes": report.outcomes,
        "days": [
            {"day": day.isoformat(), "outcome": outcome, "questions": number}
            for (day, outcome), number in tally.days.items()
        ],
        "helpful": tally.helpful,
        "unhelpful": tally.unhelpful,
        "facts": [{"story": story, "fact": fact, "answers": number} for (story, fact), number in tally.facts.items()],
        "never_asked": [{"story": story, "fact": fact} for story, fact in report.never],
        "locales": tally.locales,
        "slowest": [{"question": question, "elapsed_ms": elapsed} for question, elapsed in tally.slowest],
    }


def _write_picture(path: Path, report: UsageReport) -> None:
    from bot.surface.desk.usage_picture import UsageLabels, usage_png

    labels = UsageLabels(usage_title(report, "en", catalogue()), outcome_labels("en", catalogue()), "en")
    path.write_bytes(usage_png(report, labels))


async def _export(settings: Settings, form: ExportFormat, since: datetime | None, output: Path | None) -> None:
    async with opening(open_records(settings)) as (_library, journal):
        with _opened(output) as file:
            await _writers[form](file, journal.usage.exchanges(since))


def _opened(output: Path | None) -> AbstractContextManager[TextIO]:
    return output.open("w", encoding="utf-8", newline="") if output else nullcontext(data_output())


async def _write_csv(file: TextIO, rows: AsyncIterator[ExportedExchange]) -> None:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    async for row in rows:
        writer.writerow([cell(value) for value in _values(row).values()])


async def _write_jsonl(file: TextIO, rows: AsyncIterator[ExportedExchange]) -> None:
    async for row in rows:
        print(json.dumps(_values(row), ensure_ascii=False), file=file)


_writers: dict[ExportFormat, Callable[[TextIO, AsyncIterator[ExportedExchange]], Any]] = {
    ExportFormat.CSV: _write_csv,
    ExportFormat.JSONL: _write_jsonl,
}


def _values(row: ExportedExchange) -> dict[str, Any]:
    return asdict(row) | {"at": row.at.isoformat(), "facts": list(row.facts)}


def cell(value: Any) -> Any:
    """Return a value for a spreadsheet; a text that it would run as a formula starts with an apostrophe."""
    text = " ".join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA_STARTS) else text
