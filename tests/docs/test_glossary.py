"""One word means one thing."""

import re

import pytest

from tests.conftest import ROOT
from tests.docs.names import code
from tests.docs.printed import classes
from tests.docs.tables import rows_of

TEXT = (ROOT / "docs" / "glossary.md").read_text("utf-8")
SECTIONS = {part.partition("\n")[0]: rows_of(part)[1:] for part in TEXT.split("\n## ")[1:]}
UNUSED = re.compile(r"util|helper|manager|handler|misc", re.IGNORECASE)
TWICE: set[str] = set()  # two classes of one name


@pytest.mark.parametrize("section", SECTIONS)
def test_the_words_of_a_section_are_in_order(section: str) -> None:
    words = [row[0] for row in SECTIONS[section]]
    assert words == sorted(words, key=str.casefold)


def test_a_word_is_explained_once() -> None:
    words = [row[0] for rows in SECTIONS.values() for row in rows]
    assert sorted(words) == sorted(set(words))


def test_no_module_and_no_class_has_a_name_that_says_nothing() -> None:
    modules = [path.stem for path in (ROOT / "bot").rglob("*")]
    assert [name for name in (*modules, *code().classes) if UNUSED.search(name) and name != "Handler"] == []


def test_no_further_class_has_the_name_of_another() -> None:
    names = [found.name for _, found in classes(ROOT / "bot")]
    assert {name for name in names if names.count(name) > 1} <= TWICE
