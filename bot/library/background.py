"""Run a long computation in a thread that does not keep the process from ending."""

import asyncio
import ctypes
import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import Lock, Thread
from typing import TypeVar

Result = TypeVar("Result")

SWITCH_SECONDS = 0.001  # after which a computation lets another thread run
OLDEST = 2  # the generation of a full collection
OFTEN = 700, 5, 1  # a full collection looks at some 10,000 new objects then, which takes 10 ms

_pausing = Lock()
_paused = 0  # computations that keep the collector from running
_usual_switch_seconds = sys.getswitchinterval()  # before the first of them began


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from running, then exempt what is in memory from all later collections.

    It looks at each object of a story again and again while more are made, which takes a third of the time of loading,
    and holds up every thread for half a second at a time. The stories have no cycles: they are freed without it.
    """
    global _paused, _usual_switch_seconds
    with _pausing:
        if not _paused:
            _usual_switch_seconds = sys.getswitchinterval()
        _paused += 1
        gc.disable()
        sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        with _pausing:
            _paused -= 1
            if not _paused:
                gc.freeze()
                gc.enable()
                _trimming()(0)
                sys.setswitchinterval(_usual_switch_seconds)


@cache
def _trimming() -> Callable[[int], int]:
    """Return glibc's `malloc_trim`, which gives freed memory back; elsewhere a function that does nothing."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library, or Windows
        return lambda _: 0
    return trim


@contextmanager
def collections_brief() -> Iterator[None]:
    """Exempt what each full collection of garbage leaves in memory from all later ones, and have them come often.

    Otherwise each looks again at every conversation that is remembered, twenty objects: with ten thousand of them, it
    holds all threads for a tenth of a second. What is alive at a collection and later becomes a cycle that nothing
    refers to, such as a connection that is lost, stays in memory.
    """

    def exempt(phase: str, info: Mapping[str, int]) -> None:
        if phase == "stop" and info["generation"] == OLDEST:
            gc.freeze()

    usual = gc.get_threshold()
    gc.set_threshold(*OFTEN)
    gc.callbacks.append(exempt)
    try:
        yield
    finally:
        gc.callbacks.remove(exempt)
        gc.set_threshold(*usual)


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
            with collector_paused():
                result = compute()
        except BaseException as raised:  # noqa: BLE001 - it is raised again where the result is awaited
            error = raised
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, error)

    Thread(target=run, name="reading the stories", daemon=True).start()
    found: Result = await future
    return found
