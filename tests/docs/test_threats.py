"""Each threat of the threat model names tests, and they exist."""

import ast
import re

import pytest

from tests.conftest import ROOT

ROWS = re.findall(
    r"^\| (?!Threat|---)(.+?) \| .+? \| (.+) \|$", (ROOT / "docs/threat-model.md").read_text("utf-8"), re.M
)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")


@pytest.mark.parametrize(("threat", "proof"), ROWS, ids=[threat for threat, _ in ROWS])
def test_a_threat_is_answered_by_tests_that_exist(threat: str, proof: str) -> None:
    assert TEST.sub("", proof).replace(", ", "") == "", f"a proof of {threat!r} is no test"
    for path, name in TEST.findall(proof):
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name in names if name else any(one.startswith("test_") for one in names), f"{path}::{name}"


def test_the_table_is_read() -> None:
    assert len(ROWS) >= 12
