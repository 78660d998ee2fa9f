"""Show on the terminal how far a run is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Tick = Callable[[str, int], None]  # what is going on now, if it is something new, and the work done since the last call

WHOLE_RUN = 24 * 3600.0  # seconds that the speed is averaged over


@contextmanager
def progress(console: Console, work: int) -> Iterator[Tick]:
    """Show a bar that is drawn when it is told of something, and by no thread that would disturb what is timed."""
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
