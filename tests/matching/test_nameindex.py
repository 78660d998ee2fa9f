"""Finding a named thing by its name, or by part of it."""

import pytest

from bot.matching.nameindex import NameIndex

INDEX = NameIndex.build(
    [
        ("openai", ["OpenAI", "la société"]),
        ("elon-musk", ["Elon Musk", "Musk"]),
        ("us-government", ["Le gouvernement des États-Unis"]),
    ],
    ["fr", "en"],
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("elon musk", "elon-musk"),
        ("Open AI", "openai"),
        ("gouvernement des etats unis", "us-government"),
        ("Elon", None),
        ("", None),
    ],
)
def test_a_complete_name_is_found_in_any_spelling(typed: str, found: str | None) -> None:
    assert INDEX.find(typed) == found


@pytest.mark.parametrize(
    ("typed", "first"),
    [("mu", "elon-musk"), ("ope", "openai"), ("etats", "us-government"), ("musc", "elon-musk"), ("soci", "openai")],
)
def test_a_part_of_a_name_is_completed(typed: str, first: str) -> None:
    assert INDEX.complete(typed, 5)[0] == first


def test_an_empty_text_completes_to_everything_once_up_to_the_limit() -> None:
    assert INDEX.complete("", 5) == ["openai", "elon-musk", "us-government"]
    assert INDEX.complete("", 2) == ["openai", "elon-musk"]


def test_a_text_unlike_every_name_completes_to_nothing() -> None:
    assert INDEX.complete("zzzzzz", 5) == []
