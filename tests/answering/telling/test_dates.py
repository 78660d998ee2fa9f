"""Dates in words, at the precision of their source."""

import pytest

from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.dates import article_text, date_text, when_text
from bot.story.model import Story, When


@pytest.mark.parametrize(
    ("edtf", "locale", "words"),
    [
        ("2015", "fr", "2015"),
        ("2024-03-04", "es", "4 de marzo de 2024"),
        ("2019/", "es", "a partir de 2019, final desconocido"),
        ("2024-03-04", "de", "4. März 2024"),
        ("2024-03", "fr", "mars 2024"),
        ("2024-03", "en", "March 2024"),
        ("2024-03-04", "fr", "4 mars 2024"),
        ("2024-03-04", "en", "March 4, 2024"),
        ("2024-03~", "fr", "vers mars 2024"),
        ("2015?", "en", "2015, uncertain"),
        ("2015%", "fr", "vers 2015 (incertain)"),
        ("2024-03-01~", "fr", "vers le 1er mars 2024"),
        ("2024-21", "fr", "au printemps 2024"),
        ("2024-21", "en", "in spring 2024"),
        ("2024-22", "fr", "à l'été 2024"),
        ("2023-24", "fr", "à l'hiver 2023-2024"),
        ("2023-24", "en", "in winter 2023–2024"),
        ("2024-23~", "fr", "vers l'automne 2024"),
        ("2024-21?", "en", "in spring 2024, uncertain"),
        ("201X", "fr", "dans les années 2010"),
        ("201X", "en", "in the 2010s"),
        ("201X~", "en", "about the 2010s"),
        ("19XX", "fr", "entre 1900 et 1999"),
        ("19XX", "en", "between 1900 and 1999"),
        ("2024-XX", "fr", "2024 (mois non précisé)"),
        ("2024-03-XX", "en", "March 2024 (day not stated)"),
        ("2018/2021", "fr", "de 2018 à 2021"),
        ("2018/2021", "en", "from 2018 to 2021"),
        ("2024-01/2024-03", "en", "from January to March 2024"),
        ("2024-03-01/2024-03-06", "en", "from March 1 to March 6, 2024"),
        ("2024-03-31/2024-04-01", "fr", "du 31 mars au 1er avril 2024"),
        ("2023-12/2024-02", "fr", "de décembre 2023 à février 2024"),
        ("2024-04/2024-10", "fr", "d'avril à octobre 2024"),
        ("2024-03-01/2024-03-06", "fr", "du 1er au 6 mars 2024"),
        ("2023-24/2024-22", "fr", "de l'hiver 2023-2024 à l'été 2024"),
        ("199X/201X", "fr", "des années 1990 aux années 2010"),
        ("199X/201X", "en", "from the 1990s to the 2010s"),
        ("2018~/2021?", "fr", "de 2018 environ à 2021 (incertain)"),
        ("2018~/2021?", "en", "from about 2018 to 2021 (uncertain)"),
        ("2019/..", "fr", "depuis 2019"),
        ("2019/..", "en", "since 2019"),
        ("2024-03-04/..", "fr", "depuis le 4 mars 2024"),
        ("2019/", "fr", "à partir de 2019, fin inconnue"),
        ("2019/", "en", "from 2019, end unknown"),
        ("../2015", "fr", "jusqu'en 2015"),
        ("../2015-08", "fr", "jusqu'en août 2015"),
        ("../2015-21", "fr", "jusqu'au printemps 2015"),
        ("../2015~", "fr", "jusqu'en 2015 environ"),
        ("../201X", "fr", "jusqu'aux années 2010"),
        ("../2015", "en", "until 2015"),
        ("/2015", "fr", "jusqu'en 2015, début inconnu"),
        ("/2015", "en", "until 2015, start unknown"),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is_known(edtf: str, locale: str, words: str) -> None:
    assert date_text(edtf, locale, catalogue()) == words


@pytest.mark.parametrize(
    ("edtf", "german", "spanish"),
    [
        ("2015~", "um 2015", "hacia 2015"),
        ("2024-03~", "um März 2024", "hacia marzo de 2024"),
        ("2024-03-01~", "um den 1. März 2024", "hacia el 1 de marzo de 2024"),
        ("201X", "in den 2010er-Jahren", "en la década de 2010"),
        ("201X~", "etwa in den 2010er-Jahren", "hacia la década de 2010"),
        ("19XX", "zwischen 1900 und 1999", "entre 1900 y 1999"),
        ("19XX~", "etwa zwischen 1900 und 1999", "aproximadamente entre 1900 y 1999"),
        ("2024-21", "im Frühjahr 2024", "en la primavera de 2024"),
        ("2024-24~", "etwa im Winter 2024/2025", "hacia el invierno de 2024-2025"),
        ("2024-01/2024-03", "von Januar bis März 2024", "de enero a marzo de 2024"),  # a quarter
        ("2024-03-01/2024-03-06", "vom 1. bis zum 6. März 2024", "del 1 al 6 de marzo de 2024"),
        ("2015~/2018", "von etwa 2015 bis 2018", "de 2015 aproximadamente a 2018"),
        (
            "199X/201X~",
            "von den 1990er-Jahren bis etwa zu den 2010er-Jahren",
            "de la década de 1990 a la década de 2010 aproximadamente",
        ),
        ("201X~/..", "etwa seit den 2010er-Jahren", "desde la década de 2010 aproximadamente"),
        ("2024-03-04/..", "seit dem 4. März 2024", "desde el 4 de marzo de 2024"),
        ("../2015~", "bis etwa 2015", "hasta 2015 aproximadamente"),
        ("../2015-03-04~", "bis etwa zum 4. März 2015", "hasta el 4 de marzo de 2015 aproximadamente"),
        ("../2015-21", "bis zum Frühjahr 2015", "hasta la primavera de 2015"),
    ],
)
def test_dates_are_grammatical_in_german_and_spanish(edtf: str, german: str, spanish: str) -> None:
    assert date_text(edtf, "de", catalogue()) == german
    assert date_text(edtf, "es", catalogue()) == spanish


@pytest.mark.parametrize(
    ("when", "locale", "words"),
    [
        (
            {"edtf": "2024-03", "stated": {"fr": "ce week-end", "en": "this weekend"}},
            "en",
            "this weekend, says the article of March 2024",
        ),
        (
            {"edtf": "2020", "derived_from": {"fact": "bridge-closed", "offset": "P1Y"}},
            "fr",
            "2020, par déduction : 1 an après 2019",
        ),
        ({"edtf": "2015"}, "fr", "2015"),
        ({"edtf": "2025-03", "announced": True}, "fr", "annoncé pour mars 2025"),
        ({"edtf": "2025-03", "announced": True}, "en", "announced for March 2025"),
        ({"edtf": "2025-21", "announced": True}, "de", "angekündigt für das Frühjahr 2025"),
        ({"edtf": "2025/2027", "announced": True}, "de", "angekündigt für die Zeit von 2025 bis 2027"),
        ({"edtf": "202X", "announced": True}, "de", "angekündigt für die 2020er-Jahre"),
        ({"edtf": "2025-03-04~", "announced": True}, "de", "angekündigt etwa für den 4. März 2025"),
        ({"edtf": "2025-03-04~", "announced": True}, "es", "anunciado para el 4 de marzo de 2025 aproximadamente"),
        ({"edtf": "192X", "announced": True}, "es", "anunciado para la década de 1920"),
        ({"edtf": "2025-21", "announced": True}, "fr", "annoncé pour le printemps 2025"),
        ({"edtf": "2025/2027", "announced": True}, "en", "announced for the period from 2025 to 2027"),
        ({"edtf": "2026-10/..", "announced": True}, "fr", "annoncé à partir d'octobre 2026"),
        ({"edtf": "2026/..", "announced": True}, "en", "announced from 2026 on"),
        ({"edtf": "../2030", "announced": True}, "fr", "annoncé jusqu'en 2030"),
        (
            {"edtf": "2024-04", "announced": True, "stated": {"fr": "le mois prochain", "en": "next month"}},
            "fr",
            "annoncé : « le mois prochain », selon l'article de mars 2024",
        ),
        (
            {"edtf": "2029", "announced": True, "derived_from": {"fact": "bridge-closed", "offset": "P10Y"}},
            "en",
            "announced for 2029, worked out: 10 years after 2019",
        ),
    ],
)
def test_where_a_date_comes_from_is_said(story: Story, when: dict[str, object], locale: str, words: str) -> None:
    source = story.sources[0].model_copy(update={"published": "2024-03", "language": "fr"})
    assert when_text(When.model_validate(when), story, source, locale, catalogue()) == words


@pytest.mark.parametrize(
    ("published", "locale", "words"),
    [
        ("2024-03", "fr", "article de mars 2024"),
        ("2024-04", "fr", "article d'avril 2024"),
        ("2024-03-04", "fr", "article du 4 mars 2024"),
        ("2024-03-04", "en", "article of March 4, 2024"),
        ("2024-03-04", "es", "artículo del 4 de marzo de 2024"),
        ("2024-03", "de", "Artikel vom März 2024"),
        ("2024", "de", "Artikel von 2024"),
        ("201X", "de", "Artikel aus den 2010er-Jahren"),
        ("201X~", "de", "Artikel etwa aus den 2010er-Jahren"),
        ("2015~", "de", "Artikel von etwa 2015"),
        ("2024-03~", "de", "Artikel etwa vom März 2024"),
        ("2024-03-04~", "de", "Artikel etwa vom 4. März 2024"),
        ("201X~", "es", "artículo de la década de 2010 aproximadamente"),
        ("2024-03-04~", "es", "artículo del 4 de marzo de 2024 aproximadamente"),
        ("201X~", "fr", "article des années 2010 environ"),
    ],
)
def test_an_article_is_named_by_its_date(published: str, locale: str, words: str) -> None:
    assert article_text(published, locale, catalogue()) == words
