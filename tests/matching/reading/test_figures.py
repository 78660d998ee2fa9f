"""Figures: one spelling for one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.fold import fold
from bot.matching.reading.figures import LANGUAGES, figures_in, figures_to_digits, is_figure, is_number_word
from bot.matching.reading.language import language


@pytest.mark.parametrize(
    ("language", "spellings", "folded"),
    [
        ("fr", ["49 %", "49%", "quarante-neuf pour cent", "49 pour cent", "quarante neuf pourcent"], "49 percent"),
        ("en", ["49 %", "49 percent", "forty-nine per cent", "forty nine percent", "49 pct", "49pc"], "49 percent"),
        ("es", ["49 %", "cuarenta y nueve por ciento", "49 por ciento"], "49 percent"),
        ("de", ["49 %", "neunundvierzig Prozent", "49 Prozent"], "49 percent"),
        ("it", ["49 %", "quarantanove per cento", "49 percento"], "49 percent"),
        ("pt", ["49 %", "quarenta e nove por cento"], "49 percent"),
        ("nl", ["49 %", "negenenveertig procent"], "49 percent"),
        ("fr", ["10 000", "10.000", "dix mille", "10\u00a0000", "10 mille"], "10000"),
        ("en", ["10,000", "10 000", "ten thousand", "10 thousand", "10k"], "10000"),
        ("en", ["3.2 million", "3,200,000", "3 200 000", "3.2mio"], "3200000"),
        ("fr", ["3,2 millions", "3 200 000", "3.200.000"], "3200000"),
        ("en", ["£3.2m", "£3.2 million", "£ 3,200,000"], "3200000"),
        ("fr", ["3,2 M€", "3,2 millions €", "3 200 000 €"], "3200000"),
        ("en", ["$2bn", "$2 billion", "$2b", "$2,000,000,000"], "2000000000"),
        ("fr", ["3,2 M d'euros", "3,2m d'euros", "3,2 millions d'euros"], "3200000 d euros"),
        ("fr", ["8,5 millions", "huit millions et demi", "8 millions et demi"], "8500000"),
        ("es", ["1,5 millones", "un millón y medio", "1.500.000"], "1500000"),
        ("fr", ["12h30", "12 h 30", "12:30", "12H30"], "12h30"),
        ("en", ["2.5", "two point five"], "2.5"),
        ("fr", ["2,5", "deux virgule cinq"], "2.5"),
        ("es", ["22", "veintidós", "veintidos"], "22"),
        ("de", ["15", "fünfzehn", "funfzehn"], "15"),
        ("pt", ["3 milhões", "três milhões", "tres milhoes"], "3000000"),
    ],
)
def test_a_figure_is_the_same_however_it_is_written(language: str, spellings: list[str], folded: str) -> None:
    assert {fold(figures_to_digits(text, language)) for text in spellings} == {folded}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "between 100 and 200"),
        ("en", "100-200, 100, 200"),
        ("en", "the one who came third"),
        ("en", "thousands of people, millions of them, hundreds"),
        ("en", "a 100 m sprint over 2.5 m"),
        ("en", "in 2015 300 people"),
        ("fr", "quoi de neuf"),
        ("fr", "une ou des millions de gens"),
        ("fr", "50 cents"),
        ("it", "sei sicuro"),
        ("ja", "forty"),
    ],
)
def test_anything_that_is_not_a_figure_is_unchanged(language: str, text: str) -> None:
    assert figures_to_digits(text, language) == text


def test_a_number_word_that_is_a_stop_word_is_unchanged_on_its_own() -> None:
    assert figures_to_digits("the two of them, twenty-two", "en", frozenset({"two"})) == "the two of them, 22"


def test_the_figures_of_a_text_include_number_words() -> None:
    assert figures_in("two of 10,000 voters, 2.5 percent", "en") == {"2", "10000", "2.5"}


@pytest.mark.parametrize(
    ("token", "figure"),
    [
        ("12", True),
        ("-2.5", True),
        ("xvi", True),
        ("x", False),
        ("di", False),
        ("3d", True),
        ("c++", False),
        ("word", False),
        ("", False),
    ],
)
def test_a_figure_has_a_digit_or_is_a_roman_numeral(token: str, *, figure: bool) -> None:
    assert is_figure(token) is figure


TWELVE = {"de": "zwölf", "en": "twelve", "es": "doce", "fr": "douze", "it": "dodici", "nl": "twaalf", "pt": "doze"}


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_words_that_are_no_numbers_alone_are_none_together(code: str) -> None:
    """Otherwise a text without a single number word could still have a number."""
    is_plain = {word: not is_number_word(code, word) for word in language(code).vocabulary if word.isalpha()}
    known = sorted(word for word, plain in is_plain.items() if plain and figures_to_digits(word, code) == word)
    text = " ".join([*known, *reversed(known), *known[::2]])
    assert figures_to_digits(f"{text}, {TWELVE[code]}", code) == f"{text}, 12"


@given(st.text(max_size=60), st.sampled_from(sorted(LANGUAGES)))
def test_the_figures_of_any_text_can_be_written_as_digits(text: str, language: str) -> None:
    assert isinstance(figures_to_digits(text, language), str)


@given(st.integers(11, 10**9))
def test_grouped_digits_have_the_same_value(number: int) -> None:
    grouped = f"{number:,}"
    spellings = {grouped.replace(",", mark) for mark in (",", ".", "'", "\u00a0", " ", "")}
    assert {fold(figures_to_digits(text, "en")) for text in spellings} == {str(number)}
