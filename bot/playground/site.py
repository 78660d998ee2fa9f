"""The playground's page and its addresses."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from simcord.backend.cdn import CDN_BASE
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.answering.telling.catalogue import Catalogue, language_of
from bot.playground.acting import Acted, Acting, form_number
from bot.playground.commands import menu_commands, slash_commands
from bot.playground.showing import PICTURES, Window
from bot.playground.world import Seat, World

STATIC = Path(__file__).parent / "static"
DIRECT = "dm"  # the place that is not the channel, in an address
SCRIPT_WORDS = ("send", "cancel", "yes", "no", "optional", "stopped")  # that the page's script shows


@dataclass(frozen=True)
class Pages:
    """Shows people and their places, and does there what the page asks for."""

    world: World
    catalogue: Catalogue
    acting: Acting
    desk_address: str
    templates: Environment

    async def page(self, request: Request) -> Response:
        """Show the page of a person in a place, in that person's language."""
        seat, say = self._seat(request), self._say(request)
        values = {
            "t": say,
            "language": language_of(seat.locale),
            "seat": seat,
            "channel_name": self.world.channel.name,
            "viewers": self.world.viewers,
            "bot": self.world.env.backend.bot_user.name,
            "desk_address": self.desk_address,
            "words": {word: say(f"playground.{word}") for word in SCRIPT_WORDS},
        }
        return HTMLResponse(self.templates.get_template("page.html").render(values))

    async def messages(self, request: Request) -> Response:
        """Return the messages as HTML, or nothing if the page has shown them."""
        window, other = self._window(request), self._window(request, elsewhere=True).messages()
        elsewhere = str(other[-1].id) if other else ""
        state = f"{window.state()}{elsewhere}"
        if request.query_params.get("seen") == state:
            return Response(status_code=204)
        common = {"t": self._say(request), "menu": menu_commands(self.world.env, window.seat)}
        template = self.templates.get_template("message.html")
        shown = [
            {"id": str(one.id), "html": template.render(common | window.values(one)).strip()}
            for one in window.messages()
        ]
        return JSONResponse({"seen": state, "messages": shown, "elsewhere": elsewhere})

    async def commands(self, request: Request) -> Response:
        """Return the slash commands of a person in a place."""
        return JSONResponse(slash_commands(self.world.env, self._seat(request)))

    async def act(self, request: Request) -> Response:
        """Do what the page asks for, and wait until the bot is done."""
        try:
            done = await self.acting.act(self._seat(request), dict(await request.json()))
        except (KeyError, TypeError, ValueError):
            return Response(status_code=400)
        return JSONResponse({"said": done.said, "form": self._form(done, request), "choices": list(done.choices)})

    async def file(self, request: Request) -> Response:
        """Return a file that was sent; a browser shows nothing but pictures."""
        path = request.path_params["path"]
        content = self.world.env.backend.cdn.get(f"{CDN_BASE}/attachments/{path}")
        if content is None:
            return Response(status_code=404)
        kind = next((one for one in PICTURES if path.endswith(f".{one.partition('/')[2]}")), None)
        headers = {} if kind else {"Content-Disposition": "attachment"}
        return Response(content, media_type=kind or "application/octet-stream", headers=headers)

    def _form(self, done: Acted, request: Request) -> str | None:
        if done.form is None:
            return None
        values = {"t": self._say(request), "form": done.form.modal, "number": form_number(done.form)}
        return self.templates.get_template("form.html").render(values)

    def _seat(self, request: Request, *, elsewhere: bool = False) -> Seat:
        """Return the seat that an address names, or the same person's other one."""
        viewer = request.query_params.get("as")
        is_direct = request.query_params.get("in") == DIRECT
        return self.world.seat(viewer, is_direct=is_direct is not elsewhere)

    def _window(self, request: Request, *, elsewhere: bool = False) -> Window:
        return Window(self.world.env, self._seat(request, elsewhere=elsewhere), self.catalogue)

    def _say(self, request: Request) -> Any:
        return partial(self.catalogue.text, self._seat(request).locale)


def site(world: World, catalogue: Catalogue, desk_address: str) -> Starlette:
    """Return the playground as an application; every address is relative to where it is mounted."""
    templates = Environment(
        loader=PackageLoader("bot.playground"),
        autoescape=True,
        trim_blocks=True,  # what a payload leaves out is empty
    )
    pages = Pages(world, catalogue, Acting(world.env, catalogue), desk_address, templates)
    routes = [
        Route("/", pages.page),
        Route("/messages", pages.messages),
        Route("/commands", pages.commands),
        Route("/act", pages.act, methods=["POST"]),
        Route("/file/{path:path}", pages.file),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Starlette(routes=routes)
