"""Serve the desk, or other pages of ours, on this machine only, under a secret address."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from secrets import token_urlsafe

import uvicorn
from starlette.applications import Starlette

from bot import StartError
from bot.desk.desk import Desk
from bot.desk.security import ThisMachineOnly
from bot.desk.site import site

LOOPBACK = "127.0.0.1"
SECRET_BYTES = 16


class DeskError(StartError):
    """A desk that cannot be served."""


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: whoever runs the bot decides when it ends."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve_desk(desk: Desk, port: int) -> AsyncIterator[str]:
    """Serve the desk as `serve_pages` does; raise DeskError if the port cannot be used."""
    async with AsyncExitStack() as stack:
        try:
            address = await stack.enter_async_context(serve_pages(site(desk), port))
        except OSError as error:
            raise DeskError(f"Port {port} cannot be used for the desk: {error.strerror}.") from error
        yield address


@asynccontextmanager
async def serve_pages(pages: Starlette, port: int) -> AsyncIterator[str]:
    """Serve pages on loopback (on any free port if `port` is 0) and yield their address, which holds a secret.

    Raises OSError if the port cannot be used.
    """
    with _listening(port) as listener:
        number, secret = listener.getsockname()[1], token_urlsafe(SECRET_BYTES)
        application = ThisMachineOnly(_mounted(pages, secret), {f"{LOOPBACK}:{number}", f"localhost:{number}"})
        config = uvicorn.Config(application, log_level="warning", access_log=False, lifespan="off", server_header=False)
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://{LOOPBACK}:{number}/{secret}/"
        finally:
            server.should_exit = server.force_exit = True
            await serving


def _mounted(pages: Starlette, secret: str) -> Starlette:
    whole = Starlette()
    whole.mount(f"/{secret}", pages)
    return whole


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen()  # at once: a browser may be faster than the server
        yield listener
