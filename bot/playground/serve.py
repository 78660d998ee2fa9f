"""Assemble the playground: the real app, a simulated Discord, its page, and the editors' desk."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import simcord
from simcord.preview import Preview

from bot import StartError
from bot.answering.telling.catalogue import catalogue
from bot.app import open_app
from bot.desk.opening import desk_of
from bot.desk.server import LOOPBACK, serve_desk
from bot.playground.simulated import ENGLISH, RunningClock, mentioning, speaking
from bot.playground.world import SERVER_ID, World, ask_first_questions, build_world
from bot.settings import Settings

BOT_NAME = "OnRecord"
LOCALTIME = Path("/etc/localtime")
MAX_PORTS_TRIED = 20  # including the first


class PlaygroundError(StartError):
    """A playground that cannot be started."""


@dataclass(frozen=True)
class Playground:
    """A running playground."""

    preview: Preview
    desk_address: str
    world: World

    @property
    def address(self) -> str:
        """The address of the page; anyone on this machine who has it can talk to the bot."""
        return self.preview.url


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
        env = await stack.enter_async_context(simcord.run(app.client, check_errors=False))
        env.backend.clock = RunningClock()
        env.backend.bot_user.name = BOT_NAME
        stack.enter_context(mentioning(BOT_NAME, env.backend.bot_user.id))
        world = build_world(env, locale, words)
        locales |= world.locales
        await ask_first_questions(world, BOT_NAME, app.library.current.editions[0], locale, words)
        preview = env.preview(
            world.channel,
            viewers=world.viewers,
            layout="channel",
            locale=locales[world.viewers[0].id],
            timezone=_timezone(),
            port=port,
        )
        try:
            desk_address = await stack.enter_async_context(serve_desk(desk_of(app, settings, locale), desk_port))
            await stack.enter_async_context(preview)
        except OSError as error:
            raise PlaygroundError(f"Port {port} cannot be used: {error.strerror}.") from error
        yield Playground(preview, desk_address, world)


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


def _timezone() -> str:
    """Return the machine's time zone, else UTC."""
    _, found, name = str(LOCALTIME.resolve()).partition("/zoneinfo/")
    return name if found else "UTC"
