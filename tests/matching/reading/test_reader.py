"""Readers' text is corrected once and parsed without courtesy and links; curated text is parsed unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.reading.reader import Reader
from bot.story.model import Story
from tests.matching.deciding.harbour import HARBOUR

HARBOUR_READER = Reader(HARBOUR)


@pytest.fixture(scope="module")
def reader(story: Story) -> Reader:
    return Reader(story)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Who sued the mayor? Thanks in advance!", "Who sued the mayor?"),
        ("Bonjour à tous, qui a porté plainte ?", "qui a porté plainte ?"),
        ("OnRecord, who sued the mayor?", "who sued the mayor?"),
        ("https://example.com/a/b who sued the mayor", "who sued the mayor"),
        ("Thanks in advance!", ""),
        ("Hola, who sued the mayor pls", "who sued the mayor"),
        ("who sued the mayor svp", "who sued the mayor"),
        ("Anna Petit sued the mayor, please?", "Anna Petit sued the mayor?"),
        ("Qui dit bonjour au maire ?", "Qui dit bonjour au maire ?"),  # not at an edge
    ],
)
def test_courtesy_and_links_are_removed(reader: Reader, typed: str, read: str) -> None:
    assert reader.read(typed).text.strip() == read


@pytest.mark.parametrize(("typed", "code"), [("merci !", "fr"), ("Thanks a lot!", "en")])
def test_a_text_that_is_only_courtesy_becomes_empty_in_its_language(reader: Reader, typed: str, code: str) -> None:
    question = reader.read(typed)
    assert (question.tokens, question.language) == ((), code)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("when was the footbrigde opened", ["footbridge"]),
        ("qui dirige la passerrelle", ["footbridge"]),
        ("who is louis garnire", ["louis-garnier"]),
        ("who runs Paris", []),
    ],
)
def test_a_name_is_found_however_it_is_misspelt(reader: Reader, typed: str, names: list[str]) -> None:
    assert [unit.key for unit in reader.read(typed).names] == names


@pytest.mark.parametrize(
    "typed", ["why did anna petit sue the reigon", "qan le mair a fremé le pont", "whos louis garnire"]
)
def test_correcting_a_corrected_text_changes_nothing(reader: Reader, typed: str) -> None:
    once = reader.read(typed)
    again = reader.read(once.text)
    assert (again.text, again.tokens) == (once.text, once.tokens)


def test_curated_text_is_never_corrected(reader: Reader, story: Story) -> None:
    for fact in story.shown_facts.values():
        for code, text in fact.asked.values():
            question = reader.read_curated(text, code)
            assert (question.text, question.language) == (text, code)
    assert reader.read_curated("Thanks in advance for the footbrigde", "en").text == (
        "Thanks in advance for the footbrigde"
    )


def test_curated_text_typed_by_a_reader_is_read_the_same(reader: Reader, story: Story) -> None:
    changed = [
        text
        for fact in story.shown_facts.values()
        for code, text in fact.asked.values()
        if reader.read(text, code).canonical != reader.read_curated(text, code).canonical
    ]
    assert changed == []


@pytest.mark.parametrize(("locale", "spoken"), [("fr", "fr"), ("en", "en")])
def test_a_text_of_unknown_language_is_read_in_the_readers_locale(reader: Reader, locale: str, spoken: str) -> None:
    question = reader.read("Jeanne Roy ?", locale)
    assert (question.language, question.spoken.code) == (None, spoken)


def test_a_locale_outside_the_story_is_not_assumed(reader: Reader) -> None:
    assert reader.read("Jeanne Roy ?", "de").spoken == reader.read("Jeanne Roy ?").spoken


def test_a_question_in_a_foreign_language_is_not_corrected(reader: Reader) -> None:
    text = "¿Por qué demandó Jeanne Roy a la empresa que fundó con los otros?"
    question = reader.read(text)
    assert question.text == text
    assert question.language == "es"
    assert question.is_foreign


@pytest.mark.parametrize(
    ("text", "language", "slot"),
    [
        ("¿Es Roy un estafador?", "es", "yes-no"),  # by the mark alone
        ("¿Quién es Roy?", "es", "who"),  # "es" is a French word too
        ("¿Qué es la naviera?", "es", "what"),  # by the accent: "que" is a French word too
        ("quanto chiede Roy", "it", "how-many"),
        ("Cosa dice Roy?", "it", "what"),
        ("Roy ha denunciato?", "it", None),  # no question word, but no other word either
        ("Wer klagt?", "de", "who"),
        ("Was sagt Roy?", "de", "what"),  # "was" is an English word too
        ("Quem é Roy?", "pt", "who"),
        ("Por que Roy processa?", "es", "why"),  # without its accents Spanish and Portuguese are the same
        ("Wie is Roy?", "nl", "who"),
        ("hoeveel eist Roy", "nl", "how-many"),
    ],
)
def test_a_very_short_question_in_a_foreign_language_is_read_in_it(
    reader: Reader, text: str, language: str, slot: str | None
) -> None:
    question = reader.read(text)
    assert (question.language, question.slot, question.text) == (language, slot, text)


@pytest.mark.parametrize(
    "text", ["wo sued the mayor", "qui es Roy", "was Roy rihgt", "les dates", "wat did Roy say", "Roy?"]
)
def test_a_misspelt_question_is_not_taken_for_a_foreign_one(reader: Reader, text: str) -> None:
    assert not reader.read(text).is_foreign


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    question = HARBOUR_READER.read(text)
    assert [unit.at for unit in question.units] == sorted(unit.at for unit in question.units)
