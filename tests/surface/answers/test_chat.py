"""Chat: which messages are answered, in which language, and what is deleted with the question."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import discord
import pytest

from bot.answering.history import ShownMessage
from bot.surface.answers.cog import Question
from bot.surface.platform import limits
from bot.surface.platform.cooldowns import QUESTION_RATE
from tests.conftest import OpenApp
from tests.discord_world import World, channel_without, world_around
from tests.surface.words import ANSWERED, buttons, colour, seen, told

MAX_STEP_SECONDS = 0.02

ANSWER = """\
Rapporté par l'article
Anna Petit est l'ingénieure en chef du département.
> « ingénieure en chef du département » : [article de juin 2020, « Le pont et ses riverains », \
La Gazette de la vallée](https://example.org/pont), § 3
État des informations : juin 2020"""


async def test_a_mention_is_answered_with_the_fact_and_its_source(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, f"{world.mention()} Qui est Anna Petit ?")
        answer = world.channel.last_message
        assert answer is not None
        assert told(answer) == ANSWER
        assert buttons(answer) == ANSWERED["fr"]
        assert answer.reference is not None
        assert answer.reference.message_id == question.id


async def test_a_claim_is_shown_with_its_denial_in_words_and_colour(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.send(world.channel, f"{world.mention()} Is the bridge dangerous?")
        answer = world.channel.last_message
        text = seen(answer)
        assert text.startswith("Claim: Anna Petit\n")
        assert "\nDenial: The mayor\n" in text
        assert (
            "“le pont est dangereux” (in French; our translation: “the bridge is dangerous”): article of June 2020, § 2"
            in text
        )
        assert colour(answer) != colour(await _ask(world, "Who is Anna Petit?"))


async def _ask(world: World, text: str) -> discord.Message | None:
    await world.reader.send(world.channel, f"{world.mention()} {text}")
    return world.channel.last_message


async def test_a_reply_to_an_answer_is_a_question(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        answer = await _ask(world, "Qui est Anna Petit ?")
        await world.reader.send(world.channel, f"{world.mention()} et qui est Jeanne Roy ?", reply_to=answer)
        assert "Louis Garnier et Jeanne Roy" in seen(world.channel.last_message)


async def test_a_reply_goes_on_from_the_answer_whoever_asked_for_that(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        answer = await _ask(world, "Qui a construit le pont ?")
        await _ask(world, "Qui est Anna Petit ?")
        for actor in (world.other, world.reader):
            await actor.send(world.channel, f"{world.mention()} et quand ?", reply_to=answer)
            assert "Le pont a été construit en 1931" in seen(world.channel.last_message)
            app.client.parts.sent.forget(world.channel.last_message.id if world.channel.last_message else 0)


async def test_a_reply_to_a_message_from_before_a_restart_goes_on_from_it(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        answer = await _ask(world, "Qui a construit le pont ?")
        await app.journal.flush()
        async with opened() as again:
            await world.env.restart_bot(again.client)
            await world.other.send(world.channel, f"{world.mention()} et quand ?", reply_to=answer)
            assert "Le pont a été construit en 1931" in seen(world.channel.last_message)


async def test_a_reply_in_direct_messages_goes_on_from_its_answer_too(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        reader = world.reader.user
        await reader.send_dm("Who built the bridge?")
        answer = reader.dm_channel.last_message
        assert answer is not None
        await reader.send_dm("Who is Anna Petit?")
        replied = {"channel_id": str(answer.channel.id), "message_id": str(answer.id)}
        await reader.send_dm("and when?", reference=replied)
        assert "The bridge was built in 1931" in seen(reader.dm_channel.last_message)


async def test_a_direct_message_is_a_question(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.send_dm("Who is Anna Petit?")
        assert "chief engineer" in seen(world.reader.user.dm_channel.last_message)


@pytest.mark.parametrize("text", ["Qui est Anna Petit ?", "@everyone Qui est Anna Petit ?", "OnRecord ?"])
async def test_talk_that_is_not_for_the_bot_is_left_alone(opened: OpenApp, text: str) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, text)
        assert world.channel.last_message is not None
        assert world.channel.last_message.id == question.id


async def test_another_bot_is_left_alone(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        robot = world.env.guild.add_member(world.env.create_user("robot", bot=True))
        question = await robot.send(world.channel, f"{world.mention()} Qui est Anna Petit ?")
        assert world.channel.last_message is not None
        assert world.channel.last_message.id == question.id


async def test_nobody_is_ever_pinged(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        await world.reader.send(world.channel, f"{world.mention()} @everyone <@{world.other.id}> Qui est Anna Petit ?")
        answer = world.channel.last_message
        assert answer is not None
        assert not answer.mentions
        assert not answer.mention_everyone
        assert f"<@{world.other.id}>" not in seen(answer)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Je ne comprends pas la question."),
        ("😀😀", "Je ne comprends pas la question."),
        ("**` `**", "Je ne comprends pas la question."),
        ("merci", "À votre service."),
        (
            "Who keeps the lighthouse?",
            "The story does not say that: it mentions nothing of the kind.",
        ),
        ("\u202eeguj el tse iuQ", "Le dossier ne dit pas cela"),
        ("pourquoi Google " * 100, "Le dossier ne dit pas cela"),
    ],
)
async def test_what_cannot_be_answered_gets_a_clear_sentence(opened: OpenApp, text: str, said: str) -> None:
    async with opened() as app, world_around(app) as world:
        assert said in seen(await _ask(world, text))


async def test_the_reply_goes_with_the_question(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, f"{world.mention()} Qui est Anna Petit ?")
        assert len(world.channel.history()) == 2
        await world.reader.delete(question)
        assert world.channel.history() == []


async def test_the_reply_goes_with_a_question_from_before_a_restart(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, f"{world.mention()} Qui est Anna Petit ?")
        await app.journal.flush()
        async with opened() as again:
            await world.env.restart_bot(again.client)
            assert len(world.channel.history()) == 2
            await world.reader.delete(question)
            assert world.channel.history() == []


@pytest.mark.parametrize(
    ("edited", "below"),
    [("{bot} Anna Petit est-elle un escroc ?", ["Le dossier ne dit pas cela."]), ("Rien, merci.", [])],
)
async def test_below_a_question_that_is_edited_after_a_restart_no_old_answer_stands(
    opened: OpenApp, edited: str, below: list[str]
) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, f"{world.mention()} Qui est Anna Petit ?")
        await app.journal.flush()
        async with opened() as again:
            await world.env.restart_bot(again.client)
            await world.reader.edit(question, content=edited.format(bot=world.mention()))
            assert [seen(one).splitlines()[0] for one in world.channel.history()[1:]] == below


async def test_without_leave_to_embed_the_answer_is_text(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        channel = channel_without(world, embed_links=False)
        await world.reader.send(channel, f"{world.mention()} Qui est Anna Petit ?")
        answer = channel.last_message
        assert answer is not None
        assert answer.embeds == []
        assert "ingénieure en chef" in answer.content
        assert "§ 3" in seen(answer)


async def test_an_edited_question_is_answered_again_in_the_same_message(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, f"{world.mention()} Qui est Anna Petit ?")
        answer = world.channel.last_message
        await world.reader.edit(question, content=f"{world.mention()} Qui a construit le pont ?")
        after = world.channel.last_message
        assert answer is not None
        assert after is not None
        assert after.id == answer.id
        assert "construit par Louis Garnier et Jeanne Roy" in seen(after)
        assert "Anna Petit" not in seen(after)
        await world.reader.edit(question, content=f"{world.mention()} Qui est un escroc ?")
        assert "Le pont a été construit" not in told(world.channel.last_message)
        assert len(world.channel.history()) == 2


async def test_a_question_that_is_taken_back_by_an_edit_loses_its_answer(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, f"{world.mention()} Qui est Anna Petit ?")
        await world.reader.edit(question, content="Rien, merci.")
        assert len(world.channel.history()) == 1


async def test_a_mention_that_is_added_by_an_edit_is_answered_once(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, "Qui est Anna Petit ?")
        for _ in range(2):
            await world.reader.edit(question, content=f"{world.mention()} Qui est Anna Petit ?")
        assert len(world.channel.history()) == 2
        assert "ingénieure en chef" in seen(world.channel.last_message)


async def test_an_answer_stays_with_the_copy_that_a_webhook_posts_of_its_question(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        assert app.client.user is not None
        role = world.env.guild.create_role("modération", permissions=discord.Permissions(manage_messages=True))
        moderator = world.env.guild.add_member(world.env.create_user("mo"), roles=[role])
        question = await world.reader.send(world.channel, f"A: {world.mention()} Qui est Anna Petit ?")
        answer = world.channel.last_message
        webhook = world.env.guild.create_webhook(world.channel, "Alter")
        copy = await webhook.send(f"{world.mention()} Qui est Anna Petit ?")
        await world.reader.delete(question)
        assert answer is not None
        assert [message.id for message in world.channel.history()] == [answer.id, copy.id]
        await moderator.delete(copy)
        assert world.channel.history() == []


async def test_a_message_that_is_delivered_again_is_not_answered_again(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        question = await world.reader.send(world.channel, f"{world.mention()} Qui est Anna Petit ?")
        data: Any = dict(await app.client.http.get_message(world.channel.id, question.id))
        app.client._connection.parse_message_create(data | {"guild_id": str(world.env.guild.id)})
        await world.env.settle()
        assert len(world.channel.history()) == 2


@pytest.mark.parametrize("words", [" Qui est Anna Petit ?", ""])
async def test_the_role_with_the_name_of_the_bot_is_taken_for_it(opened: OpenApp, words: str) -> None:
    async with opened() as app, world_around(app) as world:
        assert app.client.user is not None
        role = app.client.guilds[0].get_role(world.env.guild.create_role("OnRecord").id)
        assert role is not None
        role.tags = discord.RoleTags({"bot_id": str(app.client.user.id)})
        sent = await world.reader.send(world.channel, "Bonjour")
        data: Any = dict(await app.client.http.get_message(world.channel.id, sent.id))
        heard = {"content": f"{role.mention}{words}" if words else "", "mention_roles": [str(role.id)]}
        app.client._connection.parse_message_create(data | heard | {"guild_id": str(world.env.guild.id)})
        async with asyncio.timeout(30):
            while len(world.channel.history()) < 2:  # noqa: ASYNC110 - simcord does not know of this message
                await asyncio.sleep(0.01)
        assert ("ingénieure en chef" if words else world.mention()) in seen(world.channel.last_message)


async def test_a_thread_whose_channel_is_hidden_gets_a_plain_answer(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await world.reader.send(world.channel, "Parlons-en.")
        await message.create_thread(name="à part")
        thread = world.channel.threads[0]
        app.client.guilds[0]._channels.pop(world.channel.id)
        await world.reader.send(thread, f"{world.mention()} Qui est Anna Petit ?")
        answer = thread.last_message
        assert answer is not None
        assert "ingénieure en chef" in answer.content


@pytest.mark.parametrize("code", [limits.ARCHIVED_THREAD, limits.LOCKED_THREAD])
async def test_a_question_in_a_thread_that_is_closed_to_the_bot_is_one_line_in_the_log(
    opened: OpenApp, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    async with opened() as app, world_around(app) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=code)
        await _ask(world, "Qui est Anna Petit ?")
        (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
        assert "could not be answered" in record.message
        assert record.exc_info is None


async def test_an_answer_in_an_archived_thread_is_redrawn_and_deleted_with_its_question(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        message = await world.reader.send(world.channel, "Parlons-en.")
        await message.create_thread(name="à part")
        thread = world.channel.threads[0]
        question = await world.reader.send(thread, f"{world.mention()} Qui est Anna Petit ?")
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=limits.ARCHIVED_THREAD)
        await world.reader.edit(question, content=f"{world.mention()} Qui a construit le pont ?")
        assert "Louis Garnier" in seen(thread.last_message)
        world.env.inject_error("DELETE", "/channels/*/messages/*", status=400, code=limits.ARCHIVED_THREAD)
        await world.reader.delete(question)
        assert not [one for one in thread.history() if one.author.bot]


async def test_the_deletion_of_an_old_message_costs_no_request(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        talk = [await world.reader.send(world.channel, f"Bonjour {number}") for number in range(3)]
        async with opened() as again:
            await world.env.restart_bot(again.client)
            with patch.object(again.client.http, "logs_from", side_effect=AssertionError):
                await world.reader.delete(talk[0])
                deleted: Any = {"ids": [str(one.id) for one in talk], "channel_id": str(world.channel.id)}
                cog: Any = again.client.get_cog("AnswersCog")
                await cog.on_raw_bulk_message_delete(discord.RawBulkMessageDeleteEvent(deleted))
        assert world.env.errors == []


async def _longest_step(work: Coroutine[Any, Any, None]) -> float:
    """Await the work; return the most seconds of CPU that the loop took without a turn for others."""
    task, longest, last = asyncio.ensure_future(work), 0.0, time.thread_time()
    while not task.done():
        await asyncio.sleep(0)
        now = time.thread_time()
        longest, last = max(longest, now - last), now
    await task
    return longest


@pytest.mark.clock
@pytest.mark.parametrize("asked", ["before the start", "since then"])
async def test_a_bulk_deletion_leaves_turns_to_others(opened: OpenApp, asked: str) -> None:
    async with opened() as app, world_around(app) as world:
        cog: Any = app.client.get_cog("AnswersCog")
        first = discord.utils.time_snowflake(discord.utils.utcnow() - timedelta(days=365 * 10))
        ids = [first + (number * 1000 << 22) for number in range(100)]
        for one in ids:
            shown = ShownMessage(
                one + 1, world.channel.id, False, "bridge", "1", "fr", ("x",), app.client.parts.clock.now()
            )
            app.journal.add_message(shown)
            if asked == "since then":
                cog._questions[one] = Question("ab" * 1000)
        await app.journal.flush()
        for number in range(200):
            copy: Any = SimpleNamespace(id=ids[-1] + number + 1, channel=world.channel, content="a" + "ba" * 900 + "c")
            cog._copies.add(copy)
        deleted: Any = {"ids": list(map(str, ids)), "channel_id": str(world.channel.id)}
        longest = await _longest_step(cog.on_raw_bulk_message_delete(discord.RawBulkMessageDeleteEvent(deleted)))
        assert longest < MAX_STEP_SECONDS


@pytest.mark.parametrize(("text", "said"), [("Who is Anna Petit?", "asking a lot"), ("Qui est Anna ?", "beaucoup")])
async def test_the_cooldown_speaks_the_language_of_the_question(opened: OpenApp, text: str, said: str) -> None:
    async with opened() as app, world_around(app) as world:
        for _ in range(QUESTION_RATE.times + 1):
            await _ask(world, text)
        assert said in seen(world.channel.last_message)
