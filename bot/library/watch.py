"""Reload the stories when one of their files is saved."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from bot.answering.editions import ReloadReport
from bot.library.library import FileLibrary

log = logging.getLogger(__name__)

SETTLE_MILLISECONDS = 300  # quiet time before a reload: editors save a file in several steps


async def reload_on_save(
    library: FileLibrary, folders: Iterable[Path], note: Callable[[ReloadReport], None] = lambda _report: None
) -> None:
    """Reload whenever a YAML file in the folders changes, and log and note the result; runs until cancelled."""
    watched = [folder for folder in folders if folder.is_dir()]
    try:
        async for _ in awatch(*watched, watch_filter=_may_contain_facts, step=SETTLE_MILLISECONDS, recursive=True):
            await _reload(library, note)
    except OSError:
        log.exception("no longer watching the stories' files")


async def _reload(library: FileLibrary, note: Callable[[ReloadReport], None]) -> None:
    try:
        report = await library.reload()
    except Exception:
        log.exception("the stories could not be reloaded")
        return
    note(report)
    if report.loaded:
        log.info("reloaded: %s", ", ".join(edition.version for edition in report.shelf.editions))
    else:
        log.warning("errors, so the old stories stay:\n%s", "\n".join(report.problems))


def _may_contain_facts(_change: Change, path: str) -> bool:
    """Return whether a path is a YAML file or a folder: moving a folder here reports no change to the files in it.

    An editor's hidden files are neither.
    """
    name = Path(path)
    return name.suffix in {"", ".yml", ".yaml"} and not name.name.startswith(".")
