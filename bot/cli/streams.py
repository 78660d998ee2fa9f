"""Standard input and output as the machine gives them: closed, full, or in an encoding that lacks letters."""

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO, cast

CANNOT_BE_WRITTEN = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
LOST_OUTPUT_STATUS = 74  # EX_IOERR of sysexits.h


def open_closed_streams() -> None:
    """Read nothing from a standard input that is closed, and write nothing to an output that is."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, _nowhere(mode))


@contextmanager
def output_that_may_fail() -> Iterator[None]:
    """Exit with a sentence if what is printed cannot be written, such as to a disk that is full."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output, such as head, has closed it
        sys.stdout = _nowhere("w")  # for the flush at exit
    except OSError as error:
        if error.errno not in CANNOT_BE_WRITTEN:
            raise
        sys.stdout = _nowhere("w")
        print(f"The output cannot be written: {error.strerror}.", file=sys.stderr)
        raise SystemExit(LOST_OUTPUT_STATUS) from None


def _nowhere(mode: str) -> TextIO:
    return cast("TextIO", open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123 - open until the exit


def replace_what_does_not_fit() -> None:
    """Read bytes that are no text, and print letters that the encoding lacks, as question marks."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def json_text(value: Any, indent: int | None = None) -> str:
    """Return JSON for standard output: letters that its encoding lacks are escaped, so none is lost."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text


def data_output() -> TextIO:
    """Return standard output for data that a program reads: in UTF-8 unless somebody looks at it."""
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout
