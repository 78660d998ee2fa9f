"""Waiting for an answer: one direct message once an editor has confirmed it, then the wait is deleted."""

from pathlib import Path
from typing import Any

import pytest

from bot.answering.feedback import MAX_WAITS
from tests.conftest import OpenApp
from tests.discord_world import World, press, publish, world_around
from tests.fakes import SetClock
from tests.journal.test_feedback import waiting
from tests.small_story import edit
from tests.surface.words import UNANSWERED, buttons, seen

QUESTIONS = {"fr": "Qui garde le phare ?", "en": "Who keeps the lighthouse?"}
LABELS = {locale: labels[0] for locale, labels in UNANSWERED.items()}
KEPT = """\
  - id: lighthouse-kept
    kind: report
    about: [town-hall]
    answers: [who, what]
    text: {fr: La mairie garde le phare., en: The town hall keeps the lighthouse.}
    asked:
      fr: [Qui garde le phare ?, Par qui le phare est-il gardé ?, Le phare a-t-il un gardien ?]
      en: [Who keeps the lighthouse?, By whom is the lighthouse kept?, Does the lighthouse have a keeper?]
    citations:
      - {source: bridge-article, paragraph: 1, exact: La mairie}
  - id: bridge-dangerous
"""


async def asked(world: World, locale: str) -> Any:
    result = await world.reader.slash(world.channel, "ask", question=QUESTIONS[locale])
    await world.app.journal.flush()
    assert result.response is not None
    assert result.ephemeral
    return result.response


async def published(world: World, root: Path) -> None:
    """Answer the question in a new version, confirm that this is the answer, and issue the bulletin."""
    edit(root, "facts.yml", "  - id: bridge-dangerous\n", KEPT)
    await confirm(world)
    await publish(world.app)


async def confirm(world: World, fact: str = "lighthouse-kept") -> int:
    """Confirm, as an editor, that a fact is the answer for everybody who waits."""
    feedback = world.app.client.parts.readers.feedback
    return await feedback.confirm({row.exchange for row in await feedback.waiting()}, "bridge", fact)


def letters(actor: Any) -> list[str]:
    return [seen(message) for message in actor.user.dm_channel.history()]


@pytest.mark.parametrize(
    ("locale", "kept", "told", "answer"),
    [
        (
            "fr",
            "Entendu : si la rédaction trouve une réponse",
            "Vous m'avez demandé de vous prévenir",
            "La mairie garde",
        ),
        ("en", "Noted: if the editors find an answer", "You asked me to tell you", "The town hall keeps"),
    ],
)
async def test_who_waits_is_told_once(
    opened: OpenApp, small_story: Path, locale: str, kept: str, told: str, answer: str
) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app, locale=locale) as world:
        message = await asked(world, locale)
        assert buttons(message) == UNANSWERED[locale]
        result = await world.reader.click(message, label=LABELS[locale])
        assert result.ephemeral
        assert seen(result.response).startswith(kept)
        await world.app.client.bulletin.issue()
        assert letters(world.reader) == []
        await published(world, small_story)
        (letter,) = letters(world.reader)
        assert letter.startswith(told)
        assert QUESTIONS[locale] in letter
        assert answer in letter
        assert letters(world.other) == []
        await world.app.client.bulletin.issue()
        assert len(letters(world.reader)) == 1
        await app.journal.flush()
        edit(small_story, "facts.yml", "id: lighthouse-kept\n", "id: lighthouse-kept\n    status: withdrawn\n")
        await publish(app)
        assert answer not in letters(world.reader)[0]
        assert await app.client.parts.readers.feedback.waiting() == []


