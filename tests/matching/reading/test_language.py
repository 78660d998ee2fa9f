"""The languages' data files."""

import tomllib
from importlib import resources

import pytest

from bot.matching.fold import fold
from bot.matching.reading.language import PHRASE_LISTS, WORD_LISTS, detect, function_words, language
from bot.story.model import Slot

CODES = sorted(file.name.removesuffix(".toml") for file in (resources.files("bot.matching") / "languages").iterdir())


@pytest.mark.parametrize("code", CODES)
def test_a_concept_is_found_by_its_content_words(code: str) -> None:
    data = language(code)
    assert [phrase for phrase in data.concepts if len(phrase) == 1 and phrase[0] in data.stop] == []


@pytest.mark.parametrize("code", CODES)
def test_every_slot_of_the_model_has_words(code: str) -> None:
    data = language(code)
    asked = {*data.slots.values(), *data.opening_slots.values()}
    assert asked == set(Slot.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", CODES)
def test_everything_read_from_a_file_is_folded(code: str) -> None:
    assert all(word == fold(word) for word in language(code).vocabulary)


def test_the_languages_share_their_concepts() -> None:
    names = {code: set(language(code).concepts.values()) for code in CODES}
    assert names["fr"] == names["en"]
    assert names["es"] == names["en"]
    assert all(others <= names["en"] for others in names.values())


def test_the_files_have_the_same_keys() -> None:
    folder = resources.files("bot.matching") / "languages"
    keys = {code: set(tomllib.loads((folder / f"{code}.toml").read_text("utf-8"))) for code in CODES}
    known = {
        "marks",
        "stemmer",
        "inverts",
        "verb_final",
        "slots",
        "slot_nouns",
        "measures",
        "concepts",
        "chat",
        *PHRASE_LISTS,
        *WORD_LISTS,
    }
    assert keys == dict.fromkeys(CODES, known)


def test_a_language_without_data_is_empty_and_usable() -> None:
    nowhere = language("xx")
    assert not nowhere.vocabulary
    assert nowhere.stem("bridges") == "bridges"


def test_added_words_and_their_stems_override_those_of_the_language() -> None:
    plain = language("en")
    own = plain.with_concepts([("verdict", ["sued"]), ("bell", ["church bell", "bells"])])
    assert plain.concept(["suing"]) == "sue"
    assert own.concept(["suing"]) == "verdict"
    assert own.concept(["church", "bells"]) == own.concept(["bell"]) == "bell"
    assert own.concept(["lawsuit"]) == "sue"
    assert plain is language("en")
    assert plain.concept(["bell"]) is None


def test_a_tie_detects_no_language() -> None:
    assert detect(["openai", "le", "the"], function_words([language("fr"), language("en")])) is None
