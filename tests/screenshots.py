"""Make the README's pictures: the real client in a simulated Discord, seen through Debian's Chromium.

Run by `make screenshots`, with Debian's package `chromium` installed.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from bot.app import open_app
from bot.settings import Settings
from tests.conftest import ROOT
from tests.discord_world import world_around

QUESTIONS = ("Qui affirme qu'OpenAI est une filiale de Microsoft ?", "Who replaced Musk on the board?")


async def main(folder: Path) -> None:
    """Ask two questions in a channel and take its picture."""
    browser_path = shutil.which("chromium")
    if browser_path is None:
        sys.exit("chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{scratch}/journal.db")
        async with open_app(settings) as app, world_around(app) as world:
            world.env.backend.bot_user.name = "OnRecord"
            for question in QUESTIONS:
                await world.reader.send(world.channel, f"{world.mention()} {question}")
            async with (
                world.env.preview(world.channel, viewers=[world.reader], layout="channel", locale="fr") as preview,
                async_playwright() as playwright,
                await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"]) as browser,
            ):
                page = await browser.new_page(viewport={"width": 860, "height": 1080}, device_scale_factor=1)
                await page.goto(preview.url)
                await page.get_by_text("Did you mean").wait_for()
                # The channel, without the frame that simcord puts around it.
                await page.screenshot(
                    path=folder / "answer.png", clip={"x": 257, "y": 126, "width": 560, "height": 890}
                )


if __name__ == "__main__":
    asyncio.run(main(ROOT / "docs"))
