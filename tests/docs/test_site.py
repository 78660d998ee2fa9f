"""The documentation's site: French pages beside English ones, and what the build takes from outside of docs/."""

import re
from pathlib import Path

import pytest
import yaml

from bot.answering.telling.catalogue import catalogue
from bot.settings import Settings
from tests.conftest import ROOT
from tests.docs.test_pages import LINK

DOCS = ROOT / "docs"
FRENCH = sorted(DOCS.rglob("*.fr.md"))
FOR_READERS = {"index", "start", "ask", "privacy", "write-a-fact", "desk"}
STUB = re.compile(r"# \w+\n\n\[\w+\.md\]\((\.\./\w+\.md)\), which the documentation site shows here\.\n")


def test_the_pages_that_readers_are_meant_for_are_in_french_too() -> None:
    assert {page.name.removesuffix(".fr.md") for page in FRENCH} == FOR_READERS
    assert all((DOCS / f"{name}.md").is_file() for name in FOR_READERS)


@pytest.mark.parametrize("page", FRENCH, ids=lambda page: page.name)
def test_a_french_page_leads_to_french_pages_where_there_are_any(page: Path) -> None:
    names = [link.partition("#")[0] for link in LINK.findall(page.read_text("utf-8"))]
    assert [name for name in names if name.removesuffix(".md") in FOR_READERS] == []


@pytest.mark.parametrize("page", FRENCH, ids=lambda page: page.name)
def test_each_picture_of_a_french_page_is_described(page: Path) -> None:
    assert [found for found in re.findall(r"!\[([^\]]*)\]", page.read_text("utf-8")) if len(found.split()) < 5] == []


@pytest.mark.parametrize(("name", "locale"), [("privacy.md", "en"), ("privacy.fr.md", "fr")])
def test_the_page_on_privacy_names_each_command_and_the_default_retention(name: str, locale: str) -> None:
    page, text = (DOCS / name).read_text("utf-8"), catalogue().text
    for command in ("show", "export", "forget", "opt-out"):
        assert f"`/{text(locale, 'command.privacy')} {text(locale, f'command.privacy.{command}')}` |" in page
    assert set(re.findall(r"(\d+) (?:days|jours)", page)) == {str(Settings.model_fields["retention_days"].default)}


@pytest.mark.parametrize("name", ["changelog", "contributing", "security"])
def test_a_page_from_outside_is_only_pointed_to(name: str) -> None:
    found = STUB.fullmatch((DOCS / f"{name}.md").read_text("utf-8"))
    assert found
    assert (DOCS / found[1]).is_file()


def test_warnings_end_the_build() -> None:
    (command,) = re.findall(r"mkdocs build(.*)", (ROOT / "Makefile").read_text("utf-8"))
    assert command.split() == ["--strict"]  # with --quiet it counts no warning


def test_the_site_takes_nothing_from_the_network() -> None:
    theme = yaml.safe_load(re.sub(r"!!?\w[\w/:.]*", "", (ROOT / "mkdocs.yml").read_text("utf-8")))["theme"]
    assert theme["font"] is False
    assert "https://" not in (DOCS / "site.css").read_text("utf-8")
