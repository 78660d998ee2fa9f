"""Dates are no more precise than the words that give them."""

import pytest

from bot.drafting.dating import dates_in
from bot.drafting.grammar import grammar


@pytest.mark.parametrize(
    ("code", "published", "text", "found"),
    [
        ("fr", "2024-03", "créée en 2015", [("2015", "2015")]),
        ("fr", "2024-03", "le 3 mars 2021", [("3 mars 2021", "2021-03-03")]),
        ("fr", "2024-03", "en mars 2021", [("mars 2021", "2021-03")]),
        ("fr", "2024-03", "vers 1990", [("1990", "1990~")]),
        ("fr", "2024-03", "jeudi dernier", [("jeudi dernier", "2024-03~")]),
        ("fr", "2024-03-04", "jeudi dernier", [("jeudi dernier", "2024-02-29")]),
        ("fr", "2024-03-04", "lundi prochain", [("lundi prochain", None)]),
        ("fr", "2024-03-04", "hier", [("hier", "2024-03-03")]),
        ("fr", "2026?", "ce week-end", [("ce week-end", "2026%")]),
        ("fr", "2024-03", "trois ans plus tard", [("trois ans plus tard", None)]),
        ("fr", "2024-03", "fin juin", [("fin juin", None)]),
        ("fr", "2024-03", "2 500 personnes et 1924 pommiers", []),
        ("en", "2024-03-04", "on 12 March 2021", [("12 March 2021", "2021-03-12")]),
        ("en", "2024-03-04", "on 24 April.", [("24 April", None)]),
        ("en", "2024-03-04", "March 12, 2021", [("March 12, 2021", "2021-03-12")]),
        ("en", "2024-03-04", "last Thursday", [("last Thursday", "2024-02-29")]),
        ("en", "2024-03-04", "last month, last year", [("last month", "2024-02"), ("last year", "2023")]),
        ("en", "2024-03", "around 2016", [("2016", "2016~")]),
        ("en", "2024-03", "they may march in the spring", [("in the spring", None)]),
        ("en", "2024-03", "on 31 February 2021", [("31 February 2021", None)]),
        ("de", "2024-03", "im Jahr 2015", []),
    ],
)
def test_the_dates_of_a_text(code: str, published: str, text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(date.words, date.edtf) for date in dates_in(text, published, grammar(code))] == found
