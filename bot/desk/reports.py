"""The page of the mistakes that readers report, and the form that settles one."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from bot.desk.desk import Desk

MAX_REPORTS = 200


async def reports_page(desk: Desk, _request: Request, _locale: str) -> dict[str, Any]:
    """Return the unsettled reports, the oldest first."""
    return {"reports": await desk.feedback.mistakes(MAX_REPORTS)}


async def settle(desk: Desk, form: Mapping[str, str]) -> None:
    """Settle the report with the number in the form; nothing happens if it is not in the queue."""
    number = form.get("number", "")
    if number.isdecimal():
        await desk.feedback.settle(int(number), desk.clock.now())
