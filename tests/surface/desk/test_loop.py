"""The editors' loop, from three readers who ask in vain to an answer that is published, counted, and taken back."""

from pathlib import Path

import discord

from bot.answering.editions import mark_of
from tests.conftest import OpenApp
from tests.discord_world import World
from tests.small_story import edit
from tests.surface.desk.test_attaching import (
    WORDINGS,
    ask,
    desk,
    exchange_of,
    letters,
    opened_gap,
    options,
    pressed,
    shown,
    text,
)
from tests.surface.words import seen

OLD, NEW = "Anna Petit affirme que le pont est dangereux.", "Anna Petit affirme que le pont est dangereux à vélo."


async def command(world: World, name: str, **values: str) -> discord.Message:
    """Use a command as the manager; return what it shows."""
    await world.app.journal.flush()
    message: discord.Message = shown(await world.manager.slash(world.channel, name, **values))
    return message


async def attach(world: World) -> None:
    """Let the fact on the danger answer what three readers asked, by the menu under `/facts gaps`."""
    gap = await opened_gap(world)
    trial = shown(await world.manager.select(gap, ["bridge-dangerous"], custom_id=f"a:{exchange_of(gap)}"))
    await pressed(world, trial, "Écrire")


async def test_what_three_readers_asked_in_vain_is_answered_told_counted_and_taken_back(
    opened: OpenApp, small_story: Path
) -> None:
    async with desk(opened, small_story) as world:
        first = world.app.library.current.editions[0].version
        await ask(world)
        assert "3 lecteurs · posée 3 fois" in seen(await command(world, "facts gaps"))
        assert "sans réponse : 3 (100 %)" in seen(await command(world, "facts stats"))

        await attach(world)
        edit(small_story, "facts.yml", OLD, NEW)
        preview = await command(world, "facts reload")
        assert "Modifié : bridge-dangerous (texte)" in seen(preview)
        assert seen(preview).count("aucune → bridge-dangerous") == len(WORDINGS)
        assert "Chargé : bridge " in seen(await pressed(world, preview, "Publier"))
        await world.app.publishing.record()

        for reader in (world.reader, world.other):
            (letter,) = letters(reader)
            assert "Anna Petit affirme que le pont est dangereux" in letter
        await world.reader.slash(world.channel, "ask", question=WORDINGS[2])
        assert options(await command(world, "facts gaps")) == []
        assert "avec réponse : 1 (25 %)" in seen(await command(world, "facts stats"))
        assert NEW in seen(await command(world, "changes"))

        preview = await command(world, "facts rollback", version=f"{mark_of('bridge')}:{first}")
        assert seen(preview).count("bridge-dangerous → aucune") == len(WORDINGS)
        assert f"Chargé : bridge {first}." in seen(await pressed(world, preview, "Publier"))
        await world.app.publishing.record()
        assert "tablier" not in text(small_story, "facts.yml") + text(small_story, "questions.yml")
        assert f"Formulation précédente : « {NEW} »" in seen(await command(world, "changes"))
        again = await world.other.slash(world.channel, "ask", question=WORDINGS[2])
        assert "Le dossier ne dit pas cela" in seen(again.response)
        assert [len(letters(reader)) for reader in (world.reader, world.other)] == [1, 1]
