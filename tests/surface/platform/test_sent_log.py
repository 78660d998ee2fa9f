"""A fact asked for again in a channel within a minute gets a link to the answer instead of a second answer."""

import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, world_around
from tests.fakes import SetClock
from tests.surface.words import buttons, seen

QUESTION = "Qui est Anna Petit ?"


async def asked(world: World, text: str) -> str:
    await world.reader.send(world.channel, f"{world.mention()} {text}")
    return seen(world.channel.last_message)


@pytest.mark.parametrize("again", [QUESTION, "c'est qui anna petit"])
async def test_a_second_question_for_a_fact_gets_a_pointer(opened: OpenApp, again: str) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        await asked(world, QUESTION)
        answer = world.channel.last_message
        assert answer is not None
        assert await asked(world, again) == (
            "Anna Petit est l'ingénieure en chef du département. (Rapporté par l'article, § 3)\n"
            f"La réponse complète, donnée ici à l'instant : {answer.jump_url}"
        )
        assert buttons(world.channel.last_message) == []


async def test_by_a_command_the_pointer_is_for_the_asker_alone(opened: OpenApp) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        first = await world.reader.slash(world.channel, "ask", question=QUESTION)
        second = await world.other.slash(world.channel, "ask", question=QUESTION)
        assert not first.ephemeral
        assert second.ephemeral
        assert first.response is not None
        assert str(first.response.id) in seen(second.response)


async def test_a_minute_later_the_fact_is_shown_again(opened: OpenApp) -> None:
    clock = SetClock()
    async with opened(clock) as app, world_around(app) as world:
        await asked(world, QUESTION)
        clock.advance(60)
        assert "ingénieure en chef" in await asked(world, QUESTION)


async def test_another_language_another_fact_and_another_channel_get_their_answer(opened: OpenApp) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        await asked(world, QUESTION)
        assert "chief engineer" in await asked(world, "Who is Anna Petit?")
        assert "Les riverains" in await asked(world, "Qui a porté plainte contre la mairie ?")
        other = world.env.guild.create_text_channel("ailleurs")
        await world.reader.send(other, f"{world.mention()} {QUESTION}")
        assert "ingénieure en chef" in seen(other.last_message)


async def test_a_pointer_never_leads_to_a_message_that_is_gone(opened: OpenApp) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        question = await world.reader.send(world.channel, f"{world.mention()} {QUESTION}")
        await world.reader.delete(question)
        assert "ingénieure en chef" in await asked(world, QUESTION)
        answer = world.channel.last_message
        assert answer is not None
        world.env.backend.delete_message(world.channel.id, answer.id)
        await world.env.settle()
        assert "ingénieure en chef" in await asked(world, QUESTION)


async def test_in_a_direct_message_everything_is_answered_in_full(opened: OpenApp) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        for _ in range(2):
            await world.reader.send_dm("Who is Anna Petit?")
            assert "chief engineer" in seen(world.reader.user.dm_channel.last_message)
