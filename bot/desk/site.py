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

from bot.answering.telling.dates import day_text
from bot.desk.article import article_page
from bot.desk.desk import Desk
from bot.desk.facts import facts_page
from bot.desk.gaps import gaps_page
from bot.desk.reports import reports_page, settle
from bot.desk.trying import try_page
from bot.desk.versions import versions_page
from bot.surface.platform.typography import unbroken

PageFunction = Callable[[Desk, Request, str], Awaitable[dict[str, Any]]]
PAGES: dict[str, PageFunction] = {  # by name: the address, the template and the word in the menu
    "gaps": gaps_page,
    "reports": reports_page,
    "try": try_page,
    "article": article_page,
    "facts": facts_page,
    "versions": versions_page,
}
ACTIONS = {"reports": settle}
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
        *(Route(f"/{name}", partial(_show, desk, templates, name)) for name in PAGES),
        *(Route(f"/{name}", partial(_act, desk, name), methods=["POST"]) for name in ACTIONS),
    ]
    return Starlette(routes=routes)


async def _home(_desk: Desk, _request: Request) -> Response:
    return RedirectResponse(next(iter(PAGES)))


async def _show(desk: Desk, templates: Environment, name: str, request: Request) -> Response:
    """Render a page in the reader's language."""
    locale = desk.locale_of(request)
    values = await PAGES[name](desk, request, locale)
    common = {
        "name": name,
        "pages": tuple(PAGES),
        "locale": locale,
        "t": _unbroken(partial(desk.catalogue.text, locale)),
        "n": _unbroken(partial(desk.catalogue.count, locale)),
        "loaded": desk.library.latest,
        "state": await _fingerprint(desk, name),
        "day": partial(day_text, locale=locale),
    }
    return HTMLResponse(templates.get_template(f"{name}.html").render(common | values))


def _unbroken(say: Callable[..., str]) -> Callable[..., str]:
    return lambda *key, **values: unbroken(say(*key, **values))


async def _act(desk: Desk, name: str, request: Request) -> Response:
    """Do what a form asks for, then show the page again; reloading it does not do it twice."""
    async with request.form() as form:
        await ACTIONS[name](desk, {key: str(value) for key, value in form.items()})
    return RedirectResponse(name, 303)


async def _state(desk: Desk, request: Request) -> Response:
    """Return a value that changes when the page would show something else."""
    return JSONResponse(await _fingerprint(desk, request.query_params.get("page", "")))


async def _fingerprint(desk: Desk, page: str) -> str:
    """Return what a page depends on; only the page of the last question depends on what readers ask."""
    versions = [edition.version for edition in desk.library.current.editions]
    last = await desk.reports.recent(1) if page == "try" else []
    return sha256(repr((versions, desk.library.latest.problems, last)).encode()).hexdigest()[:16]
