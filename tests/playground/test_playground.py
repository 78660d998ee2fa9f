"""The playground without a browser: who is there, what they see first, and what the editors' desk shows."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.playground.serve import Playground, PlaygroundError, free_port, open_playground
from bot.settings import Settings
from tests.desk.conftest import text_of
from tests.discord_world import tuned
from tests.small_story import BRIDGE, edit, write_small_story
from tests.surface.words import seen

FIRST_PORT = 8700 + 40 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))  # tests run side by side
LOADED = "Les fichiers enregistrés sont chargés ; aucun problème."
PATIENCE = 15.0  # seconds until a saved file must have been loaded


@asynccontextmanager
async def playing(root: Path, locale: str = "fr") -> AsyncIterator[Playground]:
    settings = Settings(_env_file=None, knowledge=root / "knowledge", seeds=root / "seeds")
    with tuned():
        async with open_playground(settings, free_port(FIRST_PORT), locale) as playground:
            yield playground


async def desk_page(playground: Playground, page: str) -> str:
    """Return what a page of the desk says."""
    async with ClientSession() as session, session.get(f"{playground.desk_address}{page}") as answer:
        assert answer.status == 200
        return text_of(await answer.text())


async def until(playground: Playground, sentence: str) -> str:
    """Wait until the desk says a sentence about the files; return the page."""
    for _ in range(int(PATIENCE / 0.1)):
        page = await desk_page(playground, "versions")
        if sentence in page:
            return page
        await asyncio.sleep(0.1)
    raise AssertionError(f"the desk did not say {sentence!r} in {PATIENCE} s")


async def test_a_visitor_sees_one_of_each_kind_of_reply(tmp_path: Path) -> None:
    async with playing(BRIDGE) as playground:
        shown = [seen(message) for message in playground.world.channel.history() if message.author.bot]
        assert "Rapporté par l'article" in shown[0]
        assert "Démenti : " in shown[1]
        assert shown[2].startswith("Au plus près de votre question, le dossier dit :")
        assert shown[3].startswith("Le dossier ne dit pas cela")
        assert "pas de réponse" in await desk_page(playground, "try")
        # The abstention is no gap: the story's own questions expect it.
        assert "le fait le plus proche a été proposé" in await desk_page(playground, "gaps")


async def test_each_viewer_is_answered_in_their_language_and_the_manager_may_reload(tmp_path: Path) -> None:
    async with playing(BRIDGE, "en") as playground:
        english, french, manager = playground.world.viewers
        for viewer, said in ((english, "Engineer"), (french, "Ingénieure")):
            card = await viewer.slash(playground.world.channel, "who", name="anna-petit")
            assert said in seen(card.response)
        reloaded = await manager.slash(playground.world.channel, "facts reload")
        assert seen(reloaded.response).startswith("Nothing has changed since the last publication")
        assert "facts reload" not in french.available_commands(playground.world.channel)


async def test_a_saved_mistake_is_shown_with_its_line_and_the_old_story_answers(tmp_path: Path) -> None:
    write_small_story(tmp_path)
    async with playing(tmp_path) as playground:
        await until(playground, LOADED)
        edit(tmp_path, "facts.yml", "by: anna-petit", "by: nobody")
        broken = await until(playground, "Le robot garde la version précédente")
        assert "facts.yml:15:5: error[reference.unknown]" in broken
        reader = playground.world.viewers[0]
        answer = await reader.user.slash("ask", question="Que dit Anna Petit du pont ?")
        assert "Anna Petit affirme que le pont est dangereux." in seen(answer.response)
        edit(tmp_path, "facts.yml", "by: nobody", "by: anna-petit")
        edit(tmp_path, "facts.yml", "fr: Anna Petit affirme", "fr: Anna Petit soutient")
        await until(playground, LOADED)
        answer = await reader.user.slash("ask", question="Que dit Anna Petit du pont ?")
        assert "Anna Petit soutient que le pont est dangereux." in seen(answer.response)


async def test_a_port_in_use_is_a_sentence_with_another(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PlaygroundError, match=rf"Port {port} is in use; try --port \d+\."):
            async with open_playground(Settings(_env_file=None), port, "fr"):
                pass
