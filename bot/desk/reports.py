"""The page of the mistakes that readers report, and the form that settles one."""

from typing import Any, get_args

from starlette.requests import Request

from bot.answering.feedback import MAX_NOTE_CHARACTERS, ReportOutcome, Settlement
from bot.answering.reported import facts_as_shown
from bot.answering.telling.reported import shown_line
from bot.desk.desk import Desk, Form

MAX_REPORTS = 200
OUTCOMES: tuple[ReportOutcome, ...] = get_args(ReportOutcome)


async def reports_page(desk: Desk, _request: Request, locale: str) -> dict[str, Any]:
    """Return the unsettled reports, the oldest first, each with the facts as they were shown."""
    reports = await desk.feedback.mistakes(MAX_REPORTS)
    shown = await facts_as_shown(reports, desk.library, desk.history, desk.catalogue, locale)
    lines = {
        number: [(fact.id, shown_line(fact, locale, desk.catalogue)) for fact in sides]
        for number, sides in shown.items()
    }
    return {"reports": reports, "shown": lines, "outcomes": OUTCOMES, "note_length": MAX_NOTE_CHARACTERS}


async def settle(desk: Desk, form: Form, _locale: str) -> str:
    """Settle the report with the number in the form, if it is in the queue, and return the address of the others."""
    number, outcome = form.get("number", ""), form.get("outcome", "other")
    note = " ".join(form.get("note", "").split())[:MAX_NOTE_CHARACTERS]
    if number.isdecimal() and outcome in OUTCOMES:
        settlement = Settlement(desk.clock.now(), outcome, note)
        await desk.feedback.settle(int(number), settlement)
    return "reports"
