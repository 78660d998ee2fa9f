"""Chat: which messages are answered, in which language, and what is deleted with the question."""

import discord
import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, channel_without, world_around
from tests.surface.words import ANSWERED, buttons, colour, seen, told

ANSWER = """\
Rapporté par l'article
Anna Petit est l'ingénieure en chef du département.
Où c'est écrit
« ingénieure en chef du département » : § 3, article de juin 2020, « Le pont et ses riverains », \
La Gazette de la vallée, https://example.org/pont
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
        assert "“le pont est dangereux”: § 2, article of June 2020" in text
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
            "I don't know: the question is about something that this story does not mention.",
        ),
        ("\u202eeguj el tse iuQ", "Je ne sais pas"),
        ("pourquoi Google " * 100, "Je ne sais pas"),
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
        async with opened() as again:
            await world.env.restart_bot(again.client)
            assert len(world.channel.history()) == 2
            await world.reader.delete(question)
            assert world.channel.history() == []


async def test_without_leave_to_embed_the_answer_is_text(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        channel = channel_without(world, embed_links=False)
        await world.reader.send(channel, f"{world.mention()} Qui est Anna Petit ?")
        answer = channel.last_message
        assert answer is not None
        assert answer.embeds == []
        assert "ingénieure en chef" in answer.content
        assert "§ 3" in answer.content
