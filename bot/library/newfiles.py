"""Write new files; a file that is there already is never changed."""

from collections.abc import Mapping
from pathlib import Path

from bot import OnRecordError


class NewFileError(OnRecordError):
    """A file that cannot be written; the text names it."""


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write all files; raise NewFileError, and write none, if one of them is there already."""
    there = [str(path) for path in files if path.exists()]
    if there:
        raise NewFileError(f"{', '.join(there)}: already there, and nothing is overwritten.")
    for path, content in files.items():
        _write(path, content)


def write_missing(files: Mapping[Path, bytes]) -> tuple[list[Path], list[Path]]:
    """Write the files that are not there; return (written, kept)."""
    kept = [path for path in files if path.exists()]
    written = [path for path in files if path not in kept]
    for path in written:
        _write(path, files[path])
    return written, kept


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise NewFileError(f"{path}: the file cannot be written: {error.strerror}.") from error
