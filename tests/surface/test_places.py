"""Where the bot works: threads, forum posts, voice channels' chat, direct messages, and as a user-installed app."""

from typing import Any

import discord
import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, world_around
from tests.surface.words import seen

QUESTION = "Qui est Anna Petit ?"
ROLE = "ingénieure en chef"


async def thread(world: World) -> Any:
    message = await world.reader.send(world.channel, "Parlons-en à part.")
    await message.create_thread(name="à part")
    return world.channel.threads[0]


async def voice(world: World) -> Any:
    return world.env.guild.create_voice_channel("vocal")


async def post(world: World) -> Any:
    handle = world.env.guild.create_forum_channel("forum")
    forum = world.app.client.get_channel(handle.id)
    assert isinstance(forum, discord.ForumChannel)
    await forum.create_thread(name="Une question", content="Ici.")
    return handle.threads[0]


@pytest.mark.parametrize("place", [thread, voice, post])
async def test_a_question_is_answered_where_it_is_asked(opened: OpenApp, place: Any) -> None:
    async with opened() as app, world_around(app) as world:
        channel = await place(world)
        await world.reader.send(channel, f"{world.mention()} {QUESTION}")
        assert ROLE in seen(channel.last_message)
        result = await world.reader.slash(channel, "ask", question="Qui a porté plainte contre la mairie ?")
        assert "Les riverains" in seen(result.response)


async def test_a_command_is_answered_in_a_direct_message(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.user.slash("ask", question=QUESTION)
        assert ROLE in seen(result.response)


async def test_readers_may_install_the_commands_for_themselves_but_not_the_editors(opened: OpenApp) -> None:
    async with opened(editor_guilds="1000") as app, world_around(app) as world:
        sent = [request.json for request in world.env.http_requests if request.method == "PUT"]
        everywhere = {"integration_types": [0, 1], "contexts": [0, 1, 2]}
        at_home = {"integration_types": None, "contexts": None}  # Discord has them for global commands only
        found = {row["name"]: {key: row.get(key) for key in everywhere} for rows in sent for row in rows or ()}
        assert found.pop("facts") == at_home
        assert all(places == everywhere for places in found.values())


async def test_in_a_server_where_the_bot_is_no_member_a_command_is_answered(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        app.client._connection._remove_guild(app.client.guilds[0])
        result = await world.reader.slash(world.channel, "ask", question=QUESTION)
        assert ROLE in seen(result.response)
        assert world.env.errors == []
