"""The names that pages speak of, and what the repository has under them."""

import ast
import re
import typing
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import discord
from discord import app_commands
from discord.ext import commands

from tests.conftest import ROOT

PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"\.?[\w*<>-]+(?:/[\w.*<>-]+)*/?(?:::\w+)?")
SUFFIXES = ("/", ".py", ".md", ".toml", ".po", ".yml", ".json", ".txt", ".svg", ".png", ".jsonl")
OTHERS = frozenset(
    {"<id>.yml", "<id>.txt", "tokenizer.json", "config_sentence_transformers.json"}
)  # in folders of others
CLASS = re.compile(r"(?:[A-Z][a-z]+){2,}|[A-Z][a-z]+")
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{5,}")


class Code(NamedTuple):
    """What the code defines."""

    classes: dict[str, list[str]]  # with the members of each
    functions: frozenset[str]
    constants: frozenset[str]
    modules: dict[str, frozenset[str]]  # by the last part of their names: what each defines at its top


@lru_cache
def code() -> Code:
    """Read the names that bot and tests define."""
    classes: dict[str, list[str]] = {}
    functions, constants = set[str](), set[str]()
    modules: dict[str, frozenset[str]] = {}
    for file in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("tests/**/*.py")]:
        tree = ast.parse(file.read_text("utf-8"))
        own = frozenset(_defined(tree.body))
        modules[file.stem] = modules.get(file.stem, frozenset()) | own
        constants |= {name for name in own if CONSTANT.fullmatch(name) or name.isupper()}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                classes[node.name] = classes.get(node.name, []) + list(_defined(node.body))
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.add(node.name)
    aliases = {name for own in modules.values() for name in own if CLASS.fullmatch(name)}
    return Code({**{name: [] for name in aliases}, **classes}, frozenset(functions), frozenset(constants), modules)


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that statements define."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def spans(page: str) -> Iterator[str]:
    """Yield what a page sets as code inside a line."""
    yield from SPAN.findall(FENCE.sub("", page))


def is_missing(span: str, page: Path) -> bool:
    """Return whether a span names something of this repository that is not there; any other span is no name."""
    if span in OTHERS:
        return False
    if PATH.fullmatch(span.partition("::")[0]) and span.partition("::")[0].endswith(SUFFIXES):
        return not _has_path(span, page)
    if span.startswith("make "):
        return f"\n{span.split()[1]}:" not in (ROOT / "Makefile").read_text("utf-8")
    if found := re.search(r"python -m (tests[\w.]*|bot[\w.]*)", span):
        path = ROOT / found[1].replace(".", "/")
        return not (path / "__main__.py").exists()
    if span.startswith("/"):
        return not _has_command(span)
    if span.endswith("()"):
        return _lacks_function(span.removesuffix("()"))
    if CONSTANT.fullmatch(span):
        return not (span in code().constants or span in (ROOT / ".env.example").read_text("utf-8"))
    if "." in span and re.fullmatch(r"[\w.]+", span):
        return _lacks_member(span)
    return bool(CLASS.fullmatch(span)) and not _has_class(span)


def _has_path(span: str, page: Path) -> bool:
    name, _, test = span.partition("::")
    if "<" in name:
        return (ROOT / name.partition("<")[0].rpartition("/")[0]).is_dir()
    found = [*ROOT.glob(name.rstrip("/")), *page.parent.glob(name.rstrip("/"))]
    return bool(found) and (not test or f"def {test}(" in found[0].read_text("utf-8"))


def _has_command(span: str) -> bool:
    name = re.match(r"/([^\W\d][\w-]*(?: [\w-]+)*)", span)
    files = (ROOT / "bot" / "answering" / "telling" / "catalogues").glob("*.po")
    texts = "".join(file.read_text("utf-8") for file in files)
    words = name[1].split() if name else [""]
    return any(
        f'"command.{".".join(words[:size])}"' in texts or f'"{words[0]}"' in texts for size in range(1, len(words) + 1)
    )


def _lacks_function(name: str) -> bool:
    owner, _, function = name.rpartition(".")
    if not owner:
        return function not in code().functions
    return function not in [*code().classes.get(owner, []), *code().modules.get(owner, ())]


def _lacks_member(span: str) -> bool:
    """Return whether a class or a module of ours, or discord.py's, lacks what follows the dot; others are not ours."""
    owner, _, name = span.rpartition(".")
    if owner in code().classes:
        return name not in code().classes[owner]
    if owner in code().modules and CONSTANT.fullmatch(name):
        return name not in code().modules[owner]
    if span.startswith("bot."):
        path = ROOT / span.replace(".", "/")
        return not (path.is_dir() or path.with_suffix(".py").is_file())
    if owner.partition(".")[0] == "discord":
        found: object = discord
        for part in span.split(".")[1:]:
            found = getattr(found, part, None)
        return found is None
    return False


def _has_class(name: str) -> bool:
    others = (discord, app_commands, commands, discord.ui, typing)
    return name in code().classes or any(hasattr(module, name) for module in others)
