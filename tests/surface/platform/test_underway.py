"""Each event is taken once, and a bot that stops says what it could not answer."""

import asyncio
import json
from typing import Any

import discord
import pytest

from bot.surface.platform import underway
from bot.surface.platform.typography import unbroken
from bot.surface.platform.underway import MAX_TAKEN, TAKEN_SECONDS, Underway
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.fakes import SetClock
from tests.surface.answers.test_delivery import outcomes

QUESTIONS = {"fr": "Qui est Anna Petit ?", "en": "Who is Anna Petit?"}
ONE = {
    "fr": "Je dois m'arrêter un instant : cette question reste sans réponse. Reposez-la un peu plus tard.",
    "en": "I have to stop for a moment, so this question gets no answer. Please ask it again shortly.",
}


def test_an_event_is_taken_once_for_some_minutes() -> None:
    clock = SetClock()
    taken = Underway(clock)
    assert [taken.take(1), taken.take(2), taken.take(1)] == [True, True, False]
    clock.advance(TAKEN_SECONDS + 1)
    assert taken.take(1)
    for number in range(MAX_TAKEN + 1):
        taken.take(number)
    assert len(taken._taken) == MAX_TAKEN


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord takes no answer, as if its rate limit had no end; it takes sentences."""
    reply, respond = discord.Message.reply, discord.InteractionResponse.send_message

    async def hold(*arguments: Any, **options: Any) -> Any:
        if "embeds" in options:
            await asyncio.Event().wait()
        return await (reply if isinstance(arguments[0], discord.Message) else respond)(*arguments, **options)

    monkeypatch.setattr(discord.Message, "reply", hold)
    monkeypatch.setattr(discord.InteractionResponse, "send_message", hold)
    monkeypatch.setattr(underway, "FINISH_SECONDS", 0.05)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("language", QUESTIONS)
@pytest.mark.parametrize("surface", ["mention", "ask"])
async def test_who_waits_is_told_in_the_language_of_the_question(opened: OpenApp, language: str, surface: str) -> None:
    async with opened() as app, world_around(app) as world:
        question = QUESTIONS[language]
        asking: Any = world.reader.send(world.channel, f"{world.mention()} {question}")
        if surface == "ask":
            asking.close()
            asking = world.reader.slash(world.channel, "ask", question=question)
        asked = asyncio.create_task(asking)
        await asyncio.sleep(0.3)
        await app.client.parts.underway.finish()
        await asked
        paths = ("/callback", "/messages")
        said = [
            json.dumps(request.json, ensure_ascii=False)
            for request in world.env.http_requests
            if request.path.endswith(paths)
        ]
        assert [unbroken(ONE[language]) in one for one in said] == [True]
        assert await outcomes(world) == ["unanswered"]


async def test_a_bot_with_nothing_under_way_stops_at_once(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.send(world.channel, f"{world.mention()} {QUESTIONS['fr']}")
        async with asyncio.timeout(1):
            await app.client.parts.underway.finish()
        assert await outcomes(world) == ["answer"]
