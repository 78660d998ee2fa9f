"""Readers whose Discord is in Spanish or German: the story's texts are in its own languages, all else is in theirs."""

import pytest

from bot.surface.platform.cooldowns import QUESTION_RATE
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import seen

CLAIM = "Anna Petit asserts that the bridge is dangerous."
DENIAL = "The mayor denies that the bridge is dangerous."
ANSWERS = {  # to a name alone, which is in no language
    "es-ES": [
        "Según el artículo",
        "«Louis Garnier et Jeanne Roy» (en francés): [artículo de junio",
        "[Más…]",
    ],
    "de": ["Laut Artikel", "„Louis Garnier et Jeanne Roy“ (auf Französisch): [Artikel vom", "[Mehr …]"],
}
SIDES = {
    "es-ES": [f"Afirmación: Anna Petit\nAfirmación 1 de 3\n{CLAIM}", f"Desmentido: The mayor\n{DENIAL}"],
    "de": [f"Aussage: Anna Petit\nAussage 1 von 3\n{CLAIM}", f"Dementi: The mayor\n{DENIAL}"],
}
SAID: dict[str, dict[str, str]] = {
    "unknown": {"es-ES": "El dosier no dice eso: no menciona nada", "de": "Das steht nicht im Dossier: Es erwähnt"},
    "help": {"es-ES": "• `/ayuda` Leer una respuesta", "de": "• `/hilfe` Eine Antwort lesen"},
    "privacy": {"es-ES": "Esto es todo lo que guardo sobre usted.", "de": "Das ist alles, was ich über Sie speichere."},
    "cooldown": {"es-ES": "Está haciendo muchas preguntas.", "de": "Sie stellen sehr viele Fragen."},
}
NAMES = {
    "ask": {"es-ES": "preguntar", "es-419": "preguntar", "de": "fragen", "fr": "demander", "en-GB": "ask"},
    "privacy": {"es-ES": "privacidad", "es-419": "privacidad", "de": "datenschutz", "fr": "confidentialité"},
    "Check against the story": {"es-ES": "Contrastar con el dosier", "de": "Mit dem Dossier abgleichen"},
}


@pytest.mark.parametrize("locale", ANSWERS)
async def test_a_reader_is_answered_in_the_language_of_their_discord(opened: OpenApp, locale: str) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:

        async def said(command: str, **options: str) -> str:
            return seen((await world.reader.slash(world.channel, command, **options)).response)

        answer, sides = await said("ask", question="jeanne roy"), await said("claims")
        assert [line for line in ANSWERS[locale] if line not in answer] == []
        assert [line for line in SIDES[locale] if line not in sides] == []
        assert SAID["unknown"][locale] in await said("ask", question="Zzz")
        assert SAID["help"][locale] in await said("help")
        assert SAID["privacy"][locale] in await said("privacy export")
        for _ in range(QUESTION_RATE.times + 1):
            last = await said("ask", question="Zzz")
        assert SAID["cooldown"][locale] in last


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("¿Cuánto cuesta ChatGPT al mes?", "El dosier no dice eso"),
        ("Wie wird das Wetter morgen in Berlin?", "Das steht nicht im Dossier"),
        ("Who is the judge of the case?", "The story does not say that"),
    ],
)
async def test_that_there_is_no_answer_is_said_in_the_language_of_the_question(
    opened: OpenApp, text: str, said: str
) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.send(world.channel, f"{world.mention()} {text}")
        assert said in seen(world.channel.last_message)


async def test_commands_have_names_in_each_of_discords_locales_that_has_a_catalogue(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        sent = next(request.json for request in world.env.http_requests if request.method == "PUT")
        assert isinstance(sent, list)
        rows = {row["name"]: row["name_localizations"] for row in sent}
        for name, expected in NAMES.items():
            assert {locale: rows[name][locale] for locale in expected} == expected
        assert "ja" not in rows["ask"]
