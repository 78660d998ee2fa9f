"""Sending within Discord's deadline and the channel's permissions, without raising for what is gone."""

import asyncio
import time
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any, ClassVar, cast

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.surface.answers import cog
from bot.surface.platform import limits, sending
from bot.surface.platform.draft import embeds_text
from tests.conftest import OpenApp
from tests.discord_world import World, ask_in, channel_without, choose, world_around
from tests.surface.words import buttons, seen

QUESTION = "Qui est Anna Petit ?"
ROLE = "ingénieure en chef"
EPHEMERAL = 64  # a flag of messages
THINKING = 5  # the type of a callback


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Treat every answer as slow: simcord's clock does not advance, so no timeout expires there."""

    async def defer_if_slow(interaction: discord.Interaction, work: Awaitable[Any], *, ephemeral: bool = False) -> Any:
        await sending.defer(interaction, ephemeral=ephemeral)
        return await work

    monkeypatch.setattr(cog, "defer_if_slow", defer_if_slow)


@pytest.mark.usefixtures("impatient")
async def test_an_answer_that_takes_long_is_announced(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question=QUESTION)
        assert announced(world) == [False]
        assert ROLE in seen(result.response)


def announced(world: World) -> list[bool]:
    """Return an answer's deferrals, each with whether it is ephemeral."""
    sent = [request.json for request in world.env.http_requests if request.path.endswith("/callback")]
    return [
        bool(body.get("data", {}).get("flags", 0) & EPHEMERAL) for body in sent if body and body["type"] == THINKING
    ]


@pytest.mark.clock
async def test_it_is_announced_within_a_second() -> None:
    class Interaction:
        """An interaction with only what deferring it needs."""

        extras: ClassVar[dict[str, Any]] = {}

        def __init__(self) -> None:
            self.response = self
            self.deferred = asyncio.Event()

        def is_done(self) -> bool:
            return False

        async def defer(self, **_options: Any) -> None:
            self.deferred.set()

    interaction = Interaction()
    started = time.perf_counter()
    work = asyncio.create_task(
        sending.defer_if_slow(cast(discord.Interaction, interaction), asyncio.sleep(1.5, "found"))
    )
    await interaction.deferred.wait()
    assert time.perf_counter() - started < 1
    assert await work == "found"


@pytest.mark.usefixtures("impatient")
async def test_an_abstention_that_takes_long_is_still_for_the_asker_alone(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question="Qui garde le phare ?")
        assert announced(world) == [False]
        assert world.channel.history() == []
        (told,) = result.followups
        assert told.ephemeral
        assert seen(told).startswith("> Qui garde le phare ?\nLe dossier ne dit pas cela")


