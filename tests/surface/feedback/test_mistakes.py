"""Reporting a mistake: a short form under each answer; editors see the mistake until they settle it."""

from typing import Any

import pytest

from bot.answering.editions import Shelf
from bot.answering.feedback import Mistake
from tests.conftest import OpenApp
from tests.discord_world import World, world_around
from tests.surface.words import seen

FORM = {"wrong": "Il a un autre titre.", "written": "https://example.org/petit"}


async def reported(world: World, question: str, button: str, **form: str) -> Any:
    asked = await world.reader.slash(world.channel, "ask", question=question)
    await world.app.journal.flush()
    assert asked.response is not None
    shown = await world.other.click(asked.response, label=button)
    return shown, await world.other.submit_modal(shown, form)


@pytest.mark.parametrize(
    ("locale", "question", "button", "labels", "thanks"),
    [
        (
            "fr",
            "Qui est Anna Petit ?",
            "Signaler une erreur",
            ["Qu'est-ce qui est faux ?", "Lien vers une source contraire (facultatif)"],
            "Merci. Votre signalement est transmis à la rédaction sous le numéro 1.",
        ),
        (
            "en-US",
            "Who is Anna Petit?",
            "Report a mistake",
            ["What is wrong?", "Link to a source that differs (optional)"],
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
        for part in ("Signalement 1", "Qui est Anna Petit ?", "petit-role", *FORM.values(), "\\*\\*Rien\\*\\* ?"):
            assert part in text
        settled = await world.manager.slash(world.channel, "facts settle", number=1)
        assert seen(settled.response) == "Le signalement 1 est réglé."
        assert "Signalement 1" not in seen((await world.manager.slash(world.channel, "facts reports")).response)
        again = await world.manager.slash(world.channel, "facts settle", number=1)
        assert seen(again.response) == "Il n'y a pas de signalement 1 en attente."


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
