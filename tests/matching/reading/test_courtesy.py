"""Courtesy is removed from questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.reading.courtesy import without_courtesy
from bot.matching.reading.language import language, merged
from bot.matching.reading.phrases import PhraseTable

PHRASES = merged((language("fr"), language("en"), language("es"))).courtesy


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Qui a signé ? Merci d'avance !", "Qui a signé ?"),
        ("Qui a signé ? Bien cordialement,", "Qui a signé ?"),
        ("Bonjour à tous, qui a signé ?", "qui a signé ?"),
        ("Qui, s'il vous plaît, a signé ?", "Qui, , a signé ?"),
        ("Who signed? Thanks a lot, have a nice day", "Who signed?"),
        ("Kind regards", ""),
        ("OnRecord, who signed?", "who signed?"),
        ("Hey bot, who signed?", "who signed?"),
        ("Who signed, OnRecord?", "Who signed?"),
        ("¿Quién firmó? Muchas gracias de antemano", "¿Quién firmó?"),
        ("Who is OnRecord?", "Who is OnRecord?"),
        ("OnRecord est-il fiable ?", "OnRecord est-il fiable ?"),
        ("Did he send his best regards to her?", "Did he send his best regards to her?"),
        ("Who signed?", "Who signed?"),
        ("", ""),
    ],
)
def test_phrases_of_courtesy_are_removed(text: str, asked: str) -> None:
    assert without_courtesy(text, PHRASES) == asked


@given(st.text())
def test_a_text_without_courtesy_is_unchanged(text: str) -> None:
    assert without_courtesy(text, PhraseTable({})) in {text, *_without_address(text)}


def _without_address(text: str) -> list[str]:
    return [without_courtesy(text, PHRASES)] if "bot" in text.lower() or "record" in text.lower() else []
