"""The desk's pages and their addresses."""

from collections.abc import Awaitable, Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot import JournalUnreachableError
from bot.answering.telling.dates import day_text
from bot.desk.acting import confirm, trial_page
from bot.desk.article import article_page
from bot.desk.desk import Desk, Form, RefusedPage
from bot.desk.drafting import draft_page
from bot.desk.facts import facts_page
from bot.desk.gaps import gap_page, gaps_page
from bot.desk.publishing import publish, publish_page
from bot.desk.reports import reports_page, settle
from bot.desk.trying import try_page
from bot.desk.versions import versions_page
from bot.surface.platform.typography import unbroken

Page = dict[str, Any] | RefusedPage  # the values for a template
PageFunction = Callable[[Desk, Request, str], Awaitable[Page]]
Action = Callable[[Desk, Form, str], Awaitable[str | RefusedPage]]  # returns the address to show next
PAGES: dict[str, PageFunction] = {  # by name: the address, the template and the word in the menu
    "gaps": gaps_page,
    "reports": reports_page,
    "try": try_page,
    "article": article_page,
    "facts": facts_page,
    "versions": versions_page,
}
STEPS: dict[str, tuple[str, PageFunction]] = {  # pages that are reached from one in the menu, with its name
    "gap": ("gaps", gap_page),
    "draft": ("gaps", draft_page),
    "trial": ("gaps", trial_page),
    "publish": ("versions", publish_page),
}
UNAVAILABLE = 503  # the status while the database cannot be reached
CONFLICT = 409  # the status of a page that says why something was refused
STATIC = Path(__file__).parent / "static"


def site(desk: Desk) -> Starlette:
    """Return the desk as an application; every address is relative to where it is mounted."""
    templates = Environment(
        loader=PackageLoader("bot.desk"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    routes = [
        Route("/", partial(_home, desk)),
        Route("/state", partial(_state, desk)),
        Mount("/static", StaticFiles(directory=STATIC)),
        *(Route(f"/{name}", partial(_show, desk, templates, name, show)) for name, show in PAGES.items()),
        *(Route(f"/{name}", partial(_show, desk, templates, name, show)) for name, (_, show) in STEPS.items()),
        *(Route(f"/{name}", partial(_act, desk, templates, name), methods=["POST"]) for name in ACTIONS),
    ]
    return Starlette(routes=routes)


async def _home(_desk: Desk, _request: Request) -> Response:
    return RedirectResponse(next(iter(PAGES)))


async def _show(desk: Desk, templates: Environment, name: str, show: PageFunction, request: Request) -> Response:
    """Show a page in the reader's language."""
    locale = desk.locale_of(request)
    state = await _fingerprint(desk, name)  # first: what comes while the page is made shows it anew
    try:
        page = await show(desk, request, locale)
    except JournalUnreachableError:
        return await _unreachable(desk, templates, name, locale)
    return await _rendered(desk, templates, name, page, locale, state=state)


async def _unreachable(desk: Desk, templates: Environment, name: str, locale: str) -> Response:
    """Say that the database cannot be reached; it has told the log."""
    page = RefusedPage(desk.catalogue.text(locale, "desk.unreachable"), _menu_name(name))
    return await _rendered(desk, templates, name, page, locale, UNAVAILABLE)


async def _rendered(
    desk: Desk,
    templates: Environment,
    name: str,
    page: Page,
    locale: str,
    refused: int = CONFLICT,
    *,
    state: str | None = None,
) -> Response:
    is_refused = isinstance(page, RefusedPage)
    values = {"refusal": page} if isinstance(page, RefusedPage) else page
    common = {
        "name": name,
        "pages": tuple(PAGES),
        "current": _menu_name(name),
        "locale": locale,
        "t": _unbroken(partial(desk.catalogue.text, locale)),
        "n": _unbroken(partial(desk.catalogue.count, locale)),
        "loaded": desk.library.latest,
        "state": state or await _fingerprint(desk, name),
        "day": partial(day_text, locale=locale),
    }
    template = templates.get_template("refused.html" if is_refused else f"{name}.html")
    return HTMLResponse(template.render(common | values), refused if is_refused else 200)


def _menu_name(name: str) -> str:
    """Return the page in the menu that a page belongs to."""
    return STEPS[name][0] if name in STEPS else name


def _unbroken(say: Callable[..., str]) -> Callable[..., str]:
    return lambda *key, **values: unbroken(say(*key, **values))


async def _act(desk: Desk, templates: Environment, name: str, request: Request) -> Response:
    """Do what a form asks for, then show a page that says so; reloading that page does not do it twice."""
    locale = desk.locale_of(request)
    async with request.form() as form:
        fields = {key: str(value) for key, value in form.items()}
    try:
        result = await ACTIONS[name](desk, fields, locale)
    except JournalUnreachableError:
        return await _unreachable(desk, templates, name, locale)
    if isinstance(result, RefusedPage):
        return await _rendered(desk, templates, name, result, locale)
    return RedirectResponse(result, 303)


ACTIONS: dict[str, Action] = {"reports": settle, "trial": confirm, "publish": publish}


async def _state(desk: Desk, request: Request) -> Response:
    """Return a value that changes when the page would show something else."""
    return JSONResponse(await _fingerprint(desk, request.query_params.get("page", "")))


async def _fingerprint(desk: Desk, page: str) -> str:
    """Return what a page depends on; only the page of the last question depends on what readers ask."""
    versions = [edition.version for edition in desk.library.current.editions]
    try:
        last: list[object] = [*await desk.question_log.recent(1)] if page == "try" else []
    except JournalUnreachableError as error:
        last = [type(error)]  # so that the page is shown again when the database is back
    return sha256(repr((versions, desk.library.latest.problems, last)).encode()).hexdigest()[:16]
