"""A closed set of values is complete wherever it is mapped to something: no reader is the first to meet a new one."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import pytest

import bot
from bot.answering.verdict import CAUSES_BY_PRIORITY
from bot.matching.deciding import rules
from bot.matching.deciding.decision import OUTCOMES, Cause, Outcome, Rule
from bot.matching.reading.language import Language, language, languages_with_data
from bot.story.model import Slot
from tests.closed import values_of
from tests.conftest import ROOT

Row = tuple[str, set[Any], set[Any]]


def tables(code: str, names: dict[str, Any]) -> Iterator[Row]:
    """Yield each dict literal whose annotation closes its keys, with the keys that it has and those it should."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Dict) or not node.value.keys:
            continue
        kind = eval(ast.unparse(node.annotation), names)  # noqa: S307 - our own code
        if get_origin(kind) is dict and (wanted := values_of(get_args(kind)[0])):
            yield (
                ast.unparse(node.target),
                {key.value for key in node.value.keys if isinstance(key, ast.Constant)},
                wanted,
            )


def modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def test_each_table_has_a_row_for_each_value() -> None:
    found = {
        f"{module.__name__}.{name}": (keys, wanted)
        for module in modules()
        if module.__file__
        for name, keys, wanted in tables((ROOT / module.__file__).read_text("utf-8"), dict(vars(module)))
    }
    assert {
        "bot.surface.platform.render.COLOURS",
        "bot.story.model.IS_SHOWN",
        "bot.matching.deciding.evidence.vetoes",
        "bot.matching.deciding.evidence.doubts",
    } <= found.keys()
    assert {name: rows for name, rows in found.items() if rows[0] != rows[1]} == {}


def test_a_table_that_misses_a_row_is_found() -> None:
    code = "KINDS: dict[Kind, int] = {'a': 1}\nOTHER: dict[str, int] = {'a': 1}"
    assert list(tables(code, {"Kind": Literal["a", "b"]})) == [("KINDS", {"a"}, {"a", "b"})]


def test_each_outcome_and_each_cause_has_its_place_in_the_order_of_telling() -> None:
    assert sorted(OUTCOMES) == sorted(get_args(Outcome))
    assert sorted(CAUSES_BY_PRIORITY) == sorted(get_args(Cause))


def test_each_rule_of_the_decision_is_described() -> None:
    for rule in get_args(Rule):
        assert f"`{rule}`" in (rules.__doc__ or "")


@pytest.mark.parametrize("code", languages_with_data())
def test_each_language_asks_for_every_slot_and_for_no_other(code: str) -> None:
    found: Language = language(code)
    asked = {*found.slots.values(), *found.opening_slots.values(), *found.slot_nouns.values()}
    assert asked == set(get_args(Slot))
