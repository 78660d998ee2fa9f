"""Standard input and output in the encoding that the machine gives them, which may lack letters."""

import json
import sys
from io import TextIOWrapper
from typing import Any, TextIO


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
