"""`/story`: everybody sees which story answers, managers choose it, and the choice survives a restart."""

import pytest

from bot.answering.editions import Shelf
from bot.library.library import read_knowledge
from bot.matching.ranking.encoder import installed
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.spanish_story import write_spanish_story
from tests.surface.words import seen

ROLE = "Qui est Anna Petit ?"


@pytest.fixture(scope="module")
def two_stories(tmp_path_factory: pytest.TempPathFactory, shelf: Shelf) -> Shelf:
    """The story of the bridge and the Spanish one."""
    root = tmp_path_factory.mktemp("puerto")
    write_spanish_story(root)
    second = read_knowledge(root / "knowledge", root / "seeds", None, installed()).shelf
    assert second is not None
    return Shelf((*shelf.editions, *second.editions))


async def test_everybody_sees_which_stories_answer(opened: OpenApp, two_stories: Shelf) -> None:
    async with opened(loaded=two_stories) as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "story")
        assert result.ephemeral
        assert seen(result.response).splitlines() == [
            "Ici, je réponds à partir du dossier qui convient le mieux à la question :",
            "• Le pont",
            "• El cierre del puerto de Brañas",
        ]


async def test_a_manager_binds_the_server_until_it_is_unbound(opened: OpenApp, two_stories: Shelf) -> None:
    async with opened(loaded=two_stories) as app, world_around(app) as world:
        bound = await world.manager.slash(world.channel, "story", story="puerto")
        assert seen(bound.response).splitlines()[:2] == [
            "Ici, je réponds à partir de ce seul dossier :",
            "• El cierre del puerto de Brañas",
        ]
        async with opened(loaded=two_stories) as again:
            await world.env.restart_bot(again.client)
            answer = await world.reader.slash(world.channel, "ask", question=ROLE)
            assert "Le dossier ne dit pas cela" in seen(answer.response)
            await world.manager.slash(world.channel, "story", story="*")
            answer = await world.reader.slash(world.channel, "ask", question=ROLE)
            assert "ingénieure en chef" in seen(answer.response)


async def test_one_channel_may_have_a_story_of_its_own(opened: OpenApp, two_stories: Shelf) -> None:
    async with opened(loaded=two_stories) as app, world_around(app) as world:
        await world.manager.slash(world.channel, "story", story="puerto", where="channel")
        assert world.channel.guild is not None
        other = world.channel.guild.create_text_channel("ailleurs")
        here = await world.reader.slash(world.channel, "ask", question=ROLE)
        there = await world.reader.slash(other, "ask", question=ROLE)
        assert "Le dossier ne dit pas cela" in seen(here.response)
        assert "ingénieure en chef" in seen(there.response)


async def test_a_member_cannot_choose(opened: OpenApp, two_stories: Shelf) -> None:
    async with opened(loaded=two_stories) as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "story", story="puerto")
        assert seen(result.response) == "Seuls les responsables d'un serveur peuvent choisir son dossier."
        assert app.client.parts.stories.bindings.story_of(1000, world.channel.id) is None


async def test_a_story_that_is_not_there_cannot_be_chosen(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, locale="en-US") as world:
        result = await world.manager.slash(world.channel, "story", story="no *such* story")
        assert seen(result.response) == "There is no story called “no \\*such\\* story” here."


async def test_the_stories_are_completed_by_their_titles(opened: OpenApp, two_stories: Shelf) -> None:
    async with opened(loaded=two_stories) as app, world_around(app) as world:
        assert [choice["value"] for choice in await world.complete("story", "story", "brañas")] == ["puerto"]
        assert [choice["value"] for choice in await world.complete("story", "story", "")] == [
            "bridge",
            "puerto",
            "*",
        ]
