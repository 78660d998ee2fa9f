"""CONTRIBUTING, the Makefile, the hooks and `.ci/run` say the same."""

import re
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
HOOKS: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)


def test_every_target_is_phony_and_explained() -> None:
    assert set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[0].split()) == set(TARGETS)
    assert set(TARGETS) - {"clean"} <= set(re.findall(r"`make ([\w-]+)`", CONTRIBUTING))


def test_ci_runs_all_in_a_fresh_environment() -> None:
    ran = re.findall(r"^\s*make (\w+)", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    assert ran[0] == "clean"
    assert set(ran[1:-1]) == {"all"}
    assert ran[-1] == "audit"
    assert re.findall(r"^all: ([a-z ]+)", MAKEFILE, re.MULTILINE)[0].split() == [
        *("test", "lint", "types", "layers", "knowledge", "site", "slow")
    ]


@pytest.mark.parametrize("repository", HOOKS["repos"], ids=lambda repository: repository["repo"])
def test_a_hook_runs_what_the_makefile_runs_from_its_environment(repository: dict[str, Any]) -> None:
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook["language"] == "system"
        tool = re.sub(r"^\.venv/bin/(.+?)(?: --force-exclude)?$", r"$(BIN)/\1", hook["entry"])
        assert re.search(rf"^\t{re.escape(tool)}( \.)?$", MAKEFILE, re.MULTILINE), tool