async def test_without_leave_to_embed_a_command_answers_in_text(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        channel = channel_without(world, embed_links=False)
        result = await world.reader.slash(channel, "ask", question="Qui juge le pont dangereux ?")
        assert result.response is not None
        assert result.response.embeds == []
        text = seen(result.response)
        assert "**Affirmation : Anna Petit**" in text
        assert "**Démenti : Le maire**" in text
        assert "§ 2" in text


async def test_without_leave_to_attach_the_timeline_is_text(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        channel = channel_without(world, attach_files=False)
        await world.reader.slash(channel, "timeline")
        shown = channel.last_message
        assert shown is not None
        assert shown.attachments == []
        assert "La construction du pont" in seen(shown)


async def test_without_the_history_an_answer_is_no_reply(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        channel = channel_without(world, read_message_history=False)
        await world.reader.send(channel, f"{world.mention()} {QUESTION}")
        posts = [
            request for request in world.env.http_requests if request.method == "POST" and "messages" in request.path
        ]
        assert any(ROLE in str(post.json) and "message_reference" not in str(post.json) for post in posts)


@pytest.mark.parametrize(
    ("permission", "name"),
    [("embed_links", "Intégrer des liens"), ("read_message_history", "Voir les anciens messages")],
)
async def test_the_managers_are_told_once_of_what_is_missing(opened: OpenApp, permission: str, name: str) -> None:
    async with opened() as app, world_around(app) as world:
        channel = channel_without(world, **{permission: False})
        for question in (QUESTION, "Qui a porté plainte contre la mairie ?"):
            await world.reader.send(channel, f"{world.mention()} {question}")
        told = [seen(message) for message in world.env.guild.owner.dm_channel.history()]
        assert len(told) == 1
        assert told[0].startswith(f"Sur le serveur Rédaction, ces permissions me manquent : {name}.")
        async with opened() as again:
            await world.env.restart_bot(again.client)
            await world.reader.send(channel, f"{world.mention()} Qui est Jeanne Roy ?")
        assert len(world.env.guild.owner.dm_channel.history()) == 1


async def test_managers_who_take_no_messages_keep_nobody_from_an_answer(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        channel = channel_without(world, embed_links=False)
        world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
        await world.reader.send(channel, f"{world.mention()} {QUESTION}")
        assert ROLE in seen(channel.last_message)
        assert world.env.errors == []


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, 10062), (400, 40060), (404, 10008), (404, 10003), (403, 50001), (401, 50027)],
)
async def test_what_is_gone_is_logged_and_never_raised(
    opened: OpenApp, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    async with opened() as app, world_around(app, check_errors=False) as world:
        world.env.inject_error("POST", "/interactions/*/callback", status=status, code=code)
        await world.reader.slash(world.channel, "who", name="anna-petit")
        world.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
        await world.reader.send(world.channel, f"{world.mention()} {QUESTION}")
        assert "could not be answered" in caplog.text
        assert "Traceback" not in caplog.text
        assert "ERROR" not in caplog.text


async def test_an_unexpected_error_in_chat_is_one_sentence_with_a_reference(
    opened: OpenApp, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened() as app, world_around(app) as world:

        async def broken(*_args: object) -> None:
            raise RuntimeError("the question is torn")

        monkeypatch.setattr(type(app.assistant), "ask", broken)
        await world.reader.send(world.channel, f"{world.mention()} {QUESTION}")
        said = seen(world.channel.last_message)
        assert said.startswith("Une erreur est survenue de mon côté.")
        assert f"failure {said.rpartition(' ')[2]}" in caplog.text


@given(st.lists(st.tuples(st.text("ab \n", min_size=1, max_size=2000), st.text("ab \n", max_size=900)), max_size=9))
def test_an_embed_as_text_fits_messages_and_loses_no_short_line(rows: list[tuple[str, str]]) -> None:
    embed = discord.Embed(title="t", description="d" * 100)
    for name, value in rows:
        embed.add_field(name=name, value=value)
    texts = embeds_text([embed])
    assert all(0 < len(text) <= limits.MESSAGE for text in texts)
    whole = "\n".join(texts)
    for name, value in rows:
        for line in f"**{name}**\n{value}".split("\n"):
            assert line.strip() in whole


async def test_a_notice_that_fails_spoils_no_answer(
    opened: OpenApp, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened() as app, world_around(app) as world:

        async def broken(*_args: object) -> str:
            raise RuntimeError("the database is gone")

        monkeypatch.setattr(type(app.journal), "read", broken)
        channel = channel_without(world, embed_links=False)
        question = await world.reader.send(channel, f"{world.mention()} {QUESTION}")
        assert ROLE in seen(channel.last_message)
        assert "could not be notified" in caplog.text
        await world.reader.delete(question)
        assert channel.history() == []


@pytest.mark.parametrize(
    ("place", "is_kept"),
    [
        ({}, True),
        ({"guild_id": None, "context": 1}, True),  # a direct message of the bot's
        ({"guild_id": None, "context": 2}, False),  # a conversation of others, where the asker brought the bot
        ({"guild_id": "77"}, False),  # a server that the bot is no member of
    ],
)
async def test_a_message_that_cannot_be_edited_later_is_not_kept_for_it(
    opened: OpenApp, place: dict[str, Any], is_kept: bool
) -> None:
    async with opened() as app, world_around(app) as world:
        result = await ask_in(world.reader, world.channel, QUESTION, **place)
        assert ROLE in seen(result.response)
        kept = await app.journal.history.shown_since(datetime(2000, 1, 1, tzinfo=UTC))
        assert len(kept) == is_kept


async def test_a_message_for_the_user_alone_is_not_kept_for_it(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        answer = await world.reader.slash(world.channel, "ask", question=QUESTION)
        assert answer.response is not None
        before = await app.journal.history.shown_since(datetime(2000, 1, 1, tzinfo=UTC))
        offered = await choose(world.other, answer.response, "Faits liés")
        assert offered.response is not None
        assert offered.response.ephemeral
        await world.other.click(offered.response, label=buttons(offered.response)[0])
        assert await app.journal.history.shown_since(datetime(2000, 1, 1, tzinfo=UTC)) == before
