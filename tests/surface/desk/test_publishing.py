"""Editors see what publishing would change, and nothing is published before they confirm it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.answering.editions import mark_of
from tests.conftest import OpenApp
from tests.discord_world import World, press, publish, world_around
from tests.small_story import edit
from tests.surface.words import buttons, seen

HOME = 1000
OLD, NEW = "l'ingénieure en chef du département.", "l'ingénieure en chef du canton."


def copied(root: Path) -> dict[str, Any]:
    """Return settings for a copy of the story that a test may edit."""
    return {"knowledge": root / "knowledge", "seeds": root / "seeds", "editor_guilds": frozenset({HOME})}


@asynccontextmanager
async def desk(opened: OpenApp, root: Path, locale: str = "fr") -> AsyncIterator[World]:
    async with opened(**copied(root)) as app, world_around(app, guild=HOME, locale=locale) as world:
        yield world


async def reload(world: World) -> Any:
    result = await world.manager.slash(world.channel, "facts reload")
    assert result.ephemeral
    return result.response


async def confirm(world: World, message: Any, label: str = "Publier") -> str:
    """Press a button of a preview, and return what its message says then."""
    result = await world.manager.click(message, label=label)
    return seen(result.response)


def facts(root: Path) -> str:
    return (root / "knowledge" / "bridge" / "works.yml").read_text("utf-8")


async def test_a_reload_shows_what_would_change_and_publishes_it_once_confirmed(
    opened: OpenApp, whole_story: Path
) -> None:
    async with desk(opened, whole_story) as world:
        before = world.app.library.current
        edit(whole_story, "works.yml", OLD, NEW)
        preview = await reload(world)
        text = seen(preview)
        assert text.startswith("Voici ce que la publication changerait. Publier ?")
        assert "Modifié : petit-role (texte)" in text
        assert OLD in text
        assert NEW in text
        assert buttons(preview) == ["Publier", "Annuler"]
        assert world.app.library.current is before
        assert (await confirm(world, preview)).startswith("Chargé : bridge ")
        answer = await world.reader.slash(world.channel, "ask", question="Qui est Anna Petit ?")
        assert NEW in seen(answer.response)


async def test_what_is_cancelled_is_not_published(opened: OpenApp, whole_story: Path) -> None:
    async with desk(opened, whole_story, "en-US") as world:
        before = world.app.library.current
        edit(whole_story, "works.yml", OLD, NEW)
        text = await confirm(world, await reload(world), "Cancel")
        assert text == "Cancelled: nothing was published."
        assert world.app.library.current is before


async def test_with_nothing_changed_there_is_nothing_to_publish(opened: OpenApp, whole_story: Path) -> None:
    async with desk(opened, whole_story) as world:
        before = world.app.library.current
        preview = await reload(world)
        assert "il n'y a rien à publier" in seen(preview)
        assert buttons(preview) == []
        assert world.app.library.current is before


async def test_files_that_changed_after_the_preview_are_shown_again_and_not_published(
    opened: OpenApp, whole_story: Path
) -> None:
    async with desk(opened, whole_story) as world:
        before = world.app.library.current
        edit(whole_story, "works.yml", OLD, NEW)
        preview = await reload(world)
        edit(whole_story, "works.yml", NEW, "l'ingénieure en chef de la région.")
        result = await world.manager.click(preview, label="Publier")
        assert world.app.library.current is before
        assert "rien n'a été publié" in seen(result.response)
        (again,) = result.followups
        assert "en chef de la région" in seen(again)
        assert (await confirm(world, again)).startswith("Chargé : bridge ")


async def test_a_preview_is_confirmed_after_a_restart(opened: OpenApp, whole_story: Path) -> None:
    async with desk(opened, whole_story) as world:
        edit(whole_story, "works.yml", "l'ingénieure en chef du département.", NEW)
        preview = await reload(world)
        edit(whole_story, "works.yml", NEW, OLD)
        async with opened(**copied(whole_story)) as again:
            await world.env.restart_bot(again.client)
            edit(whole_story, "works.yml", OLD, NEW)
            assert (await confirm(world, preview)).startswith("Chargé : bridge ")
            assert NEW in again.library.current.editions[0].story.shown_facts["petit-role"].text.get("fr")


async def test_a_reload_with_errors_changes_nothing_and_shows_each(opened: OpenApp, whole_story: Path) -> None:
    async with desk(opened, whole_story) as world:
        before = world.app.library.current
        edit(whole_story, "works.yml", "by: mayor", "by: nobody")
        edit(whole_story, "works.yml", "by: residents", "by: somebody")
        preview = await reload(world)
        text = seen(preview)
        assert text.startswith("Rien n'a changé : 2 problèmes.")
        assert text.count("error\\[reference.unknown\\]") == 2
        assert "works.yml:" in text
        assert buttons(preview) == []
        assert world.app.library.current is before


async def test_a_question_that_gets_another_answer_is_named(opened: OpenApp, whole_story: Path) -> None:
    async with desk(opened, whole_story) as world:
        await world.reader.slash(world.channel, "ask", question="Qui est Anna Petit ?")
        await world.app.journal.flush()
        edit(whole_story, "works.yml", "id: petit-role\n", "id: petit-role\n    status: draft\n")
        edit(whole_story, "works.yml", "c qui anna petit, expect: petit-role", "c qui anna petit, expect: abstain")
        text = seen(await reload(world))
        assert "Retiré : petit-role" in text
        assert "✓ « c qui anna petit » : petit-role → aucune (comme attendu)" in text
        assert "✗ « Qui est Anna Petit ? » : petit-role → aucune (n'a plus de réponse)" in text


async def test_a_reader_who_presses_the_buttons_is_refused(opened: OpenApp, whole_story: Path) -> None:
    async with desk(opened, whole_story) as world:
        before = world.app.library.current
        edit(whole_story, "works.yml", OLD, NEW)
        preview = await reload(world)
        token = (await world.app.library.prepare()).token
        for custom_id in (f"k:{token}:fr", "x:fr"):
            result = await press(world.reader, world.channel, preview, custom_id)
            assert "Seuls les responsables" in seen(result.response)
        assert world.app.library.current is before


async def test_a_story_goes_back_to_an_earlier_version(opened: OpenApp, whole_story: Path) -> None:
    async with desk(opened, whole_story) as world:
        first = world.app.library.current.editions[0].version
        edit(whole_story, "works.yml", OLD, NEW)
        await publish(world.app)
        (choice,) = await world.manager.autocomplete(world.channel, "facts rollback", "version", "bridge")
        assert choice["name"].startswith("bridge, ")
        assert choice["name"].endswith(f"0 changement, {first}")
        result = await world.manager.slash(world.channel, "facts rollback", version=choice["value"])
        assert f"− fr Anna Petit est {NEW}" in seen(result.response)
        assert f"+ fr Anna Petit est {OLD}" in seen(result.response)
        assert NEW in facts(whole_story)
        assert await confirm(world, result.response) == f"Chargé : bridge {first}."
        assert OLD in facts(whole_story)
        await world.app.publishing.record()
        listed = seen((await world.reader.slash(world.channel, "changes")).response)
        assert f"Formulation précédente : « Anna Petit est {NEW} »" in listed


async def test_edits_that_were_never_published_are_not_lost_by_going_back(opened: OpenApp, whole_story: Path) -> None:
    async with desk(opened, whole_story) as world:
        first = world.app.library.current.editions[0].version
        edit(whole_story, "works.yml", OLD, NEW)
        await publish(world.app)
        value = f"{mark_of('bridge')}:{first}"
        preview = (await world.manager.slash(world.channel, "facts rollback", version=value)).response
        edit(whole_story, "works.yml", NEW, "l'ingénieure en chef de la région.")
        for text in (
            seen((await world.manager.slash(world.channel, "facts rollback", version=value)).response),
            await confirm(world, preview),
        ):
            assert text.startswith("Refusé : ")
            assert "story/works.yml" in text
        assert "en chef de la région" in facts(whole_story)


@pytest.mark.parametrize("version", ["nonsense", "00000000:000000000000"])
async def test_a_version_that_is_not_kept_is_unknown(opened: OpenApp, whole_story: Path, version: str) -> None:
    async with desk(opened, whole_story) as world:
        result = await world.manager.slash(world.channel, "facts rollback", version=version)
        assert seen(result.response) == "Cette version n'est pas, ou n'est plus, conservée."
