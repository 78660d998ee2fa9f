"""The nearest on record: shown to everybody, replaced by the asker alone, and also after a restart."""

from typing import Any

import discord
import pytest

from bot.answering.ports import mark_of
from tests.conftest import OpenApp
from tests.discord_world import World, channel_without, press, world_around
from tests.surface.words import ANSWERED, UNANSWERED, buttons, seen, told

NEAR_MISS = "Qui a créé la branche lucrative ?"
HEADING = "Le dossier ne répond pas à cette question précise. Ce qu'il dit de plus proche :"
OTHER = "Quand la branche lucrative a-t-elle été créée ?"
CHOSEN = "La branche lucrative d'OpenAI a été créée un an après avoir été envisagée."


async def asked(world: World, question: str = NEAR_MISS) -> Any:
    result = await world.reader.slash(world.channel, "ask", question=question)
    assert result.response is not None
    await world.app.journal.flush()
    return result.response


async def test_a_near_miss_shows_the_nearest_fact_whole_with_two_others_and_none_of_these(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        assert told(message).splitlines() == [
            HEADING,
            "Rapporté par l'article",
            "La branche lucrative d'OpenAI est à l'origine de DALL-E et de ChatGPT.",
            "Où c'est écrit",
            "« à l’origine » : § 4, article de mars 2024, titre et publication non renseignés",
            "Le dossier répond aussi à :",
            f"1. {OTHER}",
            "2. La branche lucrative a-t-elle plu à Elon Musk ?",
            "État des informations : mars 2024",
        ]
        rows = [[button["label"] for button in row["components"]] for row in message.components]
        assert [rows[0][-1], *rows[1:]] == ["Rien de tout cela", ANSWERED["fr"][:4], ANSWERED["fr"][4:]]
        assert len(rows[0]) == 3
        assert not message.ephemeral


async def test_without_embeds_the_heading_still_comes_first(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        plain = channel_without(world, embed_links=False)
        await world.reader.slash(plain, "ask", question=NEAR_MISS)
        assert plain.last_message is not None
        assert plain.last_message.embeds == []
        assert seen(plain.last_message).startswith(HEADING)
        assert "« à l’origine » : § 4" in seen(plain.last_message)


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
        assert told(world.channel.last_message) == "Je ne sais pas : le dossier ne le dit pas."
        assert buttons(world.channel.last_message) == UNANSWERED["fr"]


@pytest.mark.parametrize(("label", "shown"), [("Sources", "« à l’origine »"), ("Faits liés", "1. ")])
async def test_the_buttons_of_an_answer_are_there_for_the_nearest_fact(opened: OpenApp, label: str, shown: str) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.other.click(await asked(world), label=label)
        assert result.ephemeral
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
        message = await asked(world, "Who created the for-profit branch?")
        assert seen(message).startswith("The story does not answer this exact question. Nearest on record:")
        await world.reader.click(message, label=buttons(message)[0])
        assert "OpenAI's for-profit branch was created a year after it was considered." in seen(
            world.channel.last_message
        )


async def test_a_forged_button_does_nothing(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await asked(world)
        exchange, mark = "0" * 12, mark_of("musk-openai")
        for custom_id in (
            f"s:{exchange}:{world.reader.id}:fr:{mark}:no-such-fact",
            f"s:{exchange}:{world.reader.id}:fr:{'0' * 8}:mission",
            f"s:{exchange}:{world.reader.id}:fr:mission",
            f"s:{exchange}:{world.other.id}:fr:{mark}:mission",
            f"o:fr:{'0' * 8}:mission",
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
        ("microsoft-invested", "Microsoft a investi des milliards de dollars dans OpenAI."),
        ("no-such-fact", "Ce contenu n'est plus dans le dossier."),
    ],
)
async def test_a_message_from_before_the_nearest_fact_was_shown_keeps_its_buttons(
    opened: OpenApp, fact: str, text: str
) -> None:
    async with opened() as app, world_around(app) as world:
        view = discord.ui.View(timeout=None)
        state = f"s:0123456789ab:{world.reader.id}:fr:{mark_of('musk-openai')}:{fact}"
        view.add_item(discord.ui.Button(label="Microsoft finance-t-il OpenAI ?", custom_id=state))
        view.stop()
        channel = app.client.get_channel(world.channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send("J'hésite. Vouliez-vous dire…", view=view)
        result = await world.reader.click(message, label="Microsoft finance-t-il OpenAI ?")
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
        await world.reader.slash(world.channel, "ask", question="Microsoft finance-t-il OpenAI ?")
        assert seen(world.channel.last_message).startswith("Rapporté par l'article")


async def test_a_reply_to_the_chosen_fact_goes_on_from_it(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.click(await asked(world), label=OTHER)
        await app.journal.flush()
        assert world.channel.last_message is not None
        kept = await app.client.parts.sent.shown_by(world.channel.last_message.id)
        assert kept is not None
        assert (kept.facts, kept.is_list) == (("branch-created",), False)
