"""Reload the stories when a file of theirs is saved."""

import logging
from collections.abc import Iterable
from pathlib import Path

from watchfiles import Change, awatch

from bot.library.library import FileLibrary

log = logging.getLogger(__name__)

SETTLED = 300  # milliseconds without a change before a reload: editors write a file in several steps


async def reload_on_save(library: FileLibrary, folders: Iterable[Path]) -> None:
    """Reload whenever a story's file below the folders changes, until cancelled; what came of it is logged."""
    watched = [folder for folder in folders if folder.is_dir()]
    try:
        async for _ in awatch(*watched, watch_filter=_may_hold_facts, step=SETTLED, recursive=True):
            await _reload(library)
    except OSError:
        log.exception("the stories' files are no longer watched")


async def _reload(library: FileLibrary) -> None:
    try:
        report = await library.reload()
    except Exception:
        log.exception("the stories could not be reloaded")
        return
    if report.loaded:
        log.info("reloaded: %s", ", ".join(edition.version for edition in report.shelf.editions))
    else:
        log.warning("kept the old stories:\n%s", "\n".join(report.problems))


def _may_hold_facts(_change: Change, path: str) -> bool:
    """Tell a YAML file, or a folder: one that is moved here brings its files without a change of theirs."""
    return Path(path).suffix in {"", ".yml", ".yaml"}
