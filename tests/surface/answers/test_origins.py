"""The button under an answer that tells where it is written."""

import pytest

from tests.conftest import OpenApp
from tests.discord_world import press, world_around
from tests.surface.words import buttons, seen


@pytest.mark.parametrize(
    ("locale", "question", "lines"),
    [
        (
            "fr",
            "Que réfute Jason Kwon ?",
            [
                "« a réfuté » : § 5, article de mars 2024",
                "Le paragraphe, résumé par la rédaction : Le motif",
                "autres faits s'appuient",
            ],
        ),
        (
            "en-US",
            "What does Jason Kwon deny?",
            [
                "“a réfuté”: § 5, article of March 2024",
                "The paragraph, as summed up by the editors: The grounds",
                "other facts rest on",
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
            result = await world.other.click(answer.response, label="Sources")
        assert result.ephemeral
        for line in lines:
            assert line in seen(result.response)
        assert buttons(result.response) == []


@pytest.mark.parametrize("state", ["o:fr:00000000:mission", "o:fr:zz:mission", "o:fr:00000000:"])
async def test_a_forged_button_tells_nothing(opened: OpenApp, state: str) -> None:
    async with opened() as app, world_around(app) as world:
        answer = await world.reader.slash(world.channel, "ask", question="Qui est Jason Kwon ?")
        result = await press(world.reader, world.channel, answer.response, state)
        assert result.response is None
