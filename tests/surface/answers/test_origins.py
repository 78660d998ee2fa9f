"""The button under an answer that shows where it is written."""

import pytest

from tests.conftest import OpenApp
from tests.discord_world import choose, press, world_around
from tests.surface.words import buttons, seen


@pytest.mark.parametrize(
    ("locale", "question", "lines"),
    [
        (
            "fr",
            "Que répond le maire ?",
            [
                "Dans les mots de l'article, Le maire dément : article de juin 2020, § 2",
                "Le paragraphe, résumé par la rédaction : Le débat",
                "1 autre fait s'appuie",
            ],
        ),
        (
            "en-US",
            "What does the mayor answer?",
            [
                "In the article's words, Le maire dément (in French): article of June 2020, § 2",
                "The paragraph, as summed up by the editors: The debate",
                "1 other fact is based on",
            ],
        ),
    ],
)
async def test_the_button_tells_whoever_presses_where_an_answer_is_written(
    opened: OpenApp, locale: str, question: str, lines: list[str]
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        answer = await world.reader.slash(world.channel, "ask", question=question)
        assert answer.response is not None
        async with opened() as again:
            await world.env.restart_bot(again.client)
            result = await choose(world.other, answer.response, "Sources")
        assert result.response is not None
        assert result.response.ephemeral
        for line in lines:
            assert line in seen(result.response)
        assert buttons(result.response) == []


@pytest.mark.parametrize("state", ["o:fr:00000000:region-share", "o:fr:zz:region-share", "o:fr:00000000:"])
async def test_a_forged_button_tells_nothing(opened: OpenApp, state: str) -> None:
    async with opened() as app, world_around(app) as world:
        answer = await world.reader.slash(world.channel, "ask", question="Qui est Anna Petit ?")
        result = await press(world.reader, world.channel, answer.response, state)
        assert result.response is None
