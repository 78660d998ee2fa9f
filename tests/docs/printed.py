"""Print the parts of the pages that the code knows better: tables of rooms, ports, rules, signals, constants, figures.

A part stands between `<!-- printed: NAME -->` and `<!-- end -->`; `make docs` writes it again.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

from bot.checking.findings import Rule as CheckerRule
from bot.checking.rules import RULES
from bot.matching.deciding.context import CONTEXT_SIGNALS
from bot.matching.deciding.signals import SIGNALS, Signal
from bot.matching.reading.language import language
from tests.conftest import ROOT
from tests.docs.dictionary import keys, records
from tests.docs.examples import example_of, message_of
from tests.docs.listed import commands, discord_commands, settings
from tests.docs.rooms import read_rooms
from tests.docs.tables import rows_of, table

PAGES = ROOT / "docs"
PROSE_WIDTH = 140  # of a line in a page
DECIDING = ROOT / "bot" / "matching" / "deciding"
MEASURED = (  # the modules whose constants are listed
    *sorted((ROOT / "bot" / "matching" / "reading").rglob("*.py")),
    *sorted((ROOT / "bot" / "matching" / "ranking").glob("*.py")),
    *sorted(DECIDING.glob("*.py")),
    ROOT / "tests" / "benchmarks" / "fit.py",
    ROOT / "tests" / "benchmarks" / "fit_context.py",
)

PART = re.compile(r"(<!-- printed: ([a-z-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
REASON = re.compile(r'^    "([a-z]+)",  # (.+)$', re.MULTILINE)
FIGURES = re.compile(
    r"#   ([\w-]+): right (\S+), wrong (\S+), near misses answered (\S+), out .*?, right fact first (\S+)"
)
BLANK = re.compile(r"{\w+}")
COUNT = re.compile(r"(\d+) short questions on (\d+) stories")


class Constant(NamedTuple):
    """A number of the matcher's."""

    name: str  # with its module: `rules.MARGIN`
    value: str


def rooms(_before: str) -> str:
    """List the rooms from the top, with their docstrings and the packages that only they may import."""
    cells = []
    for room in read_rooms().inside():
        path = ROOT / room.module.replace(".", "/")
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        name = file.relative_to(ROOT).as_posix().removesuffix("__init__.py")
        cells.append((f"`{name}`", _docstring(file), ", ".join(room.packages)))
    return table(("room", "what it does", "third parties it may import"), cells)


def ports(_before: str) -> str:
    """List the protocols of the answering and the matching with what they promise."""
    return table(
        ("port", "what it is", "what it offers"),
        (
            (f"`{found.name}`", ast.get_docstring(found) or "", ", ".join(f"`{name}`" for name in _methods(found)))
            for folder in ("answering", "matching")
            for _, found in classes(ROOT / "bot" / folder)
            if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in found.bases)
        ),
    )


def rules(_before: str) -> str:
    """Copy the table of the rules from the docstring of rules.py."""
    told = ast.get_docstring(ast.parse((DECIDING / "rules.py").read_text("utf-8"))) or ""
    return "\n".join(line for line in told.split("\n") if line.startswith("|")) + "\n"


def reasons(_before: str) -> str:
    """List the vetoes and the doubts with the comments beside them."""
    code = (DECIDING / "evidence.py").read_text("utf-8")
    cells = []
    for kind in ("Veto", "Doubt"):
        listed = code.partition(f"{kind} = Literal[")[2].partition("]")[0]
        cells += [(f"`{name}`", kind.lower(), meaning) for name, meaning in REASON.findall(listed)]
    return table(("reason", "kind", "it holds if"), cells)


def signals(_before: str) -> str:
    """List the signals of the vote."""
    limits = {
        "answer": "minimum probability of an answer",
        "nearest": "minimum probability of the nearest fact on record",
    }
    return _weights("vote.toml", SIGNALS, limits)


def context(_before: str) -> str:
    """List the signals of the vote in context."""
    limits = {"answer": "minimum probability of an answer", "completed": "minimum vote on a question completed by rule"}
    return _weights("context.toml", CONTEXT_SIGNALS, limits)


def _weights(file: str, table_of: Mapping[str, Signal], limits: Mapping[str, str]) -> str:
    """List signals with their weights in both votes of a file, per standard deviation of the signal."""
    votes: dict[str, Any] = tomllib.loads((DECIDING / file).read_text("utf-8"))

    def weight(part: str, name: str) -> str:
        fitted = votes[part]["signals"].get(name)
        return f"{fitted['weight']:+.2f}" if fitted else ""

    cells = [
        (
            f"`{name}`",
            signal.meaning,
            {1: "+", -1: "−", 0: "either"}[signal.sign],
            *(weight(part, name) for part in votes),
        )
        for name, signal in table_of.items()
    ]
    cells.append(("", "bias", "", *(f"{vote['bias']:+.2f}" for vote in votes.values())))
    cells += [("", what, "", *(f"{vote[key]:.2f}" for vote in votes.values())) for key, what in limits.items()]
    return table(("signal", "meaning", "sign", "weight with the encoder", "by words alone"), cells)


