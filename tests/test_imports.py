"""The contracts of `.importlinter` hold, and each kind of them fails if it is broken."""

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import grimp
import pytest

from tests.conftest import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([linter, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_every_contract_is_kept() -> None:
    linted = lint(ROOT)
    assert linted.returncode == 0, linted.stdout


BAD = [  # where, what is added there, and what is told of that line alone
    ("surface/client", "import bot.journal.journal", "bot.surface is not allowed to import bot.journal"),
    ("answering/reply", "import bot.surface.client", "bot.answering is not allowed to import bot.surface"),
    ("journal/journal", "import bot.library.read", "bot.journal is not allowed to import bot.library"),
    ("surface/desk/facts", "import bot.surface.answers.cog", "bot.surface.desk.facts -> bot.surface.answers.cog"),
    (
        "surface/platform/limits",
        "import bot.surface.feedback.votes",
        "bot.surface.platform is not allowed to import bot.surface.feedback",
    ),
    ("matching/ranking/rank", "import bot.matching.reading.roles", "bot.matching.ranking is not allowed to import"),
    ("answering/telling/text", "import bot.answering.assistant", ".telling -> .assistant"),
    ("story/model", "import yaml", "bot.story.model -> yaml"),
    ("answering/telling/presenter", "from pathlib import Path", "bot.answering.telling.presenter -> pathlib"),
    ("journal/tables", "import aiosqlite", "bot.journal.tables -> aiosqlite"),
]
UNLISTED = ["upstairs", "surface/attic/__init__", "matching/guessing"]


def add(tree: Path, module: str, line: str) -> None:
    file = tree / "bot" / f"{module}.py"
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as code:
        code.write(f"\n{line}\n")


def test_each_bad_import_is_told(tree: Path) -> None:
    for module, line, _ in BAD:
        add(tree, module, line)
    linted = lint(tree)
    assert linted.returncode == 1
    assert [told for _, _, told in BAD if told not in linted.stdout] == []


def test_each_unlisted_module_is_told(tree: Path) -> None:
    for module in UNLISTED:
        add(tree, module, "")
    linted = lint(tree)
    assert linted.returncode == 1
    names = [f"bot.{module.removesuffix('/__init__').replace('/', '.')}" for module in UNLISTED]
    assert [name for name in names if f"- {name}\n" not in linted.stdout] == []


def test_every_third_party_package_has_its_owners() -> None:
    config = ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    owned = {name for section in config.values() for name in section.get("protected_modules", "").split()}
    graph = grimp.build_graph("bot", include_external_packages=True, cache_dir=None)
    imported = {name.partition(".")[0] for name in graph.modules} - {"bot"} - sys.stdlib_module_names
    assert imported == owned
