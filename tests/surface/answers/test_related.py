"""The button for related facts: up to four questions, sent ephemerally, each of which has an answer."""

import pytest

from tests.conftest import OpenApp
from tests.discord_world import choose, press, world_around
from tests.surface.words import ANSWERED, buttons, seen


@pytest.mark.parametrize(
    ("locale", "question", "label", "title"),
    [
        ("fr", "Combien a payé la région ?", "Faits liés", "Le dossier répond aussi à ces questions"),
        (
            "en-US",
            "How much of the footbridge did the region pay?",
            "Related facts",
            "The story also answers these related",
        ),
    ],
)
async def test_whoever_presses_may_go_on_to_what_is_near(
    opened: OpenApp, locale: str, question: str, label: str, title: str
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        answer = await world.reader.slash(world.channel, "ask", question=question)
        assert answer.response is not None
        before = seen(answer.response)
        async with opened() as again:
            await world.env.restart_bot(again.client)
            offered = await choose(world.other, answer.response, label)
            assert offered.response is not None
            assert offered.response.ephemeral
            assert seen(offered.response).startswith(title)
            assert 1 <= len(buttons(offered.response)) <= 4
            chosen = buttons(offered.response)[0]
            result = await world.other.click(offered.response, label=chosen)
            shown = result.response or offered.response
            assert buttons(shown) == ANSWERED[locale[:2]]
            assert title not in seen(shown)
        assert seen(world.channel.last_message) == before


async def test_a_forged_button_offers_nothing(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        answer = await world.reader.slash(world.channel, "ask", question="Qui est Anna Petit ?")
        result = await press(world.reader, world.channel, answer.response, f"l:{'0' * 12}:fr:00000000:region-share")
        assert result.response is None
        assert world.env.errors == []
