"""Acting on a gap in Discord: choose it, see what would change, confirm; whoever waits is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import OpenApp
from tests.discord_world import World, publish, world_around
from tests.small_story import edit
from tests.surface.words import buttons, seen

HOME = 1000
WORDINGS = (
    "Qui craint la chute du tablier ?",
    "qui donc craint la chute du tablier ?",
    "Qui craint une chute du tablier ?",
)
REFUSAL = "Seuls les responsables d'un serveur de la rédaction peuvent faire cela."


@asynccontextmanager
async def desk(opened: OpenApp, root: Path, locale: str = "fr") -> AsyncIterator[World]:
    folders = {"knowledge": root / "knowledge", "seeds": root / "seeds", "editor_guilds": frozenset({HOME})}
    async with opened(**folders) as app, world_around(app, guild=HOME, locale=locale) as world:
        yield world


async def ask(world: World, *, waits: bool = True) -> None:
    """Three readers ask the same in three wordings; the first two wait for an answer."""
    third = world.env.guild.add_member(world.env.create_user("ana"))
    for number, (reader, text) in enumerate(zip((world.reader, world.other, third), WORDINGS, strict=True)):
        asked = await reader.slash(world.channel, "ask", question=text)
        await world.app.journal.flush()
        if waits and number < 2:
            assert asked.response is not None
            label = next(label for label in buttons(asked.response) if label.startswith(("Me prévenir", "Tell me")))
            await reader.click(asked.response, label=label)


async def opened_gap(world: World) -> Any:
    """Return the message of the first gap, chosen in the menu of `/facts gaps`."""
    page = shown(await world.manager.slash(world.channel, "facts gaps"))
    return shown(await world.manager.select(page, options(page)[:1], custom_id="c:0"))


async def pressed(world: World, message: Any, label: str) -> Any:
    """Press a button as the manager; return the message that came of it."""
    return shown(await world.manager.click(message, label=label))


def shown(result: Any) -> Any:
    """Return the message that came of an interaction."""
    assert result.response is not None
    return result.response


def options(message: Any) -> list[str]:
    """Return the values of the first menu of a message."""
    for row in message.components:
        for child in row["components"] if isinstance(row, dict) else row.children:
            found = child.get("options") if isinstance(child, dict) else getattr(child, "options", None)
            if found:
                return [one["value"] if isinstance(one, dict) else one.value for one in found]
    return []


def letters(actor: Any) -> list[str]:
    return [seen(message) for message in actor.user.dm_channel.history()]


def text(root: Path, name: str) -> str:
    return (root / "knowledge" / "bridge" / name).read_text("utf-8")


async def test_the_loop_from_three_readers_to_two_letters(opened: OpenApp, small_story: Path) -> None:
    async with desk(opened, small_story) as world:
        await ask(world)
        gap = await opened_gap(world)
        assert "3 lecteurs" in seen(gap)
        trial = shown(await world.manager.select(gap, ["bridge-dangerous"], custom_id=f"a:{exchange_of(gap)}"))
        assert f"« {WORDINGS[2]} » obtient bridge-dangerous." in seen(trial)
        assert "facts.yml, ligne " in seen(trial)
        assert text(small_story, "facts.yml").count("tablier") == 0
        done = seen(await pressed(world, trial, "Écrire"))
        assert "Écrit : facts.yml" in done
        assert "2 lecteurs qui l'avaient demandé ont été prévenus." in done
        for reader in (world.reader, world.other):
            (letter,) = letters(reader)
            assert "Anna Petit affirme que le pont est dangereux." in letter
            assert "Démenti : Le maire" in letter
        await publish(world.app)
        assert len(letters(world.reader)) == 1
        answer = await world.reader.slash(world.channel, "ask", question=WORDINGS[2])
        assert "Anna Petit affirme" in seen(answer.response)
        assert options(shown(await world.manager.slash(world.channel, "facts gaps"))) == []


def exchange_of(message: Any) -> str:
    """Return the exchange in the custom_ids of a gap's message."""
    for row in message.components:
        for child in row["components"] if isinstance(row, dict) else row.children:
            return str(child["custom_id"] if isinstance(child, dict) else child.custom_id).split(":")[1]
    raise AssertionError(message)


async def test_another_fact_is_found_by_its_id_or_by_words(opened: OpenApp, small_story: Path) -> None:
    async with desk(opened, small_story) as world:
        await ask(world, waits=False)
        gap = await opened_gap(world)
        for words, found in (("bridge clo", "bridge-closed"), ("qui dément ?", "danger-denied")):
            form = await world.manager.click(gap, label="Chercher un fait")
            gap = shown(await world.manager.submit_modal(form, {"words": words}))
            assert options(gap)[0] == found
        trial = shown(await world.manager.select(gap, ["danger-denied"], custom_id=f"a:{exchange_of(gap)}"))
        assert "obtient danger-denied." in seen(trial)


async def test_what_is_not_ours_is_written_and_no_longer_listed(opened: OpenApp, small_story: Path) -> None:
    async with desk(opened, small_story) as world:
        await ask(world)
        trial = await pressed(world, await opened_gap(world), "Hors sujet")
        assert "Écrit : questions.yml" in seen(await pressed(world, trial, "Écrire"))
        assert text(small_story, "questions.yml").count("expect: abstain") == 4
        await publish(world.app)
        assert letters(world.reader) == []
        assert options(shown(await world.manager.slash(world.channel, "facts gaps"))) == []


