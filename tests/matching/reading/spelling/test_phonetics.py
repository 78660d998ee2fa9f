"""Words have the same phonetic key if and only if they sound alike."""

import pytest

from bot.matching.reading.spelling.phonetics import phonetic_keys


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("fr", "ataque attaque attaquer attaques"),
        ("fr", "kan quand quant"),
        ("fr", "repparation reparation"),
        ("fr", "bato bateau"),
        ("fr", "farmacie pharmacie"),
        ("fr", "conbien combien"),
        ("en", "bild build"),
        ("en", "nite night"),
        ("en", "fone phone"),
        ("en", "enuf enof"),
        ("es", "varco barco"),
        ("es", "zerrar serrar"),
        ("es", "ola hola"),
        ("de", "brucke bruecke"),
        ("de", "farrad fahrrad"),
        ("it", "kiesa chiesa"),
        ("pt", "qem quem"),
        ("nl", "tijt teid"),
    ],
)
def test_words_that_sound_alike_have_the_same_key(code: str, words: str) -> None:
    assert len(set(phonetic_keys(words.split(), code))) == 1


@pytest.mark.parametrize(
    ("code", "words"), [("fr", "pont pente"), ("fr", "poisson poison"), ("en", "bridge badge"), ("es", "carro cerro")]
)
def test_words_that_sound_different_have_different_keys(code: str, words: str) -> None:
    assert len(set(phonetic_keys(words.split(), code))) == 2


def test_a_list_of_words_has_a_key_for_each() -> None:
    assert phonetic_keys([], "fr") == []
    assert phonetic_keys(["pont"], "xx") == ["pont"]
    assert len(phonetic_keys(["quai", "quoi", "qui"], "fr")) == 3
