"""Beyond what the bot can do, it says so at once instead of letting questions wait."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.app import App
from bot.surface.platform.cooldowns import BUSY_RATE
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.fakes import SetClock
from tests.surface.answers.test_delivery import QUESTION, outcomes
from tests.surface.words import seen

BUSY = "Trop de questions m'arrivent en ce moment. Reposez la vôtre dans une minute."
BUSY_IN_ENGLISH = "I have too many questions just now. Please ask yours again in a minute."


@asynccontextmanager
async def occupied(app: App) -> AsyncIterator[None]:
    """Have as many questions as may wait, until the end of the block."""
    end = threading.Event()
    held = [asyncio.create_task(app.workload.run(end.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    try:
        yield
    finally:
        end.set()
        await asyncio.gather(*held)


async def test_in_chat_each_user_is_told_once_a_minute_in_their_language(opened: OpenApp) -> None:
    clock = SetClock()
    async with opened(clock, questions_at_once=2) as app, world_around(app) as world:
        async with occupied(app):
            told = []
            for user, text in ((world.reader, QUESTION), (world.reader, QUESTION), (world.other, "Who is Anna Petit?")):
                await user.send(world.channel, f"{world.mention()} {text}")
                last = world.channel.last_message
                told.append(seen(last) if last and last.reference else None)
            assert told == [BUSY, None, BUSY_IN_ENGLISH]
            clock.advance(BUSY_RATE.seconds + 1)
            await world.reader.send(world.channel, f"{world.mention()} {QUESTION}")
            assert seen(world.channel.last_message) == BUSY
        await world.reader.send(world.channel, f"{world.mention()} {QUESTION}")
        assert "ingénieure en chef" in seen(world.channel.last_message)
        assert await outcomes(world) == ["answer"]  # what is refused is counted, and costs no row
        assert (app.workload.waiting, app.workload.refused) == (0, 4)


async def test_a_command_always_gets_its_line(opened: OpenApp) -> None:
    async with opened(questions_at_once=2) as app, world_around(app, check_errors=False) as world, occupied(app):
        for _ in range(2):
            result = await world.reader.slash(world.channel, "ask", question=QUESTION)
            assert result.response is not None
            assert result.ephemeral
            assert seen(result.response) == BUSY


async def test_the_log_has_a_line_when_it_begins_and_when_it_ends(
    opened: OpenApp, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.answering.workload")
    async with opened(questions_at_once=2) as app, world_around(app, check_errors=False) as world, occupied(app):
        for _ in range(2):
            await world.reader.slash(world.channel, "ask", question=QUESTION)
    told = [record.getMessage() for record in caplog.records if record.name == "bot.answering.workload"]
    assert told == [
        "2 questions are waiting, so others are refused",
        "questions are answered again; 2 were refused since the start",
    ]
