"""Suggestions: the asker chooses, nobody else, and also after a restart."""

from typing import Any

from tests.conftest import OpenApp
from tests.discord_world import World, press, world_around
from tests.surface.words import ANSWERED, UNANSWERED, VOTES, buttons, seen, told

NEAR_MISS = "Qui a remplacé Musk au conseil d'administration ?"


async def asked(world: World) -> Any:
    result = await world.reader.slash(world.channel, "ask", question=NEAR_MISS)
    assert result.response is not None
    return result.response


async def test_a_near_miss_shows_buttons_and_none_of_these(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        labels = buttons(message)
        assert "conseil d'administration" in labels[0]
        *facts, none = labels[: -len(VOTES["fr"])]
        assert none == "Aucune de ces questions"
        assert 1 <= len(facts) <= 3
        assert labels[-2:] == VOTES["fr"]
        assert not message.ephemeral


async def test_the_askers_choice_replaces_the_suggestions(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        await world.reader.click(message, label=buttons(message)[0])
        text = seen(world.channel.last_message)
        assert text.startswith("Rapporté par l'article\nElon Musk a quitté le conseil d'administration")
        assert buttons(world.channel.last_message) == ANSWERED["fr"]


async def test_somebody_else_gets_the_fact_for_themselves(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        result = await world.other.click(message, label=buttons(message)[0])
        assert result.ephemeral
        assert "Elon Musk a quitté le conseil d'administration" in seen(result.response)
        assert buttons(world.channel.last_message) == buttons(message)


async def test_none_of_these_is_an_honest_abstention(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        await world.reader.click(message, label="Aucune de ces questions")
        assert told(world.channel.last_message) == "Je ne sais pas : le dossier ne le dit pas."
        assert buttons(world.channel.last_message) == UNANSWERED["fr"]


async def test_the_buttons_outlive_a_restart(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        async with opened() as again:
            await world.env.restart_bot(again.client)
            await world.reader.click(message, label=buttons(message)[0])
            assert "a quitté le conseil d'administration" in seen(world.channel.last_message)


async def test_the_answer_stays_in_the_language_of_the_question(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, locale="fr") as world:
        result = await world.reader.slash(world.channel, "ask", question="Who replaced Musk on the board?")
        assert result.response is not None
        await world.reader.click(result.response, label=buttons(result.response)[0])
        assert "Elon Musk left OpenAI's board" in seen(world.channel.last_message)


async def test_a_forged_button_does_nothing(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        exchange = "0" * 12
        for custom_id in (
            f"s:{exchange}:{world.reader.id}:fr:no-such-fact",
            "s:zz:1:fr:x",
            f"s:{exchange}:{world.other.id}:fr:mission",
        ):
            result = await press(world.reader, world.channel, message, custom_id)
            assert buttons(world.channel.last_message) == buttons(message)
            assert result.response is None or result.ephemeral


async def test_suggestions_in_chat_have_buttons_too(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.send(world.channel, f"{world.mention()} {NEAR_MISS}")
        message = world.channel.last_message
        assert message is not None
        await world.reader.click(message, label=buttons(message)[0])
        assert "a quitté le conseil d'administration" in seen(world.channel.last_message)
