"""Likely mistakes cost less than unlikely ones."""

import pytest

from bot.matching.reading.spelling.edits import edit_cost


@pytest.mark.parametrize(
    ("meant", "likely", "unlikely"),
    [
        ("bridge", "bridgge", "bridxge"),
        ("bridge", "birdge", "bdidge"),
        ("bridge", "bridfe", "bridpe"),
        ("bridge", "bredge", "brmdge"),
        ("bridge", "bridg", "bidge"),
        ("bridge", "brdge", "brige"),
        ("bridge", "bridje", "bridxe"),
        ("bridge", "bridxe", "xridge"),
        ("bridge", "rbidge", "pridge"),
    ],
)
def test_a_likely_mistake_costs_less(meant: str, likely: str, unlikely: str) -> None:
    assert 0 < edit_cost(likely, meant) < edit_cost(unlikely, meant)


def test_a_correct_spelling_costs_nothing() -> None:
    assert edit_cost("bridge", "bridge") == 0.0
