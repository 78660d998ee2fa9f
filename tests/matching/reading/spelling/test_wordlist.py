"""The word lists of pyspellchecker, folded."""

import pytest

from bot.matching.reading.spelling.wordlist import word_list


@pytest.mark.parametrize(
    ("code", "common", "rarer"),
    [("fr", "que", "pont"), ("en", "the", "bridge"), ("es", "que", "puente"), ("de", "ist", "bruder")],
)
def test_a_common_word_has_a_larger_share(code: str, common: str, rarer: str) -> None:
    listed = word_list(code)
    assert listed.share(common) > 0.01 > listed.share(rarer) > 0
    assert next(iter(listed.counts)) in (common, "de", "ich")


@pytest.mark.parametrize(("code", "word"), [("fr", "abaissaient"), ("en", "zygote"), ("fr", "repare")])
def test_the_list_has_words_that_were_never_counted(code: str, word: str) -> None:
    assert word in word_list(code)
    assert "zzyzzxq" not in word_list(code)


def test_a_word_is_written_with_its_accents() -> None:
    assert word_list("fr").surface("reparation") == "réparation"
    assert word_list("fr").surface("pont") == "pont"
    assert word_list("fr").joined["aujourdhui"] == "aujourd'hui"


def test_a_language_without_a_list_has_an_empty_one() -> None:
    listed = word_list("xx")
    assert not listed.counts
    assert "pont" not in listed
    assert listed.share("pont") == 0.0
