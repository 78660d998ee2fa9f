"""Read small regular files, and nothing that could block or fill the memory."""

import os
import stat
from pathlib import Path

from bot import OnRecordError
from bot.checking import files
from bot.checking.findings import Rule

MAX_CHARACTERS = 2_000_000  # of a YAML file; the largest so far has 40,000
MAX_BYTES = 4 * MAX_CHARACTERS + 3  # UTF-8 takes at most four bytes a character, and three for a byte order mark
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
# Opening a named pipe waits for its other end unless told not to; Windows has no such pipes, and text files by default.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class UnusableFileError(OnRecordError, OSError):
    """A file that is not read, by its kind or size; the text says why."""

    def __init__(self, rule: Rule, **values: object) -> None:
        self.rule, self.values = rule, values
        super().__init__(rule.message(**values))


def read_small(path: Path) -> bytes:
    """Return the content of a regular file of at most MAX_BYTES; raise UnusableFileError or another OSError.

    The kind and size are looked at before opening, because opening a device can act on it, and again afterwards.
    """
    _refuse_unusable(path.stat())
    descriptor = os.open(path, _OPEN_FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        _refuse_unusable(os.fstat(descriptor))
        content = file.read(MAX_BYTES + 1) or b""
    if len(content) > MAX_BYTES:  # it has grown since, or its file system does not know its size
        raise UnusableFileError(files.LARGE, size=f"more than {MAX_BYTES} bytes", most=MAX_CHARACTERS)
    return content


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder except hidden ones, sorted; none if it does not exist or cannot be read.

    Editors keep lock files and copies under hidden names while a file has changes that are not saved.
    """
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208 - names alone
    except OSError:
        return []


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder, as far as the bot may look."""
    try:
        return path.is_dir()
    except OSError:
        return False


def why_unreadable(folder: Path) -> str | None:
    """Return why a folder that exists cannot be read; None if it can be, or if there is none."""
    try:
        with os.scandir(folder):
            return None
    except FileNotFoundError:
        return None
    except OSError as error:
        return error.strerror or str(error)


def is_utf8(name: str) -> bool:
    """Return whether the name of a file is text; Python holds other bytes as lone surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_unusable(status: os.stat_result) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        raise UnusableFileError(files.SPECIAL, kind=_KINDS.get(kind, "something else"))
    if status.st_size > MAX_BYTES:
        raise UnusableFileError(files.LARGE, size=f"{status.st_size} bytes", most=MAX_CHARACTERS)
