"""Show the progress of a run on the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Tick = Callable[[str, int], None]  # the current step, if it is new, and the work done since the last call

WHOLE_RUN = 24 * 3600.0  # seconds over which the speed is averaged


@contextmanager
def progress(console: Console, work: int) -> Iterator[Tick]:
    """Show a progress bar that is drawn on each tick only, because a thread would disturb the timing."""
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("elapsed,"),
        TimeRemainingColumn(),
        TextColumn("remaining; {task.description}"),
    )
    with Progress(*columns, console=console, auto_refresh=False, speed_estimate_period=WHOLE_RUN) as bar:
        task = bar.add_task("", total=work)

        def tick(description: str, done: int) -> None:
            bar.update(task, advance=done, description=description or None, refresh=True)

        yield tick