def figures(_before: str) -> str:
    """List what the comments of vote.toml say of each story, each judged by a vote fitted on the others."""
    by_meaning, by_words = (
        FIGURES.findall(part) for part in (DECIDING / "vote.toml").read_text("utf-8").split("[meaning]\n")
    )
    cells = [
        (name, *with_encoder, *without)
        for (name, *with_encoder), (_, *without) in zip(by_meaning, by_words, strict=True)
    ]
    heads = ("right", "wrong", "near misses answered", "right fact first")
    return table(("story", *heads, *(f"{head}, by words" for head in heads)), cells)


def constants(before: str) -> str:
    """List the numbers of the matcher; what each is and where it comes from is written in the page."""
    written = {cells[0]: cells[2:] for cells in rows_of(before)}
    heads = ("constant", "value", "what it is", "where it comes from")
    return table(
        heads, ((f"`{each.name}`", each.value, *written.get(f"`{each.name}`", ("", ""))) for each in numbers())
    )


def checked(_before: str) -> str:
    """Tell each rule of the checker, with an example of what breaks it and what does not."""
    return "\n".join(_told(rule) for _, rule in sorted(RULES.items()))


def _told(rule: CheckerRule) -> str:
    """Return the section of a rule."""
    example = example_of(rule.id)
    what, mend = (
        re.sub(r"![rs]}|:[^{} ]*}", "}", text).replace("{{", "{").replace("}}", "}") for text in (rule.what, rule.mend)
    )
    told = f"{what}. What to do: {mend.replace('{hint}', '')}."
    if "{mend}" in mend or BLANK.fullmatch(what):  # the rule alone does not say enough
        told = f"of the example below, {message_of(rule.id)}."
    return (
        f"## `{rule.id}`\n\n*{rule.level.capitalize()}:* {told}\n\n*Why:* {rule.why}\n\n"
        f"Wrong:\n\n```text\n{example.wrong}\n```\n\nRight:\n\n```text\n{example.right}\n```\n"
    )


def dictionary(before: str) -> str:
    """List the keys of each record of the YAML files; what a key means and its example are written in the page."""
    written = {
        (section.partition("\n")[0].strip(), cells[0]): cells[3:]
        for section in before.split("### ")[1:]
        for cells in rows_of(section)
    }
    heads = ("key", "type", "required", "meaning", "example")
    parts = [
        f"### {name}\n\n{record['description'].partition(chr(10))[0]}\n\n"
        + table(
            heads,
            ((f"`{key.name}`", *key[1:], *written.get((name, f"`{key.name}`"), ("", ""))) for key in keys(record)),
        )
        for name, record in records().items()
    ]
    return "\n" + "\n".join(parts) + "\n"


def concepts(_before: str) -> str:
    """List the concepts of the English language file, which has every concept that another one has."""
    return f"{fill(', '.join(sorted(set(language('en').concepts.values()))), PROSE_WIDTH)}\n"


PRINTERS: dict[str, Callable[[str], str]] = {
    "rooms": rooms,
    "ports": ports,
    "rules": rules,
    "checked": checked,
    "dictionary": dictionary,
    "concepts": concepts,
    "reasons": reasons,
    "signals": signals,
    "context": context,
    "figures": figures,
    "constants": constants,
    "settings": settings,
    "commands": commands,
    "discord": discord_commands,
}


def printed(page: str) -> str:
    """Return a page with its printed parts as they should be."""
    return PART.sub(lambda part: f"{part[1]}{PRINTERS[part[2]](part[3])}{part[4]}", page)


def numbers() -> Iterator[Constant]:
    """Yield the numeric constants of the modules that are measured."""
    for file in MEASURED:
        for node in ast.parse(file.read_text("utf-8")).body:
            for name, value in _assigned(node):
                if name.isupper() and _is_number(value):
                    yield Constant(f"{file.stem}.{name}", ast.unparse(value))


def classes(folder: Path) -> Iterator[tuple[Path, ast.ClassDef]]:
    """Yield the classes of a folder, with their files."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield file, node


def _docstring(file: Path) -> str:
    told = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return " ".join(told.partition("\n\n")[0].split())


def _methods(found: ast.ClassDef) -> list[str]:
    return [node.name for node in found.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a statement gives values to, each with its own."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        yield node.target.id, node.value
    elif isinstance(node, ast.Assign):
        (target,) = node.targets
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from (
                (name.id, value)
                for name, value in zip(target.elts, node.value.elts, strict=True)
                if isinstance(name, ast.Name)
            )


def _is_number(value: ast.expr) -> bool:
    """Return whether a value is a number, or is made of numbers; keys may be words."""
    if isinstance(value, ast.Dict):
        return all(map(_is_number, value.values))
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(map(_is_number, value.elts))
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    if isinstance(value, ast.Call):
        return all(map(_is_number, value.args))
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)