async def test_cancel_writes_nothing(opened: OpenApp, small_story: Path) -> None:
    async with desk(opened, small_story) as world:
        await ask(world)
        before = text(small_story, "questions.yml")
        trial = await pressed(world, await opened_gap(world), "Hors sujet")
        assert seen(await pressed(world, trial, "Annuler")) == "Rien n'a été écrit."
        assert text(small_story, "questions.yml") == before


async def test_a_file_that_changed_since_is_tried_again(opened: OpenApp, small_story: Path) -> None:
    async with desk(opened, small_story) as world:
        await ask(world)
        trial = await pressed(world, await opened_gap(world), "Hors sujet")
        edit(small_story, "questions.yml", "Who is the president?", "Who is the king?")
        again = await pressed(world, trial, "Écrire")
        assert seen(again).startswith("Quelque chose a changé depuis.")
        assert "Écrit : questions.yml" in seen(await pressed(world, again, "Écrire"))


@pytest.mark.parametrize(("place", "said"), [("bridge-article § 1", "Écrit : drafts.yml"), ("gazette", "« gazette »")])
async def test_a_new_fact_is_written_in_a_form_as_a_draft(
    opened: OpenApp, small_story: Path, place: str, said: str
) -> None:
    async with desk(opened, small_story) as world:
        await ask(world)
        form = await world.manager.click(await opened_gap(world), label="Écrire un nouveau fait")
        values = {"text-fr": "Le tablier tient.", "text-en": "It holds.", "kind": ["claim"]}
        written = shown(await world.manager.submit_modal(form, {**values, "place": place, "exact": "fermé le pont"}))
        assert said in seen(written)
        path = small_story / "knowledge" / "bridge" / "drafts.yml"
        assert path.exists() == said.startswith("Écrit")
        if path.exists():
            assert "fr: Le tablier tient." in path.read_text("utf-8")
            assert "2 lecteurs qui l'ont demandé seront prévenus" in seen(written)


async def test_the_menu_and_the_buttons_work_after_a_restart(opened: OpenApp, small_story: Path) -> None:
    folders = {"knowledge": small_story / "knowledge", "seeds": small_story / "seeds"}
    async with desk(opened, small_story) as world:
        await ask(world)
        gap = await opened_gap(world)
        async with opened(**folders, editor_guilds=frozenset({HOME})) as again:
            await world.env.restart_bot(again.client)
            trial = await pressed(world, gap, "Hors sujet")
            assert "Écrit : questions.yml" in seen(await pressed(world, trial, "Écrire"))


async def test_in_english_too(opened: OpenApp, small_story: Path) -> None:
    async with desk(opened, small_story, "en-US") as world:
        await ask(world)
        trial = await pressed(world, await opened_gap(world), "Not ours")
        assert "Written: questions.yml." in seen(await pressed(world, trial, "Write it"))


async def test_who_is_no_editor_is_refused(opened: OpenApp, small_story: Path) -> None:
    async with desk(opened, small_story) as world:
        await ask(world)
        page = shown(await world.manager.slash(world.channel, "facts gaps"))
        gap = await opened_gap(world)
        object.__setattr__(world.app.client.editors, "guilds", frozenset())
        refused = await world.manager.select(page, options(page)[:1], custom_id="c:0")
        assert seen(refused.response) == REFUSAL
        for label in ("Hors sujet", "Chercher un fait", "Écrire un nouveau fait"):
            assert seen((await world.manager.click(gap, label=label)).response) == REFUSAL


async def test_whoever_waits_for_a_draft_is_told_when_an_editor_publishes_it(
    opened: OpenApp, small_story: Path
) -> None:
    async with desk(opened, small_story) as world:
        await ask(world)
        form = await world.manager.click(await opened_gap(world), label="Écrire un nouveau fait")
        values = {
            "text-fr": "Les riverains craignent sa chute.",
            "text-en": "The residents fear it.",
            "kind": ["report"],
        }
        await world.manager.submit_modal(form, {**values, "place": "bridge-article § 1", "exact": "fermé le pont"})
        drafts = text(small_story, "drafts.yml").replace("status: draft", "status: published")
        more = "\n".join(f"        - {word} le craint ?" for word in ("qui", "lequel"))
        english = "\n".join(f"        - {word} fears it?" for word in ("who", "which", "what"))
        drafts = drafts.replace("    citations:", f"{more}\n      en:\n{english}\n    citations:")
        (small_story / "knowledge" / "bridge" / "drafts.yml").write_text(drafts, "utf-8")
        preview = shown(await world.manager.slash(world.channel, "facts reload"))
        published = await pressed(world, preview, "Publier")
        assert "2 lecteurs qui l'avaient demandé ont été prévenus." in seen(published)
        assert "Les riverains craignent sa chute." in letters(world.other)[0]


@pytest.mark.parametrize(
    ("locale", "label", "said"),
    [
        ("fr", "Hors sujet", "Rien n'a été écrit : les fichiers de bridge contiennent déjà des erreurs"),
        ("en-US", "Not ours", "Nothing was written: the files of bridge have errors already"),
    ],
)
async def test_a_refusal_is_in_the_editors_language(
    opened: OpenApp, small_story: Path, locale: str, label: str, said: str
) -> None:
    async with desk(opened, small_story, locale) as world:
        await ask(world, waits=False)
        gap = await opened_gap(world)
        edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
        assert said in seen(await pressed(world, gap, label)).replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")
