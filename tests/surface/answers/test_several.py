"""Several questions in one chat message: all answers in one reply, and how that reply is corrected."""

import re
from pathlib import Path

import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, channel_without, publish, world_around
from tests.fakes import SetClock
from tests.small_story import edit
from tests.surface.words import ANSWERED, buttons, seen

TWO = {
    "fr": "Quand la passerelle a-t-elle été ouverte ? Que dit Anna Petit du pont ?",
    "en": "When was the footbridge opened? What does Anna Petit say about the bridge?",
}
SAID = {
    "fr": ("Rapporté par l'article", "2020", "Affirmation : Anna Petit", "Démenti : Le maire", "article de juin 2020"),
    "en": ("Reported by the article", "2020", "Claim: Anna Petit", "Denial: The mayor", "article of June 2020"),
}
BRIDGE = "Quand le pont a-t-il été fermé ? Que dit Anna Petit du pont ?"
CLOSED = "La mairie a fermé le pont en 2019."
CLAIM = "Anna Petit affirme que le pont est dangereux."
DENIAL_WITHDRAWN = ("id: danger-denied\n", "id: danger-denied\n    status: withdrawn\n")


async def asked(world: World, text: str) -> str:
    await world.reader.send(world.channel, f"{world.mention()} {text}")
    return seen(world.channel.last_message)


@pytest.mark.parametrize("locale", TWO)
async def test_one_reply_holds_both_answers_with_who_says_and_who_denies_it(opened: OpenApp, locale: str) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        text = await asked(world, TWO[locale])
        message = world.channel.last_message
        assert message is not None
        assert len(message.embeds) == 2
        assert all(part in text for part in SAID[locale])
        assert buttons(message) == ANSWERED[locale]


@pytest.mark.parametrize("locale", TWO)
async def test_where_embeds_are_not_permitted_both_are_told_as_text(opened: OpenApp, locale: str) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        channel = channel_without(world, embed_links=False)
        await world.reader.send(channel, f"{world.mention()} {TWO[locale]}")
        replies = [message for message in channel.history() if message.author.bot]
        assert not any(message.embeds for message in replies)
        text = "\n".join(map(seen, replies))
        assert all(part in text for part in SAID[locale])


async def test_a_command_answers_both_too(opened: OpenApp) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question=TWO["fr"])
        assert all(part in seen(result.response) for part in SAID["fr"])


async def test_a_single_question_afterwards_is_answered_and_not_sent_to_the_reply_that_holds_more(
    opened: OpenApp,
) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        for text in (TWO["fr"], TWO["fr"], "Quand la passerelle a-t-elle été ouverte ?"):
            assert "2020" in await asked(world, text)


@pytest.mark.parametrize(
    "edits",
    [
        [
            ("id: bridge-closed\n", "id: bridge-closed\n    status: corrected\n"),
            ("fr: La mairie a fermé le pont", "fr: La commune a fermé le pont"),
        ],
        [
            ("id: bridge-dangerous\n", "id: bridge-dangerous\n    status: corrected\n"),
            (CLAIM, "Anna Petit affirme que le pont est fragile."),
        ],
        [DENIAL_WITHDRAWN],
    ],
    ids=["first answer", "further answer", "other side of a further answer"],
)
async def test_a_correction_of_any_fact_in_the_reply_marks_it(
    opened: OpenApp, small_story: Path, edits: list[tuple[str, str]]
) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(SetClock(), **folders) as app, world_around(app) as world:
        before = await asked(world, BRIDGE)
        assert CLOSED in before
        assert CLAIM in before
        await world.app.journal.flush()
        for old, new in edits:
            edit(small_story, "facts.yml", old, new)
        await publish(app)
        after = seen(world.channel.last_message)
        assert after.startswith("Correction du <t:")
        now = re.sub(r"« [^»]+ »$", "", after)  # the earlier words are quoted last
        assert CLOSED not in now
        assert CLAIM not in now