async def test_pressed_again_nobody_waits(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        message = await asked(world, "fr")
        await world.reader.click(message, label=LABELS["fr"])
        again = await world.reader.click(message, label=LABELS["fr"])
        assert seen(again.response).startswith("Entendu : je ne vous écrirai pas")
        await published(world, small_story)
        assert letters(world.reader) == []


async def test_the_eleventh_wait_is_refused_with_a_sentence(opened: OpenApp) -> None:
    async with opened(SetClock()) as app, world_around(app) as world:
        for number in range(MAX_WAITS):
            await app.client.parts.readers.feedback.wait(waiting(number, world.reader.user.id, "Qui ?"))
        pressed = await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        assert seen(pressed.response).startswith("Vous attendez déjà dix réponses")


async def test_who_waits_is_told_by_the_bot_that_starts_with_the_answer(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        edit(small_story, "facts.yml", "  - id: bridge-dangerous\n", KEPT)
        await confirm(world)
        async with opened(**folders) as again:
            await world.env.restart_bot(again.client)
            assert len(letters(world.reader)) == 1


async def test_somebody_who_takes_no_messages_is_forgotten(
    opened: OpenApp, small_story: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
        with caplog.at_level("INFO"):
            await published(world, small_story)
        assert "could not be sent it" in caplog.text
        assert await app.client.parts.readers.feedback.waiting() == []


async def test_who_waits_for_one_question_twice_gets_one_letter(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        for _ in range(2):
            await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        assert len(await app.client.parts.readers.feedback.waiting()) == 2
        await published(world, small_story)
        assert len(letters(world.reader)) == 1
        assert await app.client.parts.readers.feedback.waiting() == []


async def test_thanks_and_riddles_are_nothing_to_wait_for(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        for text in ("merci", "???"):
            result = await world.reader.slash(world.channel, "ask", question=text)
            assert LABELS["fr"] not in buttons(result.response)


async def test_after_none_of_these_the_first_question_is_waited_for(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        near = "Qui a remplacé Anna Petit au département ?"
        suggested = await world.reader.slash(world.channel, "ask", question=near)
        assert suggested.response is not None
        await world.reader.click(suggested.response, label="Rien de tout cela")
        await app.journal.flush()
        shown = world.channel.last_message
        assert shown is not None
        await world.reader.click(shown, label=LABELS["fr"])
        (waiting,) = await app.client.parts.readers.feedback.waiting()
        assert waiting.question == near


async def test_a_forged_wait_does_nothing(opened: OpenApp) -> None:
    async with opened() as app, world_around(app) as world:
        result = await world.reader.slash(world.channel, "ask", question="Qui garde le phare ?")
        forged = await press(world.reader, world.channel, result.response, f"t:{'0' * 12}:fr")
        assert forged.response is None
        assert await app.client.parts.readers.feedback.waiting() == []


async def test_a_letter_that_comes_too_often_is_written_later(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        world.env.inject_error(
            "POST", "/channels/*/messages", status=429, code=40003, times=2
        )  # the bot issues one itself
        await published(world, small_story)
        assert letters(world.reader) == []
        for _ in range(2):
            await world.app.client.bulletin.issue()
        assert len(letters(world.reader)) == 1
        assert await app.client.parts.readers.feedback.waiting() == []


async def test_who_waits_again_after_the_answer_was_withdrawn_is_told_again(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        await published(world, small_story)
        edit(small_story, "facts.yml", "id: lighthouse-kept\n", "id: lighthouse-kept\n    status: withdrawn\n")
        await publish(app)
        await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        edit(small_story, "facts.yml", "status: withdrawn", "status: published")
        await publish(app)
        assert len(letters(world.reader)) == 1
        await confirm(world)
        await app.client.bulletin.issue()
        assert len(letters(world.reader)) == 2
        assert await app.client.parts.readers.feedback.waiting() == []


async def test_an_answer_that_no_editor_confirmed_is_told_to_nobody(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        edit(small_story, "facts.yml", "  - id: bridge-dangerous\n", KEPT)
        await publish(app)
        assert letters(world.reader) == []
        (waiting,) = await app.client.parts.readers.feedback.waiting()
        assert (waiting.story, waiting.fact) == (None, None)


async def test_the_confirmed_fact_is_told_whatever_the_question_would_get_today(
    opened: OpenApp, small_story: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        for actor in (world.reader, world.other):
            result = await actor.slash(world.channel, "ask", question=QUESTIONS["fr"])
            await app.journal.flush()
            assert result.response is not None
            await actor.click(result.response, label=LABELS["fr"])
        assert await confirm(world, "bridge-dangerous") == 2
        with caplog.at_level("INFO"):
            assert await app.client.bulletin.issue() == {("bridge", "bridge-dangerous"): 2}
        assert "told the fact bridge-dangerous of bridge: 2" in caplog.text
        (letter,) = letters(world.other)
        assert QUESTIONS["fr"] in letter
        assert "Anna Petit affirme" in letter
        assert "Démenti : Le maire" in letter
        assert await app.client.bulletin.issue() == {}


async def test_a_confirmed_fact_that_is_not_shown_yet_is_told_once_it_is(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        await world.reader.click(await asked(world, "fr"), label=LABELS["fr"])
        edit(small_story, "facts.yml", "  - id: bridge-dangerous\n", KEPT)
        edit(small_story, "facts.yml", "id: lighthouse-kept\n", "id: lighthouse-kept\n    status: draft\n")
        await confirm(world)
        await publish(app)
        assert letters(world.reader) == []
        edit(small_story, "facts.yml", "    status: draft\n", "")
        await publish(app)
        assert len(letters(world.reader)) == 1


async def test_who_waits_for_two_wordings_of_one_gap_gets_one_letter(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with opened(**folders) as app, world_around(app) as world:
        for question in (QUESTIONS["fr"], "Le phare est gardé par qui ?"):
            result = await world.reader.slash(world.channel, "ask", question=question)
            await app.journal.flush()
            assert result.response is not None
            await world.reader.click(result.response, label=LABELS["fr"])
        await published(world, small_story)
        assert len(letters(world.reader)) == 1
        assert await app.client.parts.readers.feedback.waiting() == []
