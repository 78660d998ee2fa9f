"""The packages are complete: the wheel works from an empty folder, the sources hold what it is tested with."""

import json
import os
import runpy
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

REPOSITORY = "https://example.org/onrecord"
FOLDERS = (".ci", ".github", "bot", "deploy", "docs", "knowledge", "seeds", "tests")


def files_of_tests() -> Iterator[Path]:
    """Yield the files that the tests read, relative to the project's folder."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    for path in (*found, *(ROOT / name for name in ("Makefile", ".env.example", ".importlinter", "mkdocs.yml"))):
        if path.is_file() and path.suffix not in {".pyc", ".pyo"} and ".hypothesis" not in path.parts:
            yield path.relative_to(ROOT)


@pytest.mark.parametrize(
    ("repository", "shown"),
    [
        (
            REPOSITORY,
            f"![A picture]({REPOSITORY}/raw/main/a.png) [a page]({REPOSITORY}/blob/main/a.md) [top](#a)",
        ),
        ("", " a page [top](#a)"),
    ],
)
def test_an_index_shows_the_readme_with_absolute_addresses_or_without(
    monkeypatch: pytest.MonkeyPatch, repository: str, shown: str
) -> None:
    monkeypatch.setattr("setuptools.setup", lambda **_: None)
    made = runpy.run_path(str(ROOT / "setup.py"))
    assert made["shown_on_an_index"]("![A picture](a.png) [a page](a.md) [top](#a)", repository) == shown
    assert ("Issues" in made["urls_of"](repository)) == bool(repository)


@pytest.mark.slow
def test_the_wheel_answers_from_an_empty_folder(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--outdir", str(tmp_path), str(ROOT)]
    environment = {**os.environ, "REPO_URL": REPOSITORY}
    subprocess.run(build, check=True, capture_output=True, env=environment)  # noqa: S603
    with tarfile.open(next(tmp_path.glob("onrecord-*.tar.gz"))) as sources:
        held = {Path(*Path(name).parts[1:]) for name in sources.getnames()}
    assert {path for path in files_of_tests() if path not in held} == set()
    wheel = next(tmp_path.glob("onrecord-*.whl"))
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)  # noqa: S603
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")},
        "PYTHONPATH": str(target),
    }
    init = [sys.executable, "-m", "bot", "init"]
    subprocess.run(init, cwd=elsewhere, env=environment, check=True, capture_output=True)  # noqa: S603
    told = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "Qui est Anna Petit ?"],
        cwd=elsewhere,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(told.stdout)["facts"][0]["id"] == "petit-role"
    where = [sys.executable, "-c", "import bot; print(bot.__file__)"]
    found = subprocess.run(where, cwd=elsewhere, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    assert found.stdout.startswith(str(target))
    files = {path.relative_to(ROOT) for path in (ROOT / "bot").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {path for path in files if not (target / path).is_file()} == set()
    (metadata,) = target.glob("onrecord-*.dist-info/METADATA")
    assert f"]({REPOSITORY}/raw/main/docs/answer.png)" in metadata.read_text("utf-8")
    assert not (target / "tests").exists()
    assert not (target / "knowledge").exists()
