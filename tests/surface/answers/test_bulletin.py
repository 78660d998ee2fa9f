"""After a new version, the bot corrects its own messages, and /changes lists the changes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.surface.answers import bulletin
from bot.surface.platform import limits
from tests.conftest import OpenApp
from tests.discord_world import World, channel_without, publish, world_around
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
    await publish(world.app)


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
        assert text.startswith(f"Correction du <t:{day}:D> : cette réponse a été corrigée.")
        assert "le pont est fragile" in text
        assert f"Nous écrivions auparavant : « {CLAIM} »" in text
        assert text.count(CLAIM) == 1
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


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("who", {"name": "anna-petit"}),
        ("claims", {}),
        ("quote", {}),
        ("sources", {"number": 1}),
    ],
)
async def test_a_list_that_showed_it_says_so_and_shows_it_no_more(
    opened: OpenApp, small_story: Path, command: str, options: dict[str, Any]
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await published(world, small_story, QUIET[0])
        await world.reader.slash(world.channel, command, **options)
        await published(
            world, small_story, CORRECTED[0], ("Anna Petit juge que le pont est dangereux.", CORRECTED[1][1])
        )
        text = seen(world.channel.last_message)
        assert text.startswith("Correction du <t:")
        assert "Relancez la commande" in text
        assert "Corrigé : Anna Petit affirme que le pont est fragile. (Affirmation : Anna Petit) § 2" in text
        assert "↳ Démenti : Le maire" in text
        assert "Nous écrivions auparavant : « Anna Petit juge que le pont est dangereux. »" in text
        assert buttons(world.channel.last_message) == []


async def test_a_list_of_changes_says_what_was_so_then_and_is_never_corrected(
    opened: OpenApp, small_story: Path
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await published(world, small_story, *CORRECTED)
        await world.reader.slash(world.channel, "changes")
        await world.app.journal.flush()
        before = seen(world.channel.last_message)
        await published(world, small_story, ("status: corrected", "status: withdrawn"), *WITHDRAWN)
        assert seen(world.channel.last_message) == before


async def test_a_timeline_that_showed_it_loses_its_picture(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await world.reader.slash(world.channel, "timeline")
        await world.app.journal.flush()
        closed = ("id: bridge-closed\n", "id: bridge-closed\n    status: corrected\n")
        await published(world, small_story, closed, ("fr: La mairie a fermé", "fr: La commune a fermé"))
        shown = world.channel.last_message
        assert shown is not None
        assert shown.attachments == []
        assert seen(shown).startswith("Correction du <t:")


async def test_a_list_of_a_claim_that_is_denied_later_says_so(opened: OpenApp, small_story: Path) -> None:
    edit(small_story, "facts.yml", *WITHDRAWN[0])
    async with small_world(opened, small_story, SetClock()) as world:
        await world.reader.slash(world.channel, "claims")
        await published(world, small_story, ("    status: withdrawn\n", ""))
        assert seen(world.channel.last_message).startswith("Correction du <t:")


async def test_another_wording_alone_changes_no_message(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world)
        await published(world, small_story, *QUIET)
        assert "\nAffirmation : Anna Petit\n" in seen(world.channel.last_message)


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


def edits(world: World) -> int:
    return sum(request.method == "PATCH" for request in world.env.http_requests)


async def test_a_bulletin_corrects_so_many_messages_and_leaves_the_rest_to_the_next(
    opened: OpenApp, small_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulletin, "MAX_CORRECTIONS", 1)
    async with small_world(opened, small_story, SetClock()) as world:
        for question in (ASKED, "Que répond le maire ?"):
            await asked(world, question)
        await published(world, small_story, *CORRECTED)
        assert edits(world) == 1
        await world.app.client.bulletin.issue()
        assert edits(world) == 2


async def test_a_message_that_was_deleted_is_not_tried_again(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world)
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=404, code=10008)
        await published(world, small_story, *CORRECTED)
        assert edits(world) == 1
        await world.app.client.bulletin.issue()
        assert edits(world) == 1


@pytest.mark.parametrize("is_member", [True, False])
async def test_what_the_bot_may_not_edit_is_tried_again_only_where_it_still_is(
    opened: OpenApp, small_story: Path, is_member: bool
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world)
        if not is_member:
            guild = world.app.client.get_guild(world.env.guild.id)
            assert guild is not None
            world.app.client._connection._remove_guild(guild)
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50001)
        await published(world, small_story, *CORRECTED)
        await world.app.client.bulletin.issue()
        assert edits(world) == 1 + is_member


async def test_an_edit_that_discord_calls_wrong_is_told_to_the_admin(
    opened: OpenApp, small_story: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world)
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50035)
        await published(world, small_story, *CORRECTED)
        assert "a part of the bulletin failed" in caplog.text


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
            "Aucun changement enregistré.",
            [
                "Ce qui a changé : Le pont",
                "5 mars 2024, version",
                "• Corrigé : Anna Petit affirme que le pont est",
            ],
        ),
        (
            "en-US",
            "No changes recorded.",
            [
                "What has changed: The bridge",
                "March 5, 2024, version",
                "• Withdrawn: The mayor denies that the bridge is dangerous.",
            ],
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
        before = "Anna Petit affirme que le pont est dangereux."
        for number in range(6):
            after = f"Anna Petit affirme pour la fois {number} que le pont est dangereux."
            await published(world, small_story, (before, after))
            before = after
        first = await world.reader.slash(world.channel, "changes")
        assert [
            f"pour la fois {number} que le pont est dangereux. (" in seen(first.response) for number in range(6)
        ] == [
            False,
            *[True] * 5,
        ]
        assert first.response is not None
        await world.reader.click(first.response, label="Suivant")
        text = seen(world.channel.last_message)
        assert "• Modifié : Anna Petit affirme pour la fois 0 que le pont est dangereux. (" in text
        assert f"Formulation précédente : « {CLAIM} »" in text


async def test_changes_show_each_fact_as_it_was_then_with_who_said_it_and_who_denied_it(
    opened: OpenApp, small_story: Path
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await published(world, small_story, *CORRECTED)
        text = seen((await world.reader.slash(world.channel, "changes")).response)
        corrected = "Corrigé : Anna Petit affirme que le pont est fragile. (Affirmation : Anna Petit)"
        assert corrected in text
        assert "↳ Démenti : Le maire" in text
        assert f"Nous écrivions auparavant : « {CLAIM} »" in text
        await published(world, small_story, ("status: corrected", "status: withdrawn"), *WITHDRAWN)
        text = seen((await world.reader.slash(world.channel, "changes")).response)
        assert corrected in text
        assert "Retiré : Anna Petit affirme que le pont est fragile. (Affirmation : Anna Petit)" in text
        assert "bridge-dangerous" not in text


@pytest.mark.parametrize(("status", "code"), [(400, 0), (400, 50083), (403, 50013)])
async def test_a_correction_that_fails_stops_no_other_and_is_tried_again(
    opened: OpenApp, small_story: Path, status: int, code: int
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        for question in (ASKED, "Que répond le maire ?"):
            await asked(world, question)
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code)
        await published(world, small_story, *CORRECTED)
        corrected = [seen(message).startswith("Correction") for message in world.channel.history()]
        assert True in corrected  # both are, if the next bulletin was issued meanwhile
        await world.app.client.bulletin.issue()
        assert all(seen(message).startswith("Correction") for message in world.channel.history())


async def archived_thread(world: World, *, locked: bool = False) -> tuple[Any, discord.Thread]:
    """Ask in a thread, and archive it."""
    message = await world.reader.send(world.channel, "Parlons-en.")
    await message.create_thread(name="à part")
    handle = world.channel.threads[0]
    await world.reader.slash(handle, "ask", question=ASKED)
    await world.app.journal.flush()
    thread = world.app.client.get_channel(handle.id)
    assert isinstance(thread, discord.Thread)
    await thread.edit(archived=True, locked=locked)
    await world.env.settle()
    return handle, thread


async def test_a_message_in_an_archived_thread_is_corrected(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        handle, thread = await archived_thread(world)
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=limits.ARCHIVED_THREAD)
        await published(world, small_story, *CORRECTED)
        assert seen(handle.last_message).startswith("Correction")
        now = await world.app.client.fetch_channel(thread.id)
        assert isinstance(now, discord.Thread)
        assert now.archived


@pytest.mark.parametrize("code", [limits.ARCHIVED_THREAD, limits.LOCKED_THREAD])
async def test_a_message_in_a_locked_thread_is_corrected_when_the_thread_is_open_again(
    opened: OpenApp, small_story: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        handle, _ = await archived_thread(world, locked=True)
        monkeypatch.setattr(discord.Permissions, "manage_threads", False)
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=code, times=None)
        await published(world, small_story, *CORRECTED)
        assert not seen(handle.last_message).startswith("Correction")
        world.env.backend.faults.clear()
        await world.app.client.bulletin.issue()
        assert seen(handle.last_message).startswith("Correction")


async def test_where_embeds_are_not_permitted_a_correction_is_text(opened: OpenApp, small_story: Path) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        plain = channel_without(world, embed_links=False)
        await world.reader.slash(plain, "ask", question=ASKED)
        await world.app.journal.flush()
        await published(world, small_story, *CORRECTED)
        shown = plain.last_message
        assert shown is not None
        assert shown.embeds == []
        assert shown.content.startswith("Correction du")
        assert "le pont est fragile" in shown.content
        assert "Démenti" in shown.content


async def test_a_correction_that_does_not_fit_one_message_shows_no_fact_and_is_recorded_so(
    opened: OpenApp, small_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with small_world(opened, small_story, clock := SetClock()) as world:
        plain = channel_without(world, embed_links=False)
        await world.reader.slash(plain, "ask", question=ASKED)
        await world.app.journal.flush()
        monkeypatch.setattr(limits, "MESSAGE", 200)
        await published(world, small_story, *CORRECTED)
        text = seen(plain.last_message)
        assert text.startswith("Correction du <t:")
        assert "reposez la question" in text
        assert "fragile" not in text
        assert buttons(plain.last_message) == []
        assert await world.app.journal.history.shown_since(clock.now()) == []
        monkeypatch.undo()
        await published(world, small_story, ("le pont est fragile.", "le pont est solide."))
        assert seen(plain.last_message) == text


async def test_a_denial_that_comes_later_is_added_to_its_claim(opened: OpenApp, small_story: Path) -> None:
    edit(small_story, "facts.yml", *WITHDRAWN[0])
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world)
        assert "Démenti" not in seen(world.channel.last_message)
        await published(world, small_story, ("    status: withdrawn\n", ""))
        text = seen(world.channel.last_message)
        assert text.startswith("Mise à jour du <t:")
        assert "Démenti : Le maire" in text


UNSAID = "Le dossier ne dit pas cela. Il dit ceci :"
NEAREST = "Au plus près de votre question, le dossier dit :"
NEAR_CLOSED, NEAR_DENIED = "Qui a repeint le pont ?", "Quand le maire a-t-il démenti le danger du pont ?"


@pytest.mark.parametrize(
    ("question", "shown", "edits"),
    [
        (NEAR_DENIED, "Le maire dément", WITHDRAWN),
        (
            NEAR_CLOSED,
            "La mairie a fermé le pont",
            (
                ("id: bridge-closed\n", "id: bridge-closed\n    status: corrected\n"),
                ("fr: La mairie a fermé", "fr: La commune a fermé"),
            ),
        ),
        (NEAR_DENIED, CLAIM, CORRECTED),
    ],
)
async def test_the_nearest_on_record_is_taken_away_where_it_or_its_other_side_no_longer_holds(
    opened: OpenApp, small_story: Path, question: str, shown: str, edits: tuple[tuple[str, str], ...]
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        await asked(world, question)
        before = seen(world.channel.last_message)
        assert before.startswith((f"> {question}\n{UNSAID}", f"> {question}\n{NEAREST}"))
        assert shown in before
        await published(world, small_story, *edits)
        text = seen(world.channel.last_message)
        assert text.startswith("Correction du <t:")
        assert "reposez la question" in text
        assert shown not in text.replace(f"Nous écrivions auparavant : « {shown}", "")
        assert buttons(world.channel.last_message) == []


async def test_what_replaced_the_nearest_on_record_is_corrected_and_what_it_replaced_is_not(
    opened: OpenApp, small_story: Path
) -> None:
    async with small_world(opened, small_story, SetClock()) as world:
        message = await asked(world, NEAR_CLOSED)
        await world.reader.click(message, label="Qui juge le pont dangereux ?")
        await world.app.journal.flush()
        closed = ("id: bridge-closed\n", "id: bridge-closed\n    status: corrected\n")
        await published(world, small_story, closed, ("fr: La mairie a fermé", "fr: La commune a fermé"))
        assert seen(world.channel.last_message).startswith("Affirmation : Anna Petit")
        await published(world, small_story, *CORRECTED)
        assert "le pont est fragile" in seen(world.channel.last_message)
