"""Assemble the playground: the real app, a simulated Discord, its page, and the editors' desk."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

import simcord

from bot import StartError
from bot.answering.telling.catalogue import catalogue
from bot.app import open_app
from bot.desk.opening import desk_of
from bot.desk.server import LOOPBACK, serve_desk, serve_pages
from bot.playground.simulated import ENGLISH, RunningClock, speaking
from bot.playground.site import site
from bot.playground.world import SERVER_ID, World, ask_first_questions, build_world
from bot.settings import Settings

BOT_NAME = "OnRecord"
MAX_PORTS_TRIED = 20  # including the first
PATIENCE = 600.0  # seconds until the page says that an action is not done; simcord's own limit is 5


class PlaygroundError(StartError):
    """A playground that cannot be started."""


@dataclass(frozen=True)
class Playground:
    """A running playground."""

    address: str  # of the page; anyone on this machine who has it can talk to the bot
    desk_address: str
    world: World


@asynccontextmanager
async def open_playground(settings: Settings, port: int, locale: str) -> AsyncIterator[Playground]:
    """Run the bot on a simulated Discord, with pages on this port and the next free one.

    Visitors' questions go into a temporary database, which is deleted at the end. Raises PlaygroundError if the port is
    in use, and the errors of `open_app`.
    """
    desk_port = _desk_port(port)
    words = catalogue()
    locales: dict[int, str] = {}
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        stack.enter_context(speaking(lambda user: locales.get(user, ENGLISH)))
        settings = settings.model_copy(update=_playground_settings(folder))
        app = await stack.enter_async_context(open_app(settings))
        env = await stack.enter_async_context(simcord.run(app.client, check_errors=False, settle_timeout=PATIENCE))
        env.backend.clock = RunningClock()
        env.backend.bot_user.name = BOT_NAME
        edition = app.library.current.editions[0]
        world = build_world(env, locale, edition.story, words)
        locales |= world.locales
        await ask_first_questions(world, f"<@{env.backend.bot_user.id}>", edition, locale, words)
        try:
            desk_address = await stack.enter_async_context(serve_desk(desk_of(app, settings, locale), desk_port))
            address = await stack.enter_async_context(serve_pages(site(world, words, desk_address), port))
        except OSError as error:
            raise PlaygroundError(f"Port {port} cannot be used: {error.strerror}.") from error
        yield Playground(address, desk_address, world)


def _playground_settings(folder: str) -> dict[str, Any]:
    """Return the settings that the playground overrides."""
    return {
        "database_url": f"sqlite+aiosqlite:///{folder}/playground.db",
        "editor_guilds": frozenset({SERVER_ID}),
        "auto_reload": True,
    }


def free_port(first: int) -> int:
    """Return the first free port on loopback, starting at `first`; raise PlaygroundError if there is none."""
    for port in range(first, first + MAX_PORTS_TRIED):
        if _is_free(port):
            return port
    raise PlaygroundError(f"No port from {first} to {first + MAX_PORTS_TRIED - 1} is free.")


def _desk_port(port: int) -> int:
    """Return a free port for the editors' desk; raise PlaygroundError if `port` itself is in use."""
    other = free_port(port + 1)
    if not _is_free(port):
        raise PlaygroundError(f"Port {port} is in use; try --port {other}.")
    return other


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
