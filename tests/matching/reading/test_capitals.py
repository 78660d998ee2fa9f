"""Words whose meaning depends on their capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.fold import words
from bot.matching.reading.capitals import numerals, words_with_capitals

NAMES = {"who": frozenset({"WHO"}), "may": frozenset({"May"}), "it": frozenset({"IT"})}
FUNCTION_WORDS = frozenset({"a", "i", "y", "l", "who", "may", "it", "did", "what", "the", "and"})


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("What did the WHO announce?", ["WHO"]),
        ("WHO announced it?", ["WHO"]),
        ("who announced it", []),
        ("WHO ANNOUNCED IT", []),
        ("WHO?", ["WHO"]),
        ("May I ask what May said", ["May"]),
        ("Really? May I ask?", []),
        ("what may it say", []),
        ("who is in IT", ["IT"]),
        ("When was Charles I crowned?", ["I"]),
        ("What did I say", []),
        ("Musk, I think", []),
        ("Did it lose its A rating?", ["A"]),
        ("What is plan A?", ["A"]),
        ("How To Sell A House", []),
        ("que dit L'Equipe", []),
        ("A rating was lost", []),
    ],
)
def test_a_word_keeps_its_capitals_if_they_change_its_meaning(text: str, capitals: list[str]) -> None:
    assert [word for word in words_with_capitals(text, NAMES, FUNCTION_WORDS) if not word.islower()] == capitals


@given(st.text())
def test_a_text_with_capitals_is_the_folded_text_except_for_them(text: str) -> None:
    assert [word for marks in words_with_capitals(text, NAMES, FUNCTION_WORDS) for word in words(marks)] == words(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("When did Pius X meet Louis XVI?", {"x", "xvi"}),
        ("line C or line d", {"c"}),
        ("written in F++ and C#", {"f++", "c#"}),
        ("kwon il di koi", set()),
        ("A OpenAI é independente?", {"a"}),
        ("WHO IS PIUS X", set()),
        ("the CIVIL war, a DVD", set()),
    ],
)
def test_numerals_and_single_letters_are_recognised_by_their_capitals(text: str, found: set[str]) -> None:
    assert numerals(text) == found
