"""Reporting a mistake: a short form under each answer; editors see the mistake until they settle it."""

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.answering.editions import Shelf
from bot.answering.feedback import Mistake
from tests.conftest import OpenApp
from tests.discord_world import World, choose, publish, world_around
from tests.fakes import SetClock
from tests.small_story import edit
from tests.surface.words import seen

FORM = {"wrong": "Il a un autre titre.", "written": "https://example.org/petit"}


async def reported(world: World, question: str, button: str, **form: str) -> Any:
    asked = await world.reader.slash(world.channel, "ask", question=question)
    await world.app.journal.flush()
    assert asked.response is not None
    shown = await choose(world.other, asked.response, button)
    return shown, await world.other.submit_modal(shown, form)


@pytest.mark.parametrize(
    ("locale", "question", "button", "labels", "thanks"),
    [
        (
            "fr",
            "Qui est Anna Petit ?",
            "Signaler une erreur",
            [
                "Qu'est-ce qui est faux ?",
                "Lien vers une source contraire (facultatif)",
                "Me dire ce qu'il en est advenu",
            ],
            "Merci. Votre signalement est transmis à la rédaction sous le numéro 1.",
        ),
        (
            "en-US",
            "Who is Anna Petit?",
            "Report a mistake",
            ["What is wrong?", "Link to a source that differs (optional)", "Tell me what became of it"],
            "Thank you. Your report has been passed to the editors as number 1.",
        ),
    ],
)
async def test_anybody_reports_a_mistake_by_a_form(
    opened: OpenApp, locale: str, question: str, button: str, labels: list[str], thanks: str
) -> None:
    async with opened() as app, world_around(app, locale=locale) as world:
        shown, result = await reported(world, question, button, **FORM)
        assert shown.modal["title"] == button
        assert [row["label"] for row in shown.modal["components"]] == labels
        assert result.ephemeral
        assert seen(result.response) == thanks


async def test_editors_read_what_is_reported_and_settle_it(opened: OpenApp) -> None:
    async with opened(editor_guilds="1000") as app, world_around(app) as world:
        empty = await world.manager.slash(world.channel, "facts reports")
        assert seen(empty.response) == "Aucun signalement en attente."
        await reported(world, "Qui est Anna Petit ?", "Signaler une erreur", **FORM)
        await reported(world, "Qui a porté plainte contre la mairie ?", "Signaler une erreur", wrong="**Rien** ?")
        queue = await world.manager.slash(world.channel, "facts reports")
        assert queue.ephemeral
        text = seen(queue.response)
        for part in (
            "Signalement 1",
            "Qui est Anna Petit ?",
            "petit-role",
            FORM["wrong"],
            "https\\://example\\.org/petit",
            "\\*\\*Rien\\*\\* ?",
        ):
            assert part in text
        settled = await world.manager.slash(world.channel, "facts settle", number=1)
        assert seen(settled.response) == "Le signalement 1 est réglé."
        assert "Signalement 1" not in seen((await world.manager.slash(world.channel, "facts reports")).response)
        again = await world.manager.slash(world.channel, "facts settle", number=1)
        assert seen(again.response) == "Il n'y a pas de signalement 1 en attente."


async def test_a_report_carries_its_date_its_message_and_the_fact_as_it_was_shown(
    opened: OpenApp, whole_story: Path
) -> None:
    folders = {"knowledge": whole_story / "knowledge", "seeds": whole_story / "seeds"}
    clock = SetClock()
    async with opened(clock, editor_guilds="1000", **folders) as app, world_around(app) as world:
        await reported(world, "Qui est Anna Petit ?", "Signaler une erreur", **FORM)
        answer = world.channel.last_message
        assert answer is not None
        edit(whole_story, "works.yml", "l'ingénieure en chef du département.", "l'ingénieure en chef de la région.")
        await publish(app)
        text = seen((await world.manager.slash(world.channel, "facts reports")).response)
        assert f"Date : {discord.utils.format_dt(clock.now(), 'f')}" in text
        assert f"Message : https://discord.com/channels/1000/{world.channel.id}/{answer.id}" in text
        assert "Fait montré : « Anna Petit est l'ingénieure en chef du département. »" in text
        assert "petit-role" in text


async def test_a_message_that_was_corrected_meanwhile_is_reported_as_it_reads_now(
    opened: OpenApp, whole_story: Path
) -> None:
    folders = {"knowledge": whole_story / "knowledge", "seeds": whole_story / "seeds"}
    async with opened(editor_guilds="1000", **folders) as app, world_around(app) as world:
        asked = await world.reader.slash(world.channel, "ask", question="Qui est Anna Petit ?")
        await app.journal.flush()
        edit(whole_story, "works.yml", "l'ingénieure en chef du département.", "l'ingénieure en chef de la région.")
        edit(whole_story, "works.yml", "id: petit-role\n", "id: petit-role\n    status: corrected\n")
        await publish(app)
        assert asked.response is not None
        shown = await choose(world.other, asked.response, "Signaler une erreur")
        await world.other.submit_modal(shown, FORM)
        text = seen((await world.manager.slash(world.channel, "facts reports")).response)
        assert "Fait montré : « Anna Petit est l'ingénieure en chef de la région. »" in text


async def test_there_is_no_link_to_what_only_one_reader_sees(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        direct = await world.reader.user.slash("ask", question="Qui est Anna Petit ?")
        await app.journal.flush()
        shown = await choose(world.reader.user, direct.response, "Signaler une erreur")
        await world.reader.user.submit_modal(shown, FORM)
        (row,) = await app.client.parts.readers.feedback.mistakes(9)
        assert row.mistake.link is None
        assert row.facts == ("petit-role",)


async def test_a_long_queue_says_how_many_more_there_are(opened: OpenApp) -> None:
    async with opened(editor_guilds="1000") as app, world_around(app) as world:
        mistake = Mistake("0" * 12, "faux " * 190, "x" * 300, app.client.parts.clock.now())
        for _ in range(7):
            await app.client.parts.readers.feedback.report(mistake, 1)
        text = seen((await world.manager.slash(world.channel, "facts reports")).response)
        assert "Signalement 1" in text
        assert text.endswith("… et 2 autres.")


@pytest.mark.parametrize(
    ("command", "options"),
    [("who", {"name": "residents"}), ("when", {"event": "complaint"}), ("claims", {}), ("quote", {})],
)
async def test_a_list_can_be_reported_too_also_after_its_page_was_turned(
    opened: OpenApp, long_shelf: Shelf, command: str, options: dict[str, str]
) -> None:
    async with opened(loaded=long_shelf) as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, command, **options)
        assert result.response is not None
        await world.reader.click(result.response, label="Suivant")
        listed = world.channel.last_message
        assert listed is not None
        shown = await world.other.click(listed, label="Signaler une erreur")
        reported = await world.other.submit_modal(shown, FORM)
        assert seen(reported.response).startswith("Merci.")
        await app.journal.flush()
        (row,) = await app.client.parts.readers.feedback.mistakes(1)
        assert row.facts
