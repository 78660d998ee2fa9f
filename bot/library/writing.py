"""Write edited files: each at once, by renaming, and none if one of them has changed since it was read."""

import os
from collections.abc import Sequence
from pathlib import Path

from bot.answering.edits import EditError, FileEdit

STAGED_SUFFIX = ".onrecord-edit"  # of a file that is written but not yet in place; no story reads it


def write_all(edits: Sequence[FileEdit]) -> None:
    """Write the files of an edit; raise EditError, and write nothing, if one has changed or cannot be written.

    A reader of the folder sees each file before or after the edit, never a part of it. A symbolic link stays, and the
    file that it points to is replaced; permissions stay.
    """
    paths = [Path(edit.path).resolve() for edit in edits]
    staged: list[Path] = []
    try:
        for path, edit in zip(paths, edits, strict=True):
            _refuse_if_changed(path, edit)
            staged.append(path.with_name(f".{path.name}{STAGED_SUFFIX}"))
            _stage(path, staged[-1], edit.after)
        for path, edit in zip(paths, edits, strict=True):  # again: writing takes longer than renaming
            _refuse_if_changed(path, edit)
        for path, new in zip(paths, staged, strict=True):
            new.replace(path)
        for folder in {path.parent for path in paths}:
            _sync(folder)
    except OSError as error:
        raise EditError("unwritable", file=error.filename or paths[0], detail=error.strerror) from error
    finally:
        for new in staged:
            new.unlink(missing_ok=True)


def _refuse_if_changed(path: Path, edit: FileEdit) -> None:
    if (path.read_bytes() if path.exists() else None) != edit.before:
        raise EditError("changed", file=path.name)


def _stage(path: Path, new: Path, content: bytes) -> None:
    """Write the content under another name, with the permissions of the file, or of the folder's for a new one."""
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        if path.exists():
            os.fchmod(file.fileno(), path.stat().st_mode & 0o7777)
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the renaming itself durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
