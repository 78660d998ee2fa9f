"""What is posted in the editors' channel: reports with their buttons, gaps that readers share, failed reloads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.answering.editions import ReloadReport
from bot.answering.feedback import Mistake
from bot.app import App
from bot.surface.desk.channel import MAX_POSTS, RATE_PERIOD
from tests.conftest import OpenApp
from tests.discord_world import World, choose, publish, world_around
from tests.fakes import SetClock
from tests.small_story import edit
from tests.surface.words import buttons, seen

HOME, AWAY = 1000, 2000
REFUSAL = "Seuls les responsables d'un serveur de la rédaction peuvent faire cela."
SETTLE = ["Régler : corrigé", "Régler : rien à corriger", "Régler : autre issue"]
HAUNTED = ("Le pont est-il hanté ?", "le pont est il hanté", "Est-ce que le pont est hanté ?")


@asynccontextmanager
async def newsroom(
    opened: OpenApp, clock: SetClock | None = None, denied: discord.PermissionOverwrite | None = None, **settings: Any
) -> AsyncIterator[tuple[World, Any]]:
    """Open a server with an editors' channel, where everybody, the bot too, may be denied something."""
    async with opened() as first, world_around(first, guild=HOME) as world:
        everybody: Any = world.env.guild.default_role
        desk = world.env.guild.create_text_channel("rédaction", overwrites={everybody: denied} if denied else None)
        async with started(opened, world, desk, clock, **settings) as app:
            yield replace(world, app=app), desk


@asynccontextmanager
async def started(
    opened: OpenApp, world: World, desk: Any, clock: SetClock | None = None, **settings: Any
) -> AsyncIterator[App]:
    """Start the bot, again if it runs already, with the setting of the editors' channel."""
    async with opened(clock, **{"editor_guilds": str(HOME), "desk_channel": desk.id, **settings}) as app:
        await world.env.restart_bot(app.client)
        await app.client.tell_desk(gaps=True)
        yield app


async def report(world: World, wrong: str = "Elle a un autre titre.") -> None:
    asked = await world.reader.slash(world.channel, "ask", question="Qui est Anna Petit ?")
    await world.app.journal.flush()
    assert asked.response is not None
    shown = await choose(world.other, asked.response, "Signaler une erreur")
    await world.other.submit_modal(shown, {"wrong": wrong, "awaited": True})


async def queue(world: World, count: int) -> None:
    """Put reports in the queue as if the bot had not been there."""
    parts = world.app.client.parts
    for number in range(count):
        await parts.readers.feedback.report(Mistake("0" * 12, f"Faux {number}.", "", parts.clock.now()), 7)


async def ask(world: World, actor: Any, question: str) -> None:
    await actor.slash(world.channel, "ask", question=question)
    await world.app.journal.flush()


def posts(channel: Any) -> list[str]:
    return [seen(message) for message in channel.history()]


async def restarted(opened: OpenApp, world: World, desk: Any, times: int = 2) -> None:
    for _ in range(times):
        async with started(opened, world, desk):
            pass


async def test_a_report_is_posted_once_with_its_question_its_link_and_the_fact_as_shown(opened: OpenApp) -> None:
    async with newsroom(opened) as (world, desk):
        await report(world, "Elle est @everyone **maire**.")
        (text,) = posts(desk)
        answer = world.channel.last_message
        assert answer is not None
        for part in (
            "Signalement 1",
            "Date : <t:",
            f"https://discord.com/channels/{HOME}/{world.channel.id}/{answer.id}",
            "Question : Qui est Anna Petit ?",
            "Fait montré : « Anna Petit est l'ingénieure en chef du département. »",
            "Ce qui serait faux : Elle est @\u200beveryone \\*\\*maire\\*\\*.",
        ):
            assert part in text
        assert buttons(desk.last_message) == SETTLE
        assert not desk.last_message.mention_everyone
        await world.app.client.tell_desk(gaps=True)
        await restarted(opened, world, desk)
        assert len(posts(desk)) == 1


async def test_an_editor_settles_it_by_button_and_the_reporter_is_told_once(opened: OpenApp) -> None:
    async with newsroom(opened) as (world, desk):
        await report(world)
        async with started(opened, world, desk) as again:  # the buttons work after a restart
            form = await world.manager.click(desk.last_message, label=SETTLE[0])
            assert form.modal is not None
            assert form.modal["title"] == "Signalement 1 : corrigé"
            await world.manager.submit_modal(form, {"note": "Merci."})
            text = seen(desk.last_message)
            assert text.endswith("**Réglé : corrigé. Merci.**")
            assert await again.client.parts.readers.feedback.mistakes(9) == []
            (letter,) = [seen(message) for message in world.other.user.dm_channel.history()]
            assert letter.endswith("La rédaction a corrigé le dossier.\nLa rédaction écrit : Merci.")
        await restarted(opened, world, desk)
        assert len(world.other.user.dm_channel.history()) == 1
        assert len(posts(desk)) == 1


