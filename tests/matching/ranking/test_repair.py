"""Misspelt words: which are repaired, and which are not."""

import pytest

from bot.matching.ranking.repair import Guess, WordRepair

TEXTS = [["when", "was", "the", "bridge", "closed"], ["who", "closed", "the", "town", "hall"], ["subsidiary"]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("brigde", [Guess("bridge", 0.8)]),
        ("clsed", [Guess("closed", 0.8)]),
        ("subsidairi", [Guess("subsidiary", 0.6)]),
        ("townhall", [Guess("town", 0.8), Guess("hall", 0.8)]),
        ("bridge", [Guess("bridge", 1.0)]),
        ("zeppelin", [Guess("zeppelin", 1.0)]),
        ("2019", [Guess("2019", 1.0)]),
        ("ab", [Guess("ab", 1.0)]),
    ],
)
def test_a_word_is_repaired_by_its_edits(written: str, meant: list[Guess]) -> None:
    assert WordRepair(TEXTS).guess([written]) == meant


def test_a_word_of_any_language_is_not_repaired() -> None:
    speller = WordRepair([["parts"]], is_word=lambda word: word == "paris")
    assert speller.guess(["paris", "partz"]) == [Guess("paris", 1.0), Guess("parts", 0.8)]


def test_of_two_equally_near_words_the_one_that_fits_its_neighbours_wins() -> None:
    speller = WordRepair([["book", "a", "car"], ["feed", "my", "cat"], ["take", "my", "bag"]])
    assert speller.guess(["feed", "my", "caz"])[-1] == Guess("cat", 0.8)
    assert speller.guess(["book", "a", "caz"])[-1] == Guess("car", 0.8)
    assert speller.guess(["feed", "mi", "cat"])[1] == Guess("my", 0.8)  # too short to be repaired by its letters only


def test_a_word_written_in_two_parts_is_joined() -> None:
    assert WordRepair(TEXTS).guess(["who", "clo", "sed"]) == [Guess("who", 1.0), Guess("closed", 0.8)]
