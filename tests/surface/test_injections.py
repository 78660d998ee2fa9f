"""What readers send to every surface pings nobody, is never live, and breaks nothing."""

import re
from typing import Any

import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, world_around
from tests.fakes import SetClock
from tests.matching.hostile import INJECTIONS, generated
from tests.surface.platform.test_escaping import live
from tests.surface.words import seen

COUNT = 25  # generated texts
LONG = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 9)]


async def surfaces(world: World, text: str) -> list[Any]:
    """Send a text to the surfaces; return the messages that answer it."""
    shown: list[Any] = []
    question = await world.reader.send(world.channel, f"{world.mention()} {text}"[:2_000])
    shown += [message for message in world.channel.history() if message.id > question.id]
    assert shown, "a question has no answer"
    for command, option in (("ask", "question"), ("who", "name"), ("claims", "person"), ("changes", "since")):
        shown.append((await world.other.slash(world.channel, command, **{option: text[:2_000]})).response)
    await world.complete("who", "name", text[:90])
    return shown


@pytest.mark.parametrize("seed", [0, *LONG])
async def test_no_surface_fails_or_repeats_what_is_live(opened: OpenApp, seed: int) -> None:
    clock = SetClock()
    async with opened(clock) as app, world_around(app) as world:
        for typed in [*INJECTIONS[:: 1 if seed else 4], *generated(COUNT, 1_900, seed)]:
            clock.advance(120)  # past the cooldown
            for message in await surfaces(world, typed):
                assert len(message.content or "") <= 2_000
                assert sum(map(len, message.embeds)) <= 6_000
                repeated = re.findall("^> (.*)$", message.content or "", re.M)  # a question above its answer
                others = [line for line in seen(message).splitlines() if not line.startswith("> ")]
                assert [line for line in repeated if live(line)] == []
                assert [line for line in others if "evil.example" in line and live(line)] == []
        assert world.env.errors == []
