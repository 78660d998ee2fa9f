"""Parsing an utterance: language, slot, names and content words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import parse
from bot.story.model import Story


@pytest.fixture(scope="module")
def lexicon(story: Story) -> Lexicon:
    return Lexicon.of(story)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Qui est Jeanne Roy ?", "fr"),
        ("Who is Jeanne Roy?", "en"),
        ("jeanne roy", None),
        ("c koi le pont", "fr"),
        ("wat is jeanne roy", "en"),
    ],
)
def test_function_words_identify_the_language(lexicon: Lexicon, text: str, language: str | None) -> None:
    assert parse(text, lexicon).language == language


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("Qui a construit le pont ?", "who"),
        ("En quelle année la passerelle a-t-elle été ouverte ?", "when"),
        ("Quelle est la date de la plainte ?", "when"),
        ("Pourquoi Jeanne Roy porte plainte ?", "why"),
        ("c'est combien la part de la région", "how-many"),
        ("Où est le procès ?", "where"),
        ("Garnier ou Roy ?", None),
        ("Est-ce que Jeanne Roy est ingénieure ?", "yes-no"),
        ("Que dit le maire quand il répond ?", "what"),
        ("how much did they pay", "how-many"),
        ("Did the mayor say when?", "yes-no"),
        ("Do you know when the bridge was built?", "when"),
        ("What was the promise when it was closed?", "what"),
        ("region share", None),
    ],
)
def test_question_words_identify_the_slot(lexicon: Lexicon, text: str, slot: str | None) -> None:
    assert parse(text, lexicon).slot == slot


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("le métier de l'ingénieure", ["anna-petit"]),
        ("annapetit et Anna-Petit", ["anna-petit", "anna-petit"]),
        ("the campaigners", ["residents"]),
        ("the share of the foot bridge", ["footbridge"]),
        ("conseil regional", ["region"]),
        ("LOUIS GARNIER", ["louis-garnier"]),
        ("Jeane Roy", []),  # spelling is corrected before parsing
        ("Paris", []),
    ],
)
def test_names_and_aliases_are_found_in_any_spelling(lexicon: Lexicon, text: str, names: list[str]) -> None:
    assert [unit.key for unit in parse(text, lexicon).names] == names


def test_a_question_and_its_translation_have_the_same_canonical_form(lexicon: Lexicon) -> None:
    french = parse("Pourquoi Anna Petit poursuit-elle le maire ?", lexicon)
    english = parse("Why is Anna Petit suing the mayor?", lexicon)
    assert french.canonical == english.canonical == "slotwhy annapetit sue mayor"


@given(st.text(max_size=300))
def test_any_text_can_be_parsed(lexicon: Lexicon, text: str) -> None:
    question = parse(text, lexicon)
    assert [unit.at for unit in question.units] == sorted(unit.at for unit in question.units)
