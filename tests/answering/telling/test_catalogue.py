"""The sentences users read: complete in both languages, with the same blanks."""

import re
from importlib import resources
from io import BytesIO
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.answering.telling.catalogue import LANGUAGES, catalogue, language_of
from tests.conftest import ROOT

FOLDER = resources.files("bot.answering.telling") / "catalogues"
CATALOGUES = {code: read_po(BytesIO((FOLDER / f"{code}.po").read_bytes()), locale=code) for code in LANGUAGES}
CODE = "\n".join(
    file.read_text("utf-8")
    for layer in ("answering", "surface", "playground")
    for file in (ROOT / "bot" / layer).rglob("*.py")
)


def sentences(found: Catalog) -> dict[str, tuple[str, ...]]:
    rows = {}
    for message in found:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            rows[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return rows


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_the_languages_have_the_same_keys() -> None:
    assert sentences(CATALOGUES["fr"]).keys() == sentences(CATALOGUES["en"]).keys()


@pytest.mark.parametrize("key", sorted(sentences(CATALOGUES["en"])))
def test_a_sentence_is_there_in_each_language_with_the_same_blanks(key: str) -> None:
    rows = [sentences(CATALOGUES[code])[key] for code in LANGUAGES]
    assert all(all(row) for row in rows)
    assert len({frozenset(blanks(sentence)) for row in rows for sentence in row}) == 1


@pytest.mark.parametrize("key", sorted(key for key in sentences(CATALOGUES["en"]) if not key.startswith("command.")))
def test_a_sentence_is_used(key: str) -> None:
    """A key is in the code, or is made there from a prefix and one of a closed set of endings, or the other way round.

    Those of the commands follow from these: tests/surface/test_commands.py compares both.
    """
    prefix = re.escape(key.rpartition(".")[0])
    listed = re.sub(r"^(who|when|claims|quote)\b", "{self.surface}", key)
    assert re.search(rf"""(["'])({re.escape(key)}|{re.escape(listed)})\1|f["']{prefix}\.{{""", CODE)


def test_french_typography_is_a_newspapers() -> None:
    for row in sentences(CATALOGUES["fr"]).values():
        for sentence in row:
            assert not re.search(r'"|\.\.\.|[^\s/]:(?![/{])', sentence), sentence
            assert not re.search(r"«\S|\S»|\w[?!;]", sentence), sentence


def test_a_missing_key_is_an_error_and_not_a_sentence() -> None:
    with pytest.raises(KeyError):
        catalogue().text("fr", "no.such.key")


@pytest.mark.parametrize(
    ("number", "sentence"), [(0, "0 fait s'appuie sur cet article."), (2, "2 faits s'appuient sur cet article.")]
)
def test_numbers_agree(number: int, sentence: str) -> None:
    assert catalogue().count("fr", "sources.facts", number) == sentence


@pytest.mark.parametrize(
    ("locale", "language"), [("fr", "fr"), ("fr-CA", "fr"), ("en-GB", "en"), ("ja", "en"), ("", "en")]
)
def test_any_locale_has_an_interface_language(locale: str, language: str) -> None:
    assert language_of(locale) == language
