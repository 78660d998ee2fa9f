"""Every error of the package is in the tree that its docstring draws."""

import re

import bot
from tests.conftest import ROOT


def test_the_drawn_tree_is_that_of_the_classes() -> None:
    drawn, path = {}, ["Exception"]
    for depth, name in re.findall(r"^    (\W*)(\w+Error)\b", str(bot.__doc__), re.MULTILINE):
        path[len(depth) // 4 + 1 :] = [name]
        drawn[name] = path[-2]
    modules = (file.read_text("utf-8") for file in (ROOT / "bot").rglob("*.py"))
    defined = [error for text in modules for error in re.findall(r"^class (\w+Error)\((\w+)", text, re.MULTILINE)]
    assert drawn == dict(defined)
