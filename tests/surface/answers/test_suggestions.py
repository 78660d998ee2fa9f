"""The nearest fact on record is public, and only the asker's buttons replace it, even after a restart."""

from typing import Any

import discord
import pytest

from bot.answering.editions import mark_of
from tests.conftest import OpenApp
from tests.discord_world import World, channel_without, choose, press, world_around
from tests.surface.words import ANSWERED, UNANSWERED, buttons, seen, told

NEAR_MISS = "Quand a-t-on vendu le pont ?"
HEADING = "Au plus près de votre question, le dossier dit :"
OTHER, THIRD = "Quand le pont a-t-il été fermé ?", "Depuis quand passe-t-on par la passerelle ?"
CHOSEN = "La mairie a fermé le pont en 2019."


async def asked(world: World, question: str = NEAR_MISS) -> Any:
    result = await world.reader.slash(world.channel, "ask", question=question)
    assert result.response is not None
    await world.app.journal.flush()
    return result.response


async def test_a_near_miss_shows_the_nearest_fact_whole_with_another_and_none_of_these(
    opened: OpenApp,
) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        assert told(message).splitlines() == [
            f"> {NEAR_MISS}",
            HEADING,
            "Rapporté par l'article",
            "Le pont a été construit en 1931.",
            "Quand : 1931",
            "> « Construit en 1931 » : [article de juin 2020, « Le pont et ses riverains », La Gazette de la"
            " vallée](https://example.org/pont), § 2",
            "État des informations : juin 2020",
        ]
        rows = [[button["label"] for button in row["components"]] for row in message.components]
        assert rows == [[OTHER, THIRD, "Rien de tout cela", "Plus…"]]
        assert not message.ephemeral


async def test_without_embeds_the_heading_still_comes_first(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        plain = channel_without(world, embed_links=False)
        await world.reader.slash(plain, "ask", question=NEAR_MISS)
        assert plain.last_message is not None
        assert plain.last_message.embeds == []
        assert seen(plain.last_message).startswith(f"> {NEAR_MISS}\n{HEADING}")
        assert "« Construit en 1931 » : [article" in seen(plain.last_message)


async def test_the_askers_choice_replaces_the_nearest_fact(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.click(await asked(world), label=OTHER)
        assert seen(world.channel.last_message).startswith(f"Rapporté par l'article\n{CHOSEN}")
        assert buttons(world.channel.last_message) == ANSWERED["fr"]


async def test_somebody_else_gets_the_fact_for_themselves(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        result = await world.other.click(message, label=OTHER)
        assert result.ephemeral
        assert CHOSEN in seen(result.response)
        assert buttons(world.channel.last_message) == buttons(message)


async def test_none_of_these_is_an_honest_abstention(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.click(await asked(world), label="Rien de tout cela")
        assert told(world.channel.last_message) == "Le dossier ne dit pas cela."
        assert buttons(world.channel.last_message) == UNANSWERED["fr"]


@pytest.mark.parametrize(("label", "shown"), [("Sources", "« Construit en 1931 »"), ("Faits liés", "Le dossier")])
async def test_the_buttons_of_an_answer_are_there_for_the_nearest_fact(opened: OpenApp, label: str, shown: str) -> None:
    async with opened() as app, world_around(app) as world:
        result = await choose(world.other, await asked(world), label)
        assert result.response is not None
        assert result.response.ephemeral
        assert shown in seen(result.response)


async def test_the_buttons_outlive_a_restart(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        async with opened() as again:
            await world.env.restart_bot(again.client)
            await world.reader.click(message, label=OTHER)
            assert CHOSEN in seen(world.channel.last_message)


async def test_the_answer_stays_in_the_language_of_the_question(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, locale="fr") as world:
        message = await asked(world, "Did the mayor promise to inspect the bridge?")
        assert "\nThe story does not say that. It does say:\n" in seen(message)
        await world.reader.click(message, label=buttons(message)[0])
        assert "The mayor asserts that the bridge was inspected every year." in seen(world.channel.last_message)


async def test_a_forged_button_does_nothing(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        exchange, mark = "0" * 12, mark_of("bridge")
        for custom_id in (
            f"s:{exchange}:{world.reader.id}:fr:{mark}:no-such-fact",
            f"s:{exchange}:{world.reader.id}:fr:{'0' * 8}:region-share",
            f"s:{exchange}:{world.reader.id}:fr:region-share",
            f"s:{exchange}:{world.other.id}:fr:{mark}:region-share",
            f"o:fr:{'0' * 8}:region-share",
            f"l:{exchange}:fr:{mark}:no-such-fact",
            f"w:{exchange}:fr",
            "s:zz:1:fr:x",
        ):
            result = await press(world.reader, world.channel, message, custom_id)
            assert seen(world.channel.last_message) == seen(message)
            assert result.response is None or result.ephemeral
        assert world.env.errors == []


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("bridge-built", "Le pont a été construit en 1931."),
        ("no-such-fact", "Ce contenu n'est plus dans le dossier."),
    ],
)
async def test_a_message_from_before_the_nearest_fact_was_shown_keeps_its_buttons(
    opened: OpenApp, fact: str, text: str
) -> None:
    async with opened() as app, world_around(app) as world:
        view = discord.ui.View(timeout=None)
        state = f"s:0123456789ab:{world.reader.id}:fr:{mark_of('bridge')}:{fact}"
        view.add_item(discord.ui.Button(label="Quel âge a le pont ?", custom_id=state))
        view.stop()
        channel = app.client.get_channel(world.channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send("J'hésite. Vouliez-vous dire…", view=view)
        result = await world.reader.click(message, label="Quel âge a le pont ?")
        assert text in seen(result.response if result.ephemeral else world.channel.last_message)


async def test_the_nearest_fact_in_chat_has_buttons_too(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.send(world.channel, f"{world.mention()} {NEAR_MISS}")
        message = world.channel.last_message
        assert message is not None
        await world.reader.click(message, label=OTHER)
        assert CHOSEN in seen(world.channel.last_message)


async def test_a_near_miss_is_no_answer_that_later_questions_are_pointed_to(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await asked(world)
        await world.reader.slash(world.channel, "ask", question="Quel âge a le pont ?")
        assert seen(world.channel.last_message).startswith("> Quel âge a le pont ?\nRapporté par l'article")


async def test_a_reply_to_the_chosen_fact_goes_on_from_it(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.click(await asked(world), label=OTHER)
        await app.journal.flush()
        assert world.channel.last_message is not None
        kept = await app.client.parts.sent.shown_by(world.channel.last_message.id)
        assert kept is not None
        assert (kept.facts, kept.is_list) == (("bridge-closed",), False)
