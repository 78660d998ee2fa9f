"""The pins: every package of pyproject.toml by version and hashes, and an audit that fails for a reason."""

import json
import re
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest

from tests.conftest import ROOT

NAMES = ("requirements.lock", "requirements-run.lock", "requirements-tools.lock", "requirements-docs.lock")
LOCKS = {name: (ROOT / name).read_text("utf-8") for name in NAMES}
PIN = re.compile(r"([\w.-]+)==(\S+?)( ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")
NAME = re.compile(r"[\w.-]+")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _names(requirements: list[str]) -> set[str]:
    found = (NAME.match(requirement) for requirement in requirements)
    return {_normal(name[0]) for name in found if name} - {"onrecord"}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_pins_with_hashes_and_nothing_else(name: str) -> None:
    assert PIN.sub("", LOCKS[name]) == ""


def test_the_lock_has_what_the_project_needs() -> None:
    project = PYPROJECT["project"]
    wanted = _names(project["dependencies"]).union(*map(_names, project["optional-dependencies"].values()))
    wanted |= _names(PYPROJECT["build-system"]["requires"])
    assert wanted - {_normal(pin[0]) for pin in PIN.findall(LOCKS["requirements.lock"])} == set()


@pytest.mark.parametrize("group", ["tools", "docs"])
def test_the_locks_of_the_groups_have_what_they_need(group: str) -> None:
    pinned = {_normal(pin[0]) for pin in PIN.findall(LOCKS[f"requirements-{group}.lock"])}
    assert _names(PYPROJECT["dependency-groups"][group]) - pinned == set()


def test_what_running_needs_is_pinned_apart_and_nothing_that_is_large_and_unused() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    wanted = _names(PYPROJECT["project"]["dependencies"] + PYPROJECT["build-system"]["requires"])
    wanted = wanted.union(
        *(_names(extras[extra]) for extra in ("playground", "desk", "semantic", "metrics", "postgres"))
    )
    pinned = {_normal(pin[0]) for pin in PIN.findall(LOCKS["requirements-run.lock"])}
    assert wanted - pinned == set()
    assert pinned & {"av", "mypy", "playwright", "pytest", "scipy"} == set()


@pytest.mark.parametrize("name", NAMES[1:])
def test_all_locks_pin_the_same_versions(name: str) -> None:
    first, second = (
        {(_normal(pin[0]), pin[2]): pin[1] for pin in PIN.findall(LOCKS[each])} for each in ("requirements.lock", name)
    )
    assert {pin: (first[pin], second[pin]) for pin in first.keys() & second if first[pin] != second[pin]} == {}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FOUND = {"name": "jinja2", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}


@pytest.mark.parametrize(
    ("report", "status", "said"),
    [
        ({"dependencies": [FOUND]}, 1, "jinja2 1.0: PYSEC-1, mended in 1.1"),
        ({"dependencies": [{"name": "jinja2", "version": "1.1", "vulns": []}]}, 0, "a.lock: no known vulnerability"),
        (None, 0, "a.lock: not audited, because the advisories cannot be reached: SystemExit: no network"),
    ],
)
def test_an_audit_fails_on_a_vulnerability_and_never_for_lack_of_a_network(
    audit: ModuleType, capsys: pytest.CaptureFixture[str], report: object, status: int, said: str
) -> None:
    ends = f"print({json.dumps(json.dumps(report))})" if report else "raise SystemExit('SystemExit: no network')"
    assert audit.audit("a.lock", (sys.executable, "-S", "-c", ends)) == status
    assert capsys.readouterr().out.strip() == said
