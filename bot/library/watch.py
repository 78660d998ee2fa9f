"""Reload the stories when a file of theirs is saved."""

import logging
from pathlib import Path

from watchfiles import Change, awatch

from bot.library.library import FileLibrary

log = logging.getLogger(__name__)

SETTLED = 300  # milliseconds without a change before a reload: editors write a file in several steps


async def reload_on_save(library: FileLibrary, folders: tuple[Path, ...]) -> None:
    """Reload whenever a YAML file below the folders changes, until cancelled; what came of it is logged."""
    async for _ in awatch(*folders, watch_filter=_is_yaml, step=SETTLED, recursive=True):
        report = await library.reload()
        if report.loaded:
            log.info("reloaded: %s", ", ".join(edition.version for edition in report.shelf.editions))
        else:
            log.warning("kept the old stories:\n%s", "\n".join(report.problems))


def _is_yaml(_change: Change, path: str) -> bool:
    return path.endswith((".yml", ".yaml"))