async def test_what_a_colleague_has_settled_is_shown_as_settled(opened: OpenApp) -> None:
    async with newsroom(opened) as (world, desk):
        await report(world)
        form = await world.manager.click(desk.last_message, label=SETTLE[0])
        await world.manager.slash(world.channel, "facts settle", number=1, outcome="nothing")
        late = await world.manager.submit_modal(form, {"note": "Trop tard."})
        (notice,) = late.followups
        assert seen(notice) == "Il n'y a pas de signalement 1 en attente."
        assert seen(desk.last_message).endswith("**Réglé : rien à corriger.**")
        assert len(world.other.user.dm_channel.history()) == 1


async def test_the_buttons_are_for_editors_alone(opened: OpenApp) -> None:
    async with newsroom(opened) as (world, desk):
        await report(world)
        for label in SETTLE:
            pressed = await world.reader.click(desk.last_message, label=label)
            assert pressed.ephemeral
            assert seen(pressed.response) == REFUSAL
        assert len(await world.app.client.parts.readers.feedback.mistakes(9)) == 1


async def test_a_report_that_was_made_before_there_was_a_channel_is_posted_later(opened: OpenApp) -> None:
    async with opened() as app, world_around(app, guild=HOME) as world:
        await report(world)
        desk = world.env.guild.create_text_channel("rédaction")
        await restarted(opened, world, desk)
        assert len(posts(desk)) == 1


async def test_a_post_that_fails_is_posted_later(opened: OpenApp) -> None:
    async with newsroom(opened) as (world, desk):
        await queue(world, 1)
        world.env.inject_error("POST", "/channels/*/messages", status=429, code=40003)
        await world.app.client.tell_desk(gaps=False)
        assert posts(desk) == []
        await world.app.client.tell_desk(gaps=False)
        assert len(posts(desk)) == 1


async def test_many_reports_are_one_message(opened: OpenApp) -> None:
    async with newsroom(opened) as (world, desk):
        await queue(world, 25)
        await world.app.client.tell_desk(gaps=False)
        (text,) = posts(desk)
        assert text.startswith("25 nouveaux signalements ; /faits signalements les montre\nSignalement 1 — Faux 0.")
        assert text.endswith("… et 5 autres.")
        await world.app.client.tell_desk(gaps=False)
        assert len(posts(desk)) == 1


async def test_no_more_is_posted_in_ten_minutes_than_anybody_reads(opened: OpenApp) -> None:
    clock = SetClock()
    async with newsroom(opened, clock) as (world, desk):
        for _ in range(MAX_POSTS + 5):
            await queue(world, 1)
            await world.app.client.tell_desk(gaps=False)
        assert len(posts(desk)) == MAX_POSTS
        clock.advance(RATE_PERIOD.total_seconds())
        await world.app.client.tell_desk(gaps=False)
        assert len(posts(desk)) == MAX_POSTS + 1
        assert seen(desk.last_message).startswith("5 nouveaux signalements")


async def test_a_gap_is_posted_once_when_the_third_reader_asks(opened: OpenApp) -> None:
    async with newsroom(opened) as (world, desk):
        for actor, question in zip((world.reader, world.other), HAUNTED, strict=False):
            await ask(world, actor, question)
        await ask(world, world.reader, HAUNTED[2])
        await world.app.client.tell_desk(gaps=True)
        assert posts(desk) == []
        await ask(world, world.manager, HAUNTED[2])
        await world.app.client.tell_desk(gaps=True)
        (text,) = posts(desk)
        assert text.startswith("3 lecteurs ont posé cette question en vain\n")
        assert "hanté" in text
        assert buttons(desk.last_message) == ["Que faire ?"]
        refused = await world.reader.click(desk.last_message, label="Que faire ?")
        assert seen(refused.response) == REFUSAL
        pressed = await world.manager.click(desk.last_message, label="Que faire ?")
        assert pressed.ephemeral
        assert "Chercher un fait" in buttons(pressed.response)
        await ask(world, world.manager, HAUNTED[0])
        await restarted(opened, world, desk)
        assert len(posts(desk)) == 1


async def test_many_gaps_are_one_message_with_the_list_behind_a_button(opened: OpenApp) -> None:
    async with newsroom(opened, desk_gap_readers=1) as (world, desk):
        for thing in ("hanté", "vendu", "repeint", "chauffé"):
            await ask(world, world.reader, f"Le pont est-il {thing} ?")
        await world.app.client.tell_desk(gaps=True)
        (text,) = posts(desk)
        assert text.startswith("4 questions restées sans réponse pour plusieurs lecteurs\n")
        assert "Le pont est-il vendu ? — 1 lecteur" in text
        refused = await world.reader.click(desk.last_message, label="Toutes les questions sans réponse")
        assert seen(refused.response) == REFUSAL
        pressed = await world.manager.click(desk.last_message, label="Toutes les questions sans réponse")
        assert pressed.ephemeral
        assert "Le pont est-il repeint ?" in seen(pressed.response)


