"""What the bot says by itself is in the language of the user's words, then of their Discord, then of the server."""

import pytest

from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import seen


@pytest.mark.parametrize(
    ("text", "is_known", "expected"),
    [
        ("Qui garde le phare ?", True, "Le dossier ne dit pas cela"),  # the words come first
        ("Google", True, "The story does not say that"),  # no language: that of the user's Discord
        ("Google", False, "Le dossier ne dit pas cela"),  # not known either: that of the server
    ],
)
async def test_a_message_is_answered_in_its_authors_language(
    opened: OpenApp, text: str, is_known: bool, expected: str
) -> None:
    async with opened() as app, world_around(app, locale="en-US") as world:
        if is_known:
            await world.reader.slash(world.channel, "help")
        await world.reader.send(world.channel, f"{world.mention()} {text}")
        assert seen(world.channel.last_message).startswith(expected)
