"""What acting on a gap would change, and the form that confirms it; between the two nothing is stored."""

from textwrap import dedent
from typing import Any, Literal, get_args

from starlette.requests import Request

from bot.answering.attaching import MAX_RECENT_QUESTIONS, Trial
from bot.answering.edits import EditError
from bot.answering.telling.attaching import refusal_line
from bot.desk.desk import Desk, Form, RefusedPage, address
from bot.desk.drafting import draft_fields, read_draft
from bot.desk.gaps import gone, open_gap

Act = Literal["attach", "not_ours", "draft"]


async def trial_page(desk: Desk, request: Request, locale: str) -> dict[str, Any] | RefusedPage:
    """Return what the act in the address would change."""
    form = request.query_params
    trial = await _try(desk, form, locale)
    if isinstance(trial, RefusedPage):
        return trial
    return {
        "trial": trial,
        "gap": trial.gap,
        "act": form["act"],
        "files": [(file.name, _dedented(file.added)) for file in trial.proposal.files],
        "fields": _fields(form),
        "again": address("draft", _fields(form)),
        "is_changed": "changed" in form,
        "is_told_now": desk.bot.is_here and _is_served(desk, trial),
        "texts": desk.fact_texts(locale),
        "recent": MAX_RECENT_QUESTIONS,
    }


async def confirm(desk: Desk, form: Form, locale: str) -> str | RefusedPage:
    """Write what the form confirms, tell whoever waits, and return the address that says so.

    If the act would change something else by now, return the address of what it would change.
    """
    trial = await _try(desk, form, locale)
    if isinstance(trial, RefusedPage):
        return trial
    if trial.token != form.get("token"):
        return address("trial", {**_fields(form), "changed": "1"})
    try:
        waiting = await desk.attaching.confirm(trial)
    except EditError as error:
        return _refusal(desk, error, locale, address("trial", _fields(form)))
    told = (await desk.bot.follow()).get((trial.gap.story, trial.fact or ""), 0)
    files = ",".join(file.name for file in trial.proposal.files)
    done = {"done": form["act"], "files": files, "told": str(told), "waiting": str(max(0, waiting - told))}
    return address("gaps", done)


async def _try(desk: Desk, form: Form, locale: str) -> Trial | RefusedPage:
    found = await open_gap(desk, form)
    if found is None or form.get("act") not in get_args(Act):
        return gone(desk, locale)
    gap, edition = found
    try:
        if form["act"] == "attach":
            return await desk.attaching.attach(gap, form.get("fact", ""))
        if form["act"] == "not_ours":
            return await desk.attaching.not_ours(gap)
        written = await read_draft(desk, form, edition.story, locale)
        return written if isinstance(written, RefusedPage) else await desk.attaching.draft(gap, written)
    except EditError as error:
        return _refusal(desk, error, locale, "gaps")


def _fields(form: Form) -> dict[str, str]:
    """Return what an address has to carry so that the same can be tried again."""
    own = {key: form[key] for key in ("act", "gap", "fact") if form.get(key)}
    return own | draft_fields(form)


def _dedented(lines: tuple[tuple[int, str], ...]) -> list[tuple[int, str]]:
    """Return numbered lines without the spaces that all of them begin with."""
    numbers = [number for number, _ in lines]
    return list(zip(numbers, dedent("\n".join(line for _, line in lines)).split("\n"), strict=False))


def _is_served(desk: Desk, trial: Trial) -> bool:
    """Return whether readers are shown the fact already, so that whoever waits for it is told at once."""
    edition = desk.library.current.by_id.get(trial.gap.story)
    return bool(edition and trial.fact in edition.story.shown_facts)


def _refusal(desk: Desk, error: EditError, locale: str, back: str) -> RefusedPage:
    return RefusedPage(refusal_line(error, locale, desk.catalogue), back)
