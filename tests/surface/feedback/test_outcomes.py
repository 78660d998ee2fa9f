"""Whoever reported a mistake is told once what became of it, if they want to hear it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.answering.feedback import Settlement
from bot.surface.platform.attempts import persist
from tests.conftest import OpenApp
from tests.discord_world import World, choose, world_around
from tests.fakes import SetClock
from tests.surface.words import seen

Send = Callable[[], Awaitable[object]]
QUESTIONS = {"fr": "Qui est Anna Petit ?", "en": "Who is Anna Petit?"}
BUTTONS = {"fr": "Signaler une erreur", "en": "Report a mistake"}
FORM = {"wrong": "Elle a un *autre* titre.", "awaited": True}
HOME = {"editor_guilds": "1000"}


async def reported(world: World, form: Mapping[str, Any], locale: str = "fr") -> str:
    """Report a mistake in an answer, and return what the reporter reads then."""
    asked = await world.reader.slash(world.channel, "ask", question=QUESTIONS[locale])
    await world.app.journal.flush()
    assert asked.response is not None
    shown = await choose(world.other, asked.response, BUTTONS[locale])
    return seen((await world.other.submit_modal(shown, dict(form))).response)


def letters(world: World) -> list[str]:
    return [seen(message) for message in world.other.user.dm_channel.history()]


@pytest.mark.parametrize(
    ("locale", "outcome", "note", "letter"),
    [
        (
            "fr",
            "corrected",
            "Merci !",
            "Vous m'avez demandé ce qu'il est advenu de votre signalement 1 : « Elle a un \\*autre\\* titre. »\n"
            "La rédaction a corrigé le dossier.\nLa rédaction écrit : Merci !",
        ),
        (
            "en",
            "nothing",
            "",
            "You asked me to tell you what became of your report 1: “Elle a un \\*autre\\* titre.”\n"
            "The editors have checked, and found nothing to correct.",
        ),
    ],
)
async def test_who_wants_to_hear_it_is_told_once_in_their_language(
    opened: OpenApp, locale: str, outcome: str, note: str, letter: str
) -> None:
    async with opened(**HOME) as app, world_around(app, locale=locale) as world:
        thanks = await reported(world, FORM, locale)
        assert ("je garde votre identifiant Discord" if locale == "fr" else "I keep your Discord user ID") in thanks
        assert letters(world) == []
        await world.manager.slash(world.channel, "facts settle", number=1, outcome=outcome, note=note)
        assert letters(world) == [letter]
        await world.manager.slash(world.channel, "facts settle", number=1, outcome="other")
        await app.client.letters.send()
        assert letters(world) == [letter]
        assert await app.client.parts.readers.feedback.awaited() == []


async def test_a_report_is_settled_without_saying_how(opened: OpenApp) -> None:
    async with opened(**HOME) as app, world_around(app) as world:
        await reported(world, FORM)
        await world.manager.slash(world.channel, "facts settle", number=1)
        (letter,) = letters(world)
        assert letter.endswith("La rédaction l'a réglé.")


async def test_who_does_not_want_to_hear_it_is_not_told_and_not_stored(opened: OpenApp) -> None:
    async with opened(**HOME) as app, world_around(app) as world:
        assert "identifiant" not in await reported(world, {"wrong": "Faux."})
        stored = await app.journal.privacy.stored(world.other.id)
        assert [row["reporter"] for row in stored.rows["mistakes"]] == [None]
        await world.manager.slash(world.channel, "facts settle", number=1)
        assert letters(world) == []


async def test_who_opted_out_is_not_asked_and_leaves_no_trace(opened: OpenApp) -> None:
    async with opened(**HOME) as app, world_around(app) as world:
        await world.other.slash(world.channel, "privacy opt-out")
        asked = await world.reader.slash(world.channel, "ask", question=QUESTIONS["fr"])
        assert asked.response is not None
        shown = await choose(world.other, asked.response, BUTTONS["fr"])
        assert shown.modal is not None
        assert [row["component"]["custom_id"] for row in shown.modal["components"]] == ["wrong", "written"]
        await world.other.submit_modal(shown, {"wrong": "Faux."})
        assert (await app.journal.privacy.stored(world.other.id)).rows["mistakes"] == ()
        (report,) = await app.client.parts.readers.feedback.mistakes(9)
        assert report.mistake.link is None


async def test_who_opts_out_before_sending_the_form_is_not_stored_either(opened: OpenApp) -> None:
    async with opened(**HOME) as app, world_around(app) as world:
        asked = await world.reader.slash(world.channel, "ask", question=QUESTIONS["fr"])
        assert asked.response is not None
        shown = await choose(world.other, asked.response, BUTTONS["fr"])
        await world.other.slash(world.channel, "privacy opt-out")
        result = await world.other.submit_modal(shown, FORM)
        assert "identifiant" not in seen(result.response)
        await world.manager.slash(world.channel, "facts settle", number=1)
        assert letters(world) == []


@pytest.mark.parametrize("command", ["privacy opt-out", "privacy forget"])
async def test_who_takes_it_back_is_not_told(opened: OpenApp, command: str) -> None:
    async with opened(**HOME) as app, world_around(app) as world:
        await reported(world, FORM)
        await world.other.slash(world.channel, command)
        await world.manager.slash(world.channel, "facts settle", number=1)
        assert letters(world) == []


async def test_what_was_settled_while_the_bot_was_away_is_told_once_it_is_back(opened: OpenApp) -> None:
    async with opened(**HOME) as app, world_around(app) as world:
        await reported(world, FORM)
        settlement = Settlement(app.client.parts.clock.now(), "corrected")
        assert await app.client.parts.readers.feedback.settle(1, settlement)
        for _ in range(2):
            async with opened(**HOME) as again:
                await world.env.restart_bot(again.client)
                assert len(letters(world)) == 1


async def test_while_a_letter_is_being_sent_it_is_not_sent_again(
    opened: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly(send: Send) -> object:
        await asyncio.sleep(0.05)
        return await persist(send)

    monkeypatch.setattr("bot.surface.feedback.outcomes.persist", slowly)
    async with opened(**HOME) as app, world_around(app) as world:
        await reported(world, FORM)
        assert await app.client.parts.readers.feedback.settle(1, Settlement(app.client.parts.clock.now()))
        await asyncio.gather(*(app.client.letters.send() for _ in range(2)))
        assert len(letters(world)) == 1


async def test_somebody_who_takes_no_messages_is_not_tried_again(
    opened: OpenApp, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(**HOME) as app, world_around(app) as world:
        await reported(world, FORM)
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
        with caplog.at_level("INFO"):
            await world.manager.slash(world.channel, "facts settle", number=1)
        assert "the reporter of report 1 could not be told" in caplog.text
        assert await app.client.parts.readers.feedback.awaited() == []


async def test_a_letter_that_fails_for_a_while_is_sent_later_but_not_for_ever(opened: OpenApp) -> None:
    clock = SetClock()
    async with opened(clock, **HOME) as app, world_around(app) as world:
        for number, hours, told in ((1, 1, 1), (2, 25, 1)):
            await reported(world, FORM)
            world.env.inject_error("POST", "/channels/*/messages", status=429, code=40003)
            await world.manager.slash(world.channel, "facts settle", number=number)
            assert len(await app.client.parts.readers.feedback.awaited()) == 1
            clock.advance(timedelta(hours=hours).total_seconds())
            if number == 2:
                world.env.inject_error("POST", "/channels/*/messages", status=429, code=40003)
            await app.client.letters.send()
            assert len(letters(world)) == told
            assert await app.client.parts.readers.feedback.awaited() == []
