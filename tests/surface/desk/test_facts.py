"""The editors' commands: who may use them, and what they show."""

from pathlib import Path

from tests.conftest import OpenApp
from tests.discord_world import forge, world_around
from tests.surface.words import seen

HOME = 1000
AWAY = 2000
REFUSAL = "Seuls les responsables d'un serveur de la rédaction peuvent faire cela."


async def test_the_commands_are_only_in_the_editors_servers(opened: OpenApp) -> None:
    async with opened(editor_guilds=frozenset({HOME})) as app, world_around(app, guild=HOME) as world:
        assert "facts reload" in world.manager.available_commands(world.channel)
        elsewhere = world.env.create_guild("Ailleurs", id=AWAY)
        channel = elsewhere.create_text_channel("ailleurs")
        owner = elsewhere.add_member(world.env.create_user("owner"))
        assert not {"facts reload", "facts status"} & set(owner.available_commands(channel))


async def test_a_member_does_not_see_them(opened: OpenApp) -> None:
    async with opened(editor_guilds=frozenset({HOME})) as app, world_around(app, guild=HOME) as world:
        assert not {"facts reload", "facts status"} & set(world.reader.available_commands(world.channel))


async def test_status_says_which_story_is_loaded(opened: OpenApp) -> None:
    async with opened(editor_guilds=frozenset({HOME})) as app, world_around(app, guild=HOME) as world:
        result = await world.manager.slash(world.channel, "facts status")
        assert result.ephemeral
        assert seen(result.response).startswith("Le pont : 13 faits, 9 entités, version ")


async def test_status_of_a_story_without_questions_does_not_say_that_all_are_answered(
    opened: OpenApp, whole_story: Path
) -> None:
    for path in (whole_story / "knowledge" / "bridge").glob("*.yml"):
        path.write_text(path.read_text("utf-8").partition("questions:\n")[0], "utf-8")
    (whole_story / "knowledge" / "bridge" / "questions.yml").unlink()
    folders = {"knowledge": whole_story / "knowledge", "seeds": whole_story / "seeds"}
    async with opened(**folders, editor_guilds=frozenset({HOME})) as app, world_around(app, guild=HOME) as world:
        text = seen((await world.manager.slash(world.channel, "facts status")).response)
        assert "Il n'y a pas de questions de contrôle." in text
        assert "100" not in text


async def test_a_member_who_forges_the_command_is_refused(opened: OpenApp) -> None:
    async with opened(editor_guilds=frozenset({HOME})) as app, world_around(app, guild=HOME) as world:
        for command in ("reload", "status"):
            result = await forge(world.reader, world.channel, HOME, "facts", command)
            assert result.ephemeral
            assert seen(result.response) == REFUSAL


async def test_a_manager_of_another_server_is_refused(opened: OpenApp) -> None:
    async with opened(editor_guilds=frozenset({HOME})) as app, world_around(app, guild=AWAY) as world:
        for command in ("reload", "status"):
            result = await forge(world.manager, world.channel, HOME, "facts", command)
            assert result.ephemeral
            assert seen(result.response) == REFUSAL


async def test_an_owner_is_admitted_at_home_and_nowhere_else(opened: OpenApp) -> None:
    async with opened(editor_guilds=frozenset({HOME})) as app, world_around(app, guild=HOME) as world:
        object.__setattr__(app.client.editors, "owners", frozenset({world.reader.id}))
        result = await forge(world.reader, world.channel, HOME, "facts", "status")
        assert seen(result.response) != REFUSAL
        elsewhere = world.env.create_guild("Ailleurs", id=AWAY)
        channel = elsewhere.create_text_channel("ailleurs")
        away = elsewhere.add_member(world.reader.user)
        result = await forge(away, channel, HOME, "facts", "status")
        assert seen(result.response) == REFUSAL
