"""No fake is without a contract."""

import ast

from tests.conftest import ROOT


def test_each_fake_of_a_port_is_held_to_its_contract() -> None:
    fakes = ast.parse((ROOT / "tests" / "fakes.py").read_text("utf-8"))
    names = {node.name for node in fakes.body if isinstance(node, ast.ClassDef)}
    contracts = "\n".join(file.read_text("utf-8") for file in (ROOT / "tests" / "contracts").glob("test_*.py"))
    assert {name for name in names if name not in contracts} == set()
