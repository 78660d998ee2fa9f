"""After a new version: the bot's own messages say what was corrected or withdrawn, and /changes lists it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, world_around
from tests.fakes import SetClock
from tests.small_story import edit
from tests.surface.words import ANSWERED, buttons, seen

ASKED = "Que dit Anna Petit du pont ?"
CLAIM = "Anna Petit affirme que le pont est dangereux."


@asynccontextmanager
async def small_world(opened: OpenApp, root: Path, clock: SetClock, **options: Any) -> AsyncIterator[World]:
    app = opened(clock, knowledge=root / "knowledge", seeds=root / "seeds")
    async with app as running, world_around(running, **options) as world:
        yield world


async def published(world: World, root: Path, *edits: tuple[str, str]) -> None:
    for old, new in edits:
        edit(root, "facts.yml", old, new)
    report = await world.app.library.reload()
    assert report.loaded, report.problems
    await world.app.client.bulletin.issue()


async def asked(world: World, question: str = ASKED) -> Any:
    result = await world.reader.slash(world.channel, "ask", question=question)
    await world.app.journal.flush()
    return result.response


CORRECTED = (
    ("id: bridge-dangerous\n", "id: bridge-dangerous\n    status: corrected\n"),
    ("Anna Petit affirme que le pont est dangereux.", "Anna Petit affirme que le pont est fragile."),
)
WITHDRAWN = (("id: danger-denied\n", "id: danger-denied\n    status: withdrawn\n"),)
QUIET = (("fr: Anna Petit affirme que le pont est dangereux.", "fr: Anna Petit juge que le pont est dangereux."),)


async def test_a_corrected_fact_is_corrected_where_it_was_shown(opened: OpenApp, small_story: Path) -> None:
    clock = SetClock()
    async with small_world(opened, small_story, clock) as world:
        await asked(world)
        clock.advance(3600 * 24)
        await published(world, small_story, *CORRECTED)
        text = seen(world.channel.last_message)
        day = int(clock.now().timestamp())
        assert text.startswith(f"Correction du <t:{day}:D> : ce fait a été corrigé depuis cette réponse.")
        assert "le pont est fragile" in text
        assert CLAIM not in text
        assert "Démenti : Le maire" in text
        assert buttons(world.channel.last_message) == ANSWERED["fr"]
        edits = [request for request in world.env.http_requests if request.method == "PATCH"]
        await world.app.client.bulletin.issue()
        assert [request for request in world.env.http_requests if request.method == "PATCH"] == edits


async def test_a_withdrawn_fact_is_taken_away_where_it_was_shown(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await world.reader.send(world.channel, f"{world.mention()} Quand le pont a-t-il été fermé ?")
        await asked(world, "Que répond le maire ?")
        await asked(world)
        await world.app.journal.flush()
        await published(world, small_story, *WITHDRAWN)
        _, closed, denial, claim = (seen(message) for message in world.channel.history())
        assert "Retrait" not in closed
        assert denial.startswith("Retrait du <t:")
        assert "dément" not in denial
        assert claim.startswith("Correction du <t:")
        assert "dément" not in claim
        assert CLAIM in claim


async def test_another_wording_alone_changes_no_message(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world)
        await published(world, small_story, *QUIET)
        assert seen(world.channel.last_message).startswith("Affirmation : Anna Petit")


async def test_a_message_of_long_ago_is_left_alone(opened: OpenApp, small_story: Path) -> None:
    clock = SetClock()
    async with small_world(opened, small_story, clock) as world:
        await asked(world)
        clock.advance(3600 * 24 * 8)
        await published(world, small_story, *CORRECTED)
        assert CLAIM in seen(world.channel.last_message)


@pytest.mark.parametrize(("status", "code"), [(404, 10008), (404, 10003), (403, 50001)])
async def test_a_message_that_is_gone_stops_nothing(opened: OpenApp, small_story: Path, status: int, code: int) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world)
        await asked(world, "Que répond le maire ?")
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code)
        await published(world, small_story, *CORRECTED)
        assert seen(world.channel.last_message).startswith("Correction du")
        assert world.env.errors == []


async def test_a_reload_is_enough(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world)
        for old, new in CORRECTED:
            edit(small_story, "facts.yml", old, new)
        await world.app.library.reload()
        for _ in range(100):
            if seen(world.channel.last_message).startswith("Correction du"):
                break
            await asyncio.sleep(0.02)
        assert seen(world.channel.last_message).startswith("Correction du")


async def test_a_bot_that_starts_with_the_correction_makes_it(opened: OpenApp, small_story: Path) -> None:
    clock = SetClock()
    async with small_world(opened, small_story, clock) as world:
        await asked(world)
        for old, new in CORRECTED:
            edit(small_story, "facts.yml", old, new)
        async with opened(clock, knowledge=small_story / "knowledge", seeds=small_story / "seeds") as again:
            await world.env.restart_bot(again.client)
            assert "le pont est fragile" in seen(world.channel.last_message)


@pytest.mark.parametrize(
    ("locale", "none", "lines"),
    [
        (
            "fr",
            "Rien n'a changé dans cette période.",
            [
                "Ce qui a changé : Le pont",
                "5 mars 2024, version",
                "• Corrigé : Anna Petit affirme que le pont est",
            ],
        ),
        (
            "en-US",
            "Nothing has changed in this period.",
            ["What has changed: The bridge", "March 5, 2024, version", "• Withdrawn: The mayor denies that"],
        ),
    ],
)
async def test_changes_are_listed_version_by_version(
    opened: OpenApp, small_story: Path, locale: str, none: str, lines: list[str]
) -> None:
    async with small_world(opened, small_story, SetClock(), locale=locale) as world:
        before = await world.reader.slash(world.channel, "changes")
        assert none in seen(before.response)
        await published(world, small_story, *CORRECTED)
        await published(world, small_story, *WITHDRAWN)
        text = seen((await world.reader.slash(world.channel, "changes")).response)
        for line in lines:
            assert line in text
        later = await world.reader.slash(world.channel, "changes", since="2024-04")
        assert none in seen(later.response)
        wrong = await world.reader.slash(world.channel, "changes", since="hier")
        assert wrong.ephemeral


async def test_many_changes_have_pages(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        for number in range(10):
            new = f"Anna Petit affirme pour la fois {number} que le pont est dangereux."
            old = CLAIM if number == 0 else f"Anna Petit affirme pour la fois {number - 1} que le pont est dangereux."
            await published(world, small_story, (old, new))
        first = await world.reader.slash(world.channel, "changes")
        assert "pour la fois 9" in seen(first.response)
        assert "pour la fois 0 " not in seen(first.response)
        assert first.response is not None
        await world.reader.click(first.response, label="Suivant")
        assert "pour la fois 0 " in seen(world.channel.last_message)
