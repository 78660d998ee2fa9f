"""A question that offers alternatives is split into one for each, and any other is left as it is."""

import pytest

from bot.matching.reading.alternatives import alternatives
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import parse
from tests.matching.deciding.harbour import HARBOUR

LEXICON = Lexicon.of(HARBOUR)


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        (
            "en",
            "Did Ada Holm or Ben Ruud sue Nordline?",
            ("Did Ada Holm sue Nordline?", "Did Ben Ruud sue Nordline?"),
        ),
        (
            "en",
            "Was it sold for a contract, or rather for a debt?",
            ("Was it sold for a contract?", "Was it sold for a debt?"),
        ),
        (
            "en",
            "Did Nordline buy it in 2017, 2018 or 2019?",
            ("Did Nordline buy it in 2017?", "Did Nordline buy it in 2018?", "Did Nordline buy it in 2019?"),
        ),
        (
            "fr",
            "Nordline a-t-il vendu ou acheté le quai ?",
            ("Nordline a-t-il vendu le quai ?", "Nordline a-t-il acheté le quai ?"),
        ),
        (
            "de",
            "Hat Nordline das Terminal gekauft oder verkauft?",
            ("Hat Nordline das Terminal gekauft?", "Hat Nordline das Terminal verkauft?"),
        ),
        ("fr", "Nordline est né où ?", ()),
        ("fr", "C'est où que Nordline a acheté le quai ?", ()),
        ("en", "Ada Holm or Ben Ruud?", ()),
        ("en", "Or did Nordline buy it?", ()),
        ("en", "Did Nordline buy it or", ()),
        ("en", "Did Nordline buy the terminal?", ()),
    ],
)
def test_each_alternative_is_asked_alone(code: str, text: str, found: tuple[str, ...]) -> None:
    assert alternatives(parse(text, LEXICON, code)) == found
