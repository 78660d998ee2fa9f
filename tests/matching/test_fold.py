"""Folding: spellings of the same word become equal, and different words stay different."""

import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.fold import fold, is_roman, tokens, with_surfaces, without_links, words
from bot.matching.letters import plain

MICROSECOND = 1e-6
TRICKY = st.text(
    st.sampled_from("aeivxIVXwCZ  019.,'-+#%/\n\u00a0\u202f½²éıłʼ\u3164人がカーมา้राم\u0301٤٫"), max_size=14
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élection", "election"),
        ("L’œuvre d'Évelyne", "l oeuvre d evelyne"),
        ("Space-X, Space X", "space x space x"),
        ("quiiii ???", "qui"),
        ("yesss, whooo", "yes who"),
        ("créée", "creee"),
        ("Straße", "strasse"),
        ("49 % / 49%", "49 percent 49 percent"),
        ("an 2000", "an 2000"),
        ("**gras** _souligné_ `code`", "gras souligne code"),
        ("\u202eOpenAI\u202c\u200b", "openai"),
        ("a\x00b\tc", "a b c"),
        ("😀😀", ""),
        ("", ""),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("Łódź, Đinđić, Þór, Ħamrun", "lodz dindic thor hamrun"),
        ("Kılıç KILIÇ İzmir", "kilic kilic izmir"),
        ("d'or d’or dʼor dʹor d＇or d´or", "d or d or d or d or d or d or"),
        ("a\u3164b\uffa0c\u115fd", "a b c d"),
        ("مُحَمَّد محـمد מֹשֶׁה", "محمد محمد משה"),
        ("العدد ٤٩٪", "العدد 49 percent"),
        ("CO₂ in 10² m²", "co2 in 10 2 m2"),
        ("2019\u20132020, AA-rated, à \u20135 °C", "2019 2020 aa rated a -5 c"),
    ],
)
def test_spellings_of_the_same_word_fold_to_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Louis XVI", "Louis XVIII"),
        ("Charles I", "Charles III"),
        ("Super Bowl LVI", "Super Bowl LVIII"),
        ("Canon CXX", "Canon CXXX"),
        ("A rating", "AAA rating"),
        ("US", "USSS"),
        ("IEE", "IEEE"),
        ("AAS", "AAAS"),
        ("w", "www"),
        ("C", "C++"),
        ("C", "C#"),
        ("C++", "C#"),
        ("Disney", "Disney+"),
        ("AA", "AA-"),
        ("BBB+", "BBB-"),
        ("\u20135 °C", "5 °C"),
        ("TF1", "TF1+"),
        ("12 °C", "-12 °C"),
        ("12", "−12"),
        ("10", "10,000"),
        ("10 000", "10 00"),
        ("2.5", "5.2"),
        ("2.5", "25"),
        ("0.5", "5"),
        (".5", "5"),
        ("2½", "21"),
        ("5‰", "5%"),
        ("राम", "रमा"),
        ("มา", "ม้า"),
        ("かき", "かぎ"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (("10,000", "10.000", "10'000", "10’000", "10\u00a0000", "10\u202f000", "10000"), "10000"),
        (("3,200,000", "3.200.000", "3'200'000"), "3200000"),
        (("2.5", "2,5", "2.50", "2½"), "2.5"),
        (("0.125", "0,125", ".125"), "0.125"),
        (("1.234,50", "1,234.5"), "1234.5"),
        (("-12", "−12", "**-12**", "(-12"), "-12"),
        (("12.03.2024", "12/03/2024", "12-03-2024"), "12 03 2024"),
        (("COVID-19", "covid 19"), "covid 19"),
        (("GPT-4.5", "GPT 4,5"), "gpt 4.5"),
        (("£2.5m", "2.5 M"), "2.5 m"),
    ],
)
def test_a_figure_is_one_word_however_its_digits_are_grouped(spellings: tuple[str, ...], folded: str) -> None:
    assert {fold(text) for text in spellings} == {folded}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Who? https://example.com/a-1?b=c", "who"),
        ("<https://example.com> Who?", "who"),
        ("[the page](http://example.com/who) says", "the page says"),
        ("see www.example.org now", "see now"),
        ("example.com/2024/03/05/title Who?", "who"),
        ("discord.gg/abc who", "who"),
        ("Booking.com and/or U.S./China", "booking com and or u s china"),
    ],
)
def test_links_are_removed(text: str, left: str) -> None:
    assert fold(text) == left
    assert fold(without_links(text)) == left


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("佐藤は来た", "佐 藤 は 来 た"),
        ("マイクロソフトの人", "マイクロソフト の 人"),
        ("ม้ามา", "ม้ า ม า"),
        ("한국 사람", "한국 사람"),
    ],
)
def test_in_scripts_without_spaces_each_character_is_a_word(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.characters(max_codepoint=0x17F) | st.sampled_from("«»‘’“”„–—…€ 0123."), max_size=8))
def test_usual_characters_fold_the_same_beside_an_unusual_one(text: str) -> None:
    """Texts of Western Europe are folded letter by letter; one Greek letter has the whole text folded at length."""
    assert plain(f"{text} Ω") == f"{plain(text)} ω"


@given(st.text() | TRICKY)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text() | TRICKY)
def test_a_folded_text_is_lower_case_words_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert folded == folded.lower()


@given(st.text() | TRICKY)
def test_the_tokens_of_a_text_are_its_words(text: str) -> None:
    assert [token.folded for token in tokens(text)] == words(text)
    assert [word for word, _ in with_surfaces(text)] == words(text)


def test_each_word_is_found_with_its_surface() -> None:
    assert with_surfaces("L’OMS,\n est-ce WHO?") == [
        ("l", "L"),
        ("oms", "OMS"),
        ("est", "est"),
        ("ce", "ce"),
        ("who", "WHO"),
    ]
    assert with_surfaces("49% C++") == [("49", "49%"), ("percent", "49%"), ("c++", "C")]


@pytest.mark.parametrize(
    ("word", "roman"), [("xviii", True), ("lvii", True), ("i", False), ("iiii", False), ("", False)]
)
def test_a_roman_numeral_has_two_letters_in_order(word: str, *, roman: bool) -> None:
    assert is_roman(word) is roman


@pytest.mark.clock
def test_a_question_is_folded_in_microseconds() -> None:
    question = "Is OpenAI a subsidiary of Microsoft, and did it pay 10,000 ?"
    best = min(timeit.repeat(lambda: fold(question), number=1000, repeat=5)) / 1000
    assert best < 60 * MICROSECOND  # 9 if nothing else runs
