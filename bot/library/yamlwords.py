"""Say in an editor's words why a YAML file cannot be read, and how to mend it."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

_QUOTE = "put the text in quotation marks"
_INNER = f"{_QUOTE} of the other kind, with its own inside"
_ALIGN = "begin each key of a record, and each dash of a list, in the same column"
_SAID = (  # a part of what the parser says, what that means, and how to mend it
    ("block scalar", "the text after > or | must begin on the next line", f"{_QUOTE} instead"),
    ("document", "--- begins a second file inside this one", "remove that line"),
    ("entries are not allowed", "a list with dashes cannot begin beside its key", "begin it on the next line"),
)
_AFTER_KEY = re.compile(r"^\s*(- )*\{?[\w-]+: +\S")  # a key and the beginning of its value
_QUOTED = re.compile(r"""(?:^|[:,\[{-])\s*("[^"]*"|'[^']*')\s*$""")  # a value that ends with its quotation mark


@dataclass(frozen=True)
class SyntaxProblem:
    """Where a file cannot be read (a mark of YAML's), why, and how to mend it."""

    mark: Any
    problem: str
    mend: str


def syntax_problem(error: yaml.MarkedYAMLError, text: str) -> SyntaxProblem:
    """Return what an error means to somebody who writes texts."""
    at: Any = error.problem_mark or yaml.Mark("", 0, 0, 0, None, 0)
    said, while_reading = error.problem or "", error.context or ""
    lines = text.split("\n")
    line = lines[at.line] if at.line < len(lines) else ""
    if "quoted scalar" in while_reading:
        return _in_quotes(error)
    if any(reason in said for reason in ("cannot start any token", "node content", "keys are not allowed")):
        return _beginning(at, line[at.column :])
    for reason, problem, mend in _SAID:
        if reason in said or reason in while_reading:
            return SyntaxProblem(at, problem, mend)
    opened = error.context_mark if while_reading.endswith(("flow sequence", "flow mapping")) else None
    return _misread(at, lines, line, opened)


def _misread(at: Any, lines: list[str], line: str, opened: Any) -> SyntaxProblem:
    """Explain a place where something else had to follow; `opened` marks the bracket that is open there."""
    before, after = line[: at.column], line[at.column :]
    if after.startswith(":") and (opened is None or opened.line == at.line) and _has_text_before(before, opened):
        return SyntaxProblem(at, "an unquoted « : » is read as the end of a key", _QUOTE)
    if _QUOTED.search(before) and after.strip():
        return SyntaxProblem(at, "a text that begins with a quotation mark ends at the next one", _INNER)
    if opened is not None:
        return _not_closed(opened, at, lines)
    if after[:1] in {"]", "}"}:
        return SyntaxProblem(at, f"{after[0]!r} closes nothing", "remove it, or " + _QUOTE)
    return SyntaxProblem(at, "this line does not continue what is above it", f"{_ALIGN}, or {_QUOTE}")


def _has_text_before(before: str, opened: Any) -> bool:
    return opened is not None or bool(_AFTER_KEY.match(before))


def _in_quotes(error: yaml.MarkedYAMLError) -> SyntaxProblem:
    if "escape" in (error.problem or ""):
        problem = "a backslash has a meaning of its own inside double quotation marks"
        return SyntaxProblem(error.problem_mark, problem, "use single quotation marks")
    problem = "the text that begins here with a quotation mark does not end with one"
    return SyntaxProblem(error.context_mark or error.problem_mark, problem, "close it, or " + _INNER)


def _beginning(at: Any, after: str) -> SyntaxProblem:
    if after.startswith("\t"):
        return SyntaxProblem(at, "there is a tab at the beginning of the line", "indent it with spaces")
    return SyntaxProblem(at, f"an unquoted text cannot begin with {after[:1]!r}", _QUOTE)


def _not_closed(opened: Any, at: Any, lines: list[str]) -> SyntaxProblem:
    """Explain a list or group that goes on where it should not: a comment swallowed its end, or it was forgotten."""
    line = lines[opened.line]
    comment = line.find(" #", opened.column)
    if opened.line == at.line:
        return SyntaxProblem(at, "a comma is missing, or a text must be in quotation marks", _QUOTE)
    if comment >= 0:
        at_comment = type(opened)(opened.name, opened.index, opened.line, comment + 1, None, None)
        return SyntaxProblem(at_comment, "an unquoted « # » begins a comment, so the list does not end", _QUOTE)
    closing = {"[": "]", "{": "}"}[line[opened.column]]
    return SyntaxProblem(opened, f"{line[opened.column]!r} is not closed", f"write {closing!r} where it ends")