async def test_a_gap_stays_known_when_the_first_questions_are_forgotten(opened: OpenApp) -> None:
    async with newsroom(opened, desk_gap_readers=1) as (world, desk):
        await ask(world, world.reader, HAUNTED[0])
        await world.app.client.tell_desk(gaps=True)
        await ask(world, world.other, HAUNTED[0])
        await world.app.client.tell_desk(gaps=True)
        await world.reader.slash(world.channel, "privacy forget")
        await world.app.client.tell_desk(gaps=True)
        assert len(posts(desk)) == 1


async def test_a_failed_reload_is_posted_once_for_the_same_problems(opened: OpenApp, small_story: Path) -> None:
    folders: dict[str, Any] = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with newsroom(opened, **folders) as (world, desk):
        client = world.app.client

        async def saved() -> ReloadReport:
            report = await world.app.library.reload()
            client.news.note_reload(report)
            await client.tell_desk(gaps=False)
            return report

        edit(small_story, "facts.yml", "kind: report", "kind: opinion")
        assert not (await saved()).loaded
        await saved()
        (text,) = posts(desk)
        assert text.startswith("Un rechargement a échoué : les faits précédents restent en place\n")
        assert "facts.yml:" in text
        refused = await world.reader.click(desk.last_message, label="Contrôler de nouveau les fichiers")
        assert seen(refused.response) == REFUSAL
        edit(small_story, "facts.yml", "kind: opinion", "kind: report")
        assert (await saved()).loaded
        assert len(posts(desk)) == 1
        pressed = await world.manager.click(desk.last_message, label="Contrôler de nouveau les fichiers")
        assert seen(pressed.response).startswith("Rien n'a changé depuis la dernière publication")
        edit(small_story, "facts.yml", "kind: report", "kind: opinion")
        await saved()
        assert len(posts(desk)) == 2


async def test_what_was_mended_within_the_minute_is_not_posted(opened: OpenApp) -> None:
    async with newsroom(opened) as (world, desk):
        news, shelf = world.app.client.news, world.app.library.current
        news.note_reload(ReloadReport(False, ("facts.yml:1:1: error[x] wrong",), shelf))
        news.note_reload(ReloadReport(True, (), shelf))
        await world.app.client.tell_desk(gaps=False)
        assert posts(desk) == []


async def test_the_channel_speaks_the_language_of_its_server(opened: OpenApp) -> None:
    async with opened() as first, world_around(first, guild=HOME) as world:
        guild = world.env.create_guild("Newsroom", id=AWAY, preferred_locale="en-US")
        desk = guild.create_text_channel("desk")
        async with started(opened, world, desk, editor_guilds=str(AWAY)) as app:
            await report(replace(world, app=app))
        text = seen(desk.last_message)
        assert "Question: Qui est Anna Petit ?" in text
        assert "Fact shown: “Anna Petit est l'ingénieure en chef du département.”" in text


@pytest.mark.parametrize(
    ("settings", "denied", "said"),
    [
        ({"desk_channel": 77}, {}, "the bot sees no channel 77 that it could post to"),
        ({"editor_guilds": str(AWAY)}, {}, "its server is not in ONRECORD_EDITOR_GUILDS"),
        ({}, {"send_messages": False}, "the bot lacks permissions there: send_messages"),
    ],
)
async def test_a_channel_that_cannot_be_used_is_one_line_in_the_log(
    opened: OpenApp, settings: dict[str, Any], denied: dict[str, bool], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with newsroom(opened, denied=discord.PermissionOverwrite(**denied), **settings) as (world, desk):
        await report(world)
        await world.app.client.tell_desk(gaps=True)
        assert posts(desk) == []
        assert caplog.text.count(said) == 1


async def test_the_managers_are_told_once_which_permissions_are_missing(opened: OpenApp) -> None:
    denied = discord.PermissionOverwrite(send_messages=False)
    async with newsroom(opened, denied=denied) as (world, desk):
        await report(world)
        await restarted(opened, world, desk)
        (notice,) = [seen(message) for message in world.env.guild.owner.dm_channel.history()]
        assert f"je ne peux rien publier dans le salon de la rédaction <#{desk.id}>" in notice
        assert "Envoyer des messages" in notice


async def test_without_the_setting_nothing_is_posted_and_nothing_is_logged(
    opened: OpenApp, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(editor_guilds=str(HOME)) as app, world_around(app, guild=HOME) as world:
        await report(world)
        await publish(app)
        await app.client.tell_desk(gaps=True)
        assert "ONRECORD_DESK_CHANNEL" not in caplog.text
        assert len(world.channel.history()) == 1
