"""Dates in words, at the precision of their source."""

import pytest

from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.dates import date_text, when_text
from bot.story.model import Story, When


@pytest.mark.parametrize(
    ("edtf", "locale", "words"),
    [
        ("2015", "fr", "2015"),
        ("2024-03", "fr", "mars 2024"),
        ("2024-03", "en", "March 2024"),
        ("2024-03-04", "fr", "4 mars 2024"),
        ("2024-03-04", "en", "March 4, 2024"),
        ("2024-03~", "fr", "vers mars 2024"),
        ("2015?", "en", "2015, uncertain"),
        ("2015%", "fr", "vers 2015 (incertain)"),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is_known(edtf: str, locale: str, words: str) -> None:
    assert date_text(edtf, locale, catalogue()) == words


@pytest.mark.parametrize(
    ("when", "locale", "words"),
    [
        (
            {"edtf": "2024-03", "stated": {"fr": "ce week-end", "en": "this weekend"}},
            "en",
            "“this weekend”, says the article of March 2024",
        ),
        (
            {"edtf": "2020", "derived_from": {"fact": "bridge-closed", "offset": "P1Y"}},
            "fr",
            "2020, par déduction : 1 an après 2019",
        ),
        ({"edtf": "2015"}, "fr", "2015"),
    ],
)
def test_where_a_date_comes_from_is_said(story: Story, when: dict[str, object], locale: str, words: str) -> None:
    assert when_text(When.model_validate(when), story, "2024-03", locale, catalogue()) == words
