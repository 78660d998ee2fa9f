"""Every request that the real process sends, against Discord's own description of its API."""

import asyncio
import shutil
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.library.read import read_story
from bot.story.model import Story
from tests.conftest import ROOT
from tests.wire.description import Description
from tests.wire.driving import Driver, Wording
from tests.wire.edge_story import write_edge_story
from tests.wire.judging import DESK_CHANNEL, JudgingStandIn
from tests.wire.process import start_bot
from tests.wire.stand_in import GUILD
from tests.wire.test_wire import stopped

START_SECONDS = 60.0
MANY_GAPS = 5  # more than are posted one by one
FEWEST_REQUESTS = 500  # fewer would mean that the bot was not driven

KEY = "a key for the tests only"


def write_first_story(root: Path) -> None:
    for name in ("knowledge", "seeds"):
        shutil.copytree(ROOT / name, root / name)


def amend(folder: Path, story: Story) -> None:
    """Change the first letter of a fact that the bot has shown."""
    old = story.facts[0].text.get("fr")[:12]
    file = next(file for file in sorted(folder.glob("*.yml")) if old in file.read_text("utf-8"))
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, f"N{old[1:]}", 1), "utf-8")


@asynccontextmanager
async def running(server: JudgingStandIn, root: Path) -> AsyncIterator[Process]:
    """Run the bot on the story in a folder until the end of the block, and show what it logged."""
    desk = {"desk_channel": DESK_CHANNEL, "desk_gap_readers": "1", "editor_guilds": GUILD, "auto_reload": "true"}
    with (root / "log").open("w+b") as log:  # a pipe that nobody reads would fill, and stop the bot
        process = await start_bot(server, root, log=log, knowledge=str(root / "knowledge"), hash_key=KEY, **desk)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
            log.seek(0)
            sys.stderr.write(log.read().decode())


@pytest.mark.slow
@pytest.mark.parametrize("write", [write_first_story, write_edge_story])
async def test_every_request_is_as_discord_describes_it(
    tmp_path: Path, description: Description, write: Callable[[Path], None]
) -> None:
    write(tmp_path)
    (folder,) = (tmp_path / "knowledge").glob("*/")
    async with JudgingStandIn(description) as server, running(server, tmp_path) as process:
        edition = (await asyncio.to_thread(read_story, folder, tmp_path / "seeds")).edition
        assert edition
        driver = Driver(server, Wording.of(edition.story))
        await asyncio.wait_for(server.identified.get(), START_SECONDS)
        await driver.ask_in_vain()  # which is posted to the editors once the bot is ready
        await driver.chat()
        amend(folder, edition.story)
        await driver.ask_in_vain(MANY_GAPS)
        (folder / "broken.yml").write_text("facts: [", "utf-8")
        await server.restart()
        await asyncio.wait_for(server.identified.get(), START_SECONDS)
        await driver.wait_for_desk()
        (folder / "broken.yml").unlink()
        await driver.command_everywhere()
        await driver.press_everything()
        assert await stopped(process) == 0
    sys.stderr.write(f"{server.judged.total()} requests judged: {dict(server.judged)}\n")
    assert not server.problems, "\n".join(f"{times} x {one}" for one, times in server.problems.most_common())
    assert server.judged.total() >= FEWEST_REQUESTS
    assert driver.undriven() == []
