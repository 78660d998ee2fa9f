"""Write the kept files of stories back to disk: all of them or none."""

import logging
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from bot.answering.versions import SEED_PREFIX, STORY_PREFIX, StoryFiles
from bot.library.disk import read_small
from bot.library.overlay import Overlay, replacements

log = logging.getLogger(__name__)

NEW_SUFFIX = ".onrecord-new"  # of a file that is written but not yet in place; no story reads it


def checksums_on_disk(folder: str, knowledge: Path, seeds: Path) -> dict[str, str]:
    """Return the SHA-256 of the files of a story's folder and of all articles' records, by their names in StoryFiles.

    A file that cannot be read has an empty checksum.
    """
    own = {f"{STORY_PREFIX}{path.name}": path for path in Overlay().files(knowledge / folder)}
    records = {f"{SEED_PREFIX}{path.name}": path for path in Overlay().files(seeds)}
    return {name: _checksum(path) for name, path in (own | records).items()}


def write_all(restored: Iterable[StoryFiles], knowledge: Path, seeds: Path) -> None:
    """Make the files on disk those of each story, and delete other YAML files in its folder.

    All are written under other names first, so that a full disk or a missing permission changes nothing; if one cannot
    be put in place after that, those before it are put back. Raises OSError.
    """
    wanted = {path: content for files in restored for path, content in replacements(files, knowledge, seeds).items()}
    changed = {path: content for path, content in wanted.items() if _content(path) != content}
    before = {path: _content(path) for path in changed}
    try:
        for path, content in changed.items():
            _stage(path, content)
        for path, content in changed.items():
            _put(path, content)
    except OSError:
        _undo(before)
        raise
    finally:
        for path in changed:
            _staged(path).unlink(missing_ok=True)


def _stage(path: Path, content: bytes | None) -> None:
    if content is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with _staged(path).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        _staged(path).chmod(path.stat().st_mode)


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        _staged(path).replace(path)


def _undo(before: Mapping[Path, bytes | None]) -> None:
    """Put back what was there; log what cannot be."""
    for path, content in before.items():
        if _content(path) == content:
            continue
        try:
            _stage(path, content)
            _put(path, content)
        except OSError:
            log.exception("%s could not be put back; its content is in the kept version", path)


def _staged(path: Path) -> Path:
    return path.with_name(f".{path.name}{NEW_SUFFIX}")


def _content(path: Path) -> bytes | None:
    try:
        return read_small(path)
    except FileNotFoundError:
        return None


def _checksum(path: Path) -> str:
    try:
        return sha256(read_small(path)).hexdigest()
    except OSError:
        return ""
