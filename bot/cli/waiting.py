"""A spinner on the terminal while something loads; nothing where nobody looks."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from typing import TypeVar

from bot.cli.common import error_console

LOADING = "Loading the stories"

Opened = TypeVar("Opened")


@contextmanager
def loading() -> Iterator[None]:
    """Show a spinner on the terminal until the end of the block."""
    if not sys.stderr.isatty():
        yield
        return
    spinner = "dots" if error_console.encoding.startswith("utf") else "line"  # which every encoding has
    with error_console.status(LOADING, spinner=spinner):
        yield


@asynccontextmanager
async def opening(resource: AbstractAsyncContextManager[Opened]) -> AsyncIterator[Opened]:
    """Show a spinner while a resource is opened."""
    async with AsyncExitStack() as stack:
        with loading():
            opened = await stack.enter_async_context(resource)
        yield opened
