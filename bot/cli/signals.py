"""Stop on Ctrl-C and SIGTERM, also where the event loop takes no handlers of signals."""

import asyncio
import signal
from collections.abc import Callable
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM)


def on_stop(stop: Callable[[], object]) -> None:
    """Call `stop` in the running loop when the process is asked to end."""
    loop = asyncio.get_running_loop()

    def from_outside(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop)

    for number in STOPPING:
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # on Windows
            signal.signal(number, from_outside)
