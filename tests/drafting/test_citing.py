"""The words of a citation are exact, few, and occur once."""

from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.citing import MOST_WORDS, cited_words

TEXT = "Le pont est vieux, dit Anne, et le pont est « beau ». Le pont est haut."


def test_a_short_quotation_gets_the_words_before_it_and_its_closing_mark() -> None:
    start = TEXT.index("beau")
    assert cited_words(TEXT, start, start + 4, first=0, last=len(TEXT)).exact == "pont est « beau »"


def test_words_that_occur_twice_get_what_is_around_them() -> None:
    start = TEXT.rindex("pont est")
    found = cited_words(TEXT, start, start + len("pont est haut") - 1)
    assert TEXT.count(found.prefix + found.exact + found.suffix) == 1
    twice = cited_words("un deux trois, un deux trois", 15, 28)
    assert (twice.exact, twice.prefix) == ("un deux trois", "trois, ")


def test_a_long_quotation_is_cut_at_a_comma() -> None:
    text = "one two three four five, six seven eight nine ten eleven twelve thirteen fourteen"
    assert cited_words(text, 0, len(text)).exact == "one two three four five"


@given(st.text(alphabet="ab ,.«»", min_size=1), st.data())
def test_the_words_of_any_part_of_a_text_are_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = cited_words(text, start, end)
    assert found.prefix + found.exact + found.suffix in text
    assert len(found.exact.split()) <= max(MOST_WORDS, len(text[start:end].split()))
