"""ArticleNames are found in all their forms, counted once each, and told from words that only start a sentence."""

import pytest

from bot.drafting.grammar import grammar
from bot.drafting.names import find_names


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        ("fr", "Le maire, Paul Roux, est parti. M. Roux reviendra.", {"Paul Roux": 2}),
        ("fr", "Hier, Mme Petit a parlé. Contactée, elle se tait.", {"Petit": 1}),
        ("fr", "Charles de Gaulle est né à Lille.", {"Charles de Gaulle": 1, "Lille": 1}),
        ("fr", "Le conseil d'Administration d'OpenAI a voté.", {"Administration": 1, "OpenAI": 1}),
        ("fr", "Des habitants sont venus lundi, en Mars comme en avril.", {}),
        ("en", "Eleven people met the Bank of England. Police left.", {"Bank of England": 1}),
        ("en", "Ann Lee and Tom Lee met. Lee spoke.", {"Ann Lee": 1, "Tom Lee": 1, "Lee": 1}),
        ("en", "Pell Varrow Ltd built it. Pell Varrow denies that.", {"Pell Varrow Ltd": 2}),
        ("en", "I met Mayor Jane Cole in Dover.", {"Jane Cole": 1, "Dover": 1}),
    ],
)
def test_the_names_of_a_text_are_counted(code: str, text: str, names: dict[str, int]) -> None:
    assert {name.text: name.count for name in find_names([text], grammar(code)).names} == names


@pytest.mark.parametrize(
    ("code", "text", "kind", "gender"),
    [
        ("fr", "La ministre Camille Roux est là.", "person", "feminine"),
        ("fr", "Paul Roux est là.", "person", "masculine"),
        ("fr", "On a vu Camille Roux hier.", None, None),
        ("fr", "Le groupe Éditions Roux est là.", "organisation", None),
        ("en", "They like OpenAI.", "organisation", None),
        ("en", "They live in Dover, and she works in Dover.", "place", None),
        ("en", "We met Ms Cole.", "person", "feminine"),
    ],
)
def test_what_a_name_names_is_said_only_if_the_text_shows_it(
    code: str, text: str, kind: str | None, gender: str | None
) -> None:
    name = find_names([text], grammar(code)).names[0]
    assert (name.kind, name.gender) == (kind, gender)
