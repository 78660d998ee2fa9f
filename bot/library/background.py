"""Run a long computation in a thread that does not keep the process from ending."""

import asyncio
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


async def in_background(compute: Callable[[], Result]) -> Result:
    """Run a function that only reads and computes in a daemon thread, and return its result.

    `asyncio.to_thread` would make a process that is told to stop wait until a long story is loaded.
    """
    loop, future = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if future.done():
            return  # the caller was cancelled
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)

    def run() -> None:
        result, error = None, None
        try:
            result = compute()
        except BaseException as raised:  # noqa: BLE001 - it is raised again where the result is awaited
            error = raised
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, error)

    Thread(target=run, name="reading the stories", daemon=True).start()
    found: Result = await future
    return found
