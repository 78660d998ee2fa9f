"""The wheel is complete: installed on its own, it works from another folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.slow
def test_the_wheel_answers_from_another_folder(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)  # noqa: S603
    wheel = next(tmp_path.glob("onrecord-*.whl"))
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)  # noqa: S603
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")},
        "PYTHONPATH": str(target),
        "ONRECORD_KNOWLEDGE": str(ROOT / "knowledge"),
    }
    told = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "Qui est Jason Kwon ?"],
        cwd=elsewhere,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(told.stdout)["facts"][0]["id"] == "kwon-role"
    where = [sys.executable, "-c", "import bot; print(bot.__file__)"]
    found = subprocess.run(where, cwd=elsewhere, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    assert found.stdout.startswith(str(target))
    files = {path.relative_to(ROOT) for path in (ROOT / "bot").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {path for path in files if not (target / path).is_file()} == set()
    assert not (target / "tests").exists()
    assert not (target / "knowledge").exists()
