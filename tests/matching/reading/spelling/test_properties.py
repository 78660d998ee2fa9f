"""Properties of the correction of any text."""

import re
import string

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.matching.fold import fold, words
from tests.matching.reading.spelling.bridge import TEXTS, speller

KNOWN = sorted({word for text in TEXTS["en"] for word in re.findall(r"\w{4,}", text)})


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """Draw a curated question with a letter of some words deleted, doubled, swapped or substituted."""
    parts = draw(st.sampled_from([*TEXTS["fr"], *TEXTS["en"]])).lower().split()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(parts) - 1))
        word = parts[at]
        place = draw(st.integers(0, max(0, len(word) - 1)))
        other = draw(st.sampled_from(string.ascii_lowercase))
        parts[at] = draw(
            st.sampled_from(
                [
                    word[:place] + word[place + 1 :],
                    word[:place] + word[place : place + 1] + word[place:],
                    word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
                    word[:place] + other + word[place + 1 :],
                ]
            )
        )
    return " ".join(parts)


@given(st.text(max_size=200))
def test_any_text_can_be_parsed(text: str) -> None:
    spelled = speller("fr", "en").correct(text)
    assert list(spelled.tokens) == words(spelled.text)
    assert all(0 <= at < len(spelled.tokens) for at in spelled.guessed)
    assert spelled.guessed or list(spelled.tokens) == words(text)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Zs"]), max_size=200))
def test_a_text_without_corrections_is_unchanged(text: str) -> None:
    assume([fold(word) for word in text.split()] == words(text))  # a text with "ŉ", two letters in one, is folded
    spelled = speller("fr", "en").correct(text)
    assert spelled.guessed or spelled.text == text


@given(misspelt())
def test_the_corrected_text_folds_to_its_tokens(text: str) -> None:
    spelled = speller("fr", "en").correct(text)
    assert list(spelled.tokens) == words(spelled.text)


@given(misspelt(), st.integers(0, 10**6), st.integers(0, 8))
def test_digits_are_unchanged(text: str, number: int, place: int) -> None:
    parts = text.split()
    typed = " ".join([*parts[:place], str(number), *parts[place:]])
    digits = re.findall(r"\d+", typed)
    assert re.findall(r"\d+", speller("fr", "en").correct(typed).text) == digits


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=80).map(" ".join))
def test_a_text_of_known_words_is_unchanged(text: str) -> None:
    spelled = speller("en").correct(text)
    assert (spelled.text, spelled.guessed) == (text, frozenset())


@given(misspelt())
@settings(max_examples=20)  # each loads the lists again
def test_the_same_text_is_corrected_the_same_way(text: str) -> None:
    speller.cache_clear()
    first = speller("fr", "en").correct(text)
    speller.cache_clear()
    assert speller("fr", "en").correct(text) == first
