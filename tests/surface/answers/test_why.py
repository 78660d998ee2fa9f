"""The button that explains an answer, ephemerally."""

from typing import Any

import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, choose, world_around
from tests.surface.words import ANSWERED, UNANSWERED, buttons, seen


async def asked(world: World, question: str) -> Any:
    result = await world.reader.slash(world.channel, "ask", question=question)
    assert result.response is not None
    await world.app.journal.flush()
    return result.response


@pytest.mark.parametrize(
    ("locale", "question", "button", "lines"),
    [
        (
            "fr",
            "anna petit cest qui",
            "Pourquoi cette réponse ?",
            [
                "De tous les faits, celui-ci répond le mieux à votre question, et rien ne l'exclut.",
                "La question, telle que je l'ai comprise : anna petit c'est qui",
                "La question la plus proche à laquelle le dossier répond : Qui est Anna Petit ?",
                "Mots de la question présents dans le fait : anna petit",
            ],
        ),
        (
            "en-US",
            "who's anna petit",
            "Why this answer?",
            [
                "Of all the facts, this one answers your question best, and nothing rules it out.",
                "The question, as I understood it: who's anna petit",
                "The nearest question that the story answers: Who is Anna Petit?",
                "Words of the question that are in the fact: anna petit",
            ],
        ),
    ],
)
async def test_an_answer_says_why_to_whoever_asks(
    opened: OpenApp, locale: str, question: str, button: str, lines: list[str]
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        message = await asked(world, question)
        assert buttons(message) == ANSWERED[locale[:2]]
        result = await choose(world.other, message, button)
        assert result.response is not None
        assert result.response.ephemeral
        assert seen(result.response).splitlines()[:4] == lines


async def test_a_follow_up_is_explained_as_it_was_understood(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, locale="en-US") as world:
        await asked(world, "Who built the bridge?")
        message = await asked(world, "and when?")
        result = await choose(world.reader, message, "Why this answer?")
        assert "when built the bridge" in seen(result.response)


async def test_it_outlives_a_restart(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, locale="en-US") as world:
        message = await asked(world, "Who is Anna Petit?")
        async with opened() as again:
            await world.env.restart_bot(again.client)
            result = await choose(world.reader, message, "Why this answer?")
            assert "Who is Anna Petit?" in seen(result.response)


@pytest.mark.parametrize(
    ("locale", "question", "button", "lines"),
    [
        (
            "fr",
            "Qui est l'adjoint d'Anna Petit au département ?",
            "Pourquoi cette réponse ?",
            [
                "La question la plus proche à laquelle le dossier répond : Qui est Anna Petit ?",
                "Ce fait n'est pas donné comme réponse, car la question contient un mot qui n'y figure pas.",
            ],
        ),
        (
            "en-US",
            "Who is Anna Petit's deputy at the county?",
            "Why this reply?",
            [
                "The nearest question that the story answers: Who is Anna Petit?",
                "This fact is not given as the answer, because the question contains a word that it does not.",
            ],
        ),
    ],
)
async def test_the_nearest_on_record_says_what_stands_against_it(
    opened: OpenApp, locale: str, question: str, button: str, lines: list[str]
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        message = await asked(world, question)
        result = await choose(world.other, message, button)
        assert result.response is not None
        assert result.response.ephemeral
        assert set(lines) <= set(seen(result.response).splitlines())


async def test_an_abstention_is_no_answer(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, locale="en-US") as world:
        assert buttons(await asked(world, "Who keeps the lighthouse?")) == UNANSWERED["en"]
