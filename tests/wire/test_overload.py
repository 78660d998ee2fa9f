"""At several times what the bot can do, nobody waits without end, and no command misses Discord's deadline."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import pytest

from bot.answering.telling.catalogue import catalogue
from tests.benchmarks.load.crowd import Asked, Crowd
from tests.wire.process import start_bot
from tests.wire.test_wire import ASKED, MENTIONED, UNANSWERABLE, soon

BUSY = catalogue().text("fr", "failure.busy")
TEXTS = (ASKED, MENTIONED, UNANSWERABLE)
CHANNELS = 100
AT_ONCE = 40  # fewer than may wait
TIMES, SECONDS = 3, 2.0  # what it can do, and for how long
EVERY = 10  # of so many, one is a command
DEADLINE_SECONDS = 3.0  # https://discord.com/developers/docs/interactions/receiving-and-responding
LAST_REPLY_SECONDS = 20.0


async def replied(server: Crowd, asked: Sequence[Asked]) -> float:
    """Wait for the reply to each; return how many came in a second."""
    async with asyncio.timeout(LAST_REPLY_SECONDS):
        while any(one.replied is None for one in asked):
            server.is_answered.clear()
            await server.is_answered.wait()
    return len(asked) / (max(one.replied or 0 for one in asked) - asked[0].sent)


@asynccontextmanager
async def running(server: Crowd, folder: Path) -> AsyncIterator[None]:
    """Run the bot, with its log in a file: a pipe that nobody reads would fill, and stop it."""
    with (folder / "log").open("wb") as log:
        process = await start_bot(server, folder, log=log)
        try:
            yield
        finally:
            process.kill()
            await process.wait()


@pytest.mark.clock
async def test_beyond_what_it_can_do_each_asker_is_told_and_commands_are_answered_in_time(tmp_path: Path) -> None:
    async with Crowd(CHANNELS) as server, running(server, tmp_path):
        await soon(server.identified.get())
        await replied(server, [await server.ask(0, number, text) for number, text in enumerate(TEXTS)])
        at_once = [await server.ask(number, number, TEXTS[number % 3]) for number in range(1, AT_ONCE + 1)]
        rate = TIMES * await replied(server, at_once)

        questions: list[Asked] = []
        commands: list[Asked] = []
        start = perf_counter()
        for number in range(round(rate * SECONDS)):
            await asyncio.sleep(start + number / rate - perf_counter())
            member, channel, text = 1000 + number, number % CHANNELS, TEXTS[number % 3]
            if number % EVERY:
                questions.append(await server.ask(member, channel, text))
            else:
                commands.append(await server.send_command(member, channel, "ask", question=text))
        await replied(server, [*questions, *commands])

    refused = [one for one in questions if one.reply["content"] == BUSY]
    assert 0 < len(refused) < len(questions)
    assert all(one.reply.get("embeds") or one.reply["content"] for one in questions)
    waited = [(one.replied or 0) - one.sent for one in commands]
    assert max(waited) < DEADLINE_SECONDS
