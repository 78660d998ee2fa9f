"""Checking a message from its context menu: the result is ephemeral, and sentences without a match are skipped."""

import pytest

from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import seen

MENU = "Check against the story"
MESSAGE = "Il fait beau. La région a payé 10 % de la passerelle ! Selon Anna Petit le pont est dangereux, non ? lol"


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        (
            "fr",
            [
                "Ce message et le dossier",
                "« La région a payé 10 % de la passerelle »",
                "La région a payé 49 % de la passerelle",
                "**Affirmation : Anna Petit**",
                "**Démenti : Le maire**",
            ],
        ),
        (
            "en-US",
            ["This message and the story", "The region paid 49%", "**Claim: Anna Petit**", "**Denial: The mayor**"],
        ),
    ],
)
async def test_each_sentence_that_meets_a_fact_is_shown_with_it(opened: OpenApp, locale: str, lines: list[str]) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        message = await world.other.send(world.channel, MESSAGE)
        result = await world.reader.context_menu(world.channel, MENU, message)
        assert result.ephemeral
        text = seen(result.response)
        for line in lines:
            assert line in text
        assert "beau" not in text
        assert len(world.channel.history()) == 1


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("fr", "Je n'ai trouvé dans ce message aucune phrase qui touche à un fait du dossier."),
        ("en-US", "I found no sentence in this message that touches on a fact in the story."),
    ],
)
@pytest.mark.parametrize("text", ["Il fait beau.", "J'adore Anna Petit", "😀", "```\ncode\n```"])
async def test_a_message_about_something_else_gets_one_sentence(
    opened: OpenApp, locale: str, said: str, text: str
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        message = await world.other.send(world.channel, text)
        result = await world.reader.context_menu(world.channel, MENU, message)
        assert result.ephemeral
        assert seen(result.response).startswith(said)


async def test_many_sentences_come_in_several_messages(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        story = app.library.current.editions[0].story
        text = "\n".join(fact.text.get("fr") for fact in list(story.shown_facts.values())[:12])[:1900]
        message = await world.other.send(world.channel, text)
        result = await world.reader.context_menu(world.channel, MENU, message)
        shown = [seen(part) for part in (result.response, *result.followups)]
        assert len(shown) >= 3
        assert all(part.ephemeral for part in result.followups)
        assert all("§" in part for part in shown)
        assert world.env.errors == []
