"""The files by which the bot is deployed name what exists; no container is built here."""

import re
import shutil
import subprocess
import tomllib

import pytest
import yaml

from bot.answering.telling.catalogue import catalogue
from bot.settings import Settings, variable
from tests.conftest import ROOT

FILES = {name: (ROOT / name).read_text("utf-8") for name in ("Dockerfile", "compose.yaml", "deploy/onrecord.service")}
VARIABLES = {variable(field) for field in Settings.model_fields}


@pytest.mark.parametrize("name", FILES)
def test_only_settings_that_exist_are_set(name: str) -> None:
    used = set(re.findall(r"\b(?:ONRECORD|DISCORD)_[A-Z_]+", FILES[name]))
    assert used
    assert used <= VARIABLES


def test_the_image_has_extras_that_exist() -> None:
    (extras,) = re.findall(r"\.\[([\w,]+)\]", FILES["Dockerfile"])
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(extras.split(",")) <= declared.keys()


def test_what_the_image_copies_is_sent_to_it() -> None:
    copied = set(re.findall(r"^COPY (?!--)(.+) \S+$", FILES["Dockerfile"], re.MULTILINE))
    sent = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    assert {name for names in copied for name in names.split()} == sent
    assert all((ROOT / name).exists() for name in sent)


def test_neither_container_runs_as_root_or_may_become_it() -> None:
    assert re.search(r"^USER (?!root)", FILES["Dockerfile"], re.MULTILINE)
    bot = yaml.safe_load(FILES["compose.yaml"])["services"]["bot"]
    assert bot["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in bot["security_opt"]
    assert bot["read_only"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_unit_is_read_by_systemd_and_exposes_little() -> None:
    unit = str(ROOT / "deploy" / "onrecord.service")
    found = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False).stderr  # noqa: S603, S607
    assert [line for line in found.splitlines() if "onrecord" in line and "not executable" not in line] == []
    judged = ["systemd-analyze", "security", "--offline=true", "--no-pager", unit]
    exposure = subprocess.run(judged, capture_output=True, text=True, check=False).stdout  # noqa: S603
    (level,) = re.findall(r"exposure level for \S+: ([\d.]+)", exposure)
    assert float(level) < 2


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_privacy_policy_names_commands_and_the_retention_that_exist(locale: str) -> None:
    policy = (ROOT / "deploy" / f"privacy.{locale}.md").read_text("utf-8")
    group = catalogue().text(locale, "command.privacy")
    for command in ("show", "export", "forget", "opt-out"):
        assert f"`/{group} {catalogue().text(locale, f'command.privacy.{command}')}`" in policy
    days = str(Settings.model_fields["retention_days"].default)
    assert set(re.findall(r"\[(\d+)\] (?:days|jours)", policy)) == {days}


def test_the_workflows_run_targets_that_exist_with_few_rights() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    used = {target for line in re.findall(r"- run: make (.+)", text) for target in line.split()}
    assert used
    assert used <= targets
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert declared == f">={workflow['jobs']['tests']['strategy']['matrix']['python'][0]}"
