"""Folding: one spelling for what readers take for one word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élection", "election"),
        ("L’œuvre d'Évelyne", "l oeuvre d evelyne"),
        ("Space-X, Space X", "space x space x"),
        ("quiiii ???", "qui"),
        ("Straße", "strasse"),
        ("49 % / 49%", "49 percent 49 percent"),
        ("an 2000", "an 2000"),
        ("**gras** _souligné_ `code`", "gras souligne code"),
        ("\u202eOpenAI\u202c\u200b", "openai"),
        ("a\x00b\tc", "a b c"),
        ("😀😀", ""),
        ("", ""),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
    ],
)
def test_spellings_of_one_thing_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_is_lower_case_words_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert folded == folded.lower()
