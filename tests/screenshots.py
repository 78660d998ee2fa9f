"""Make the README's pictures: the real client in a simulated Discord, seen through Debian's Chromium.

Run by `make screenshots`, with Debian's package `chromium` installed.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.app import open_app
from bot.playground.serve import free_port, open_playground
from bot.settings import Settings
from tests.conftest import ROOT
from tests.discord_world import world_around

QUESTIONS = ("Qui affirme qu'OpenAI est une filiale de Microsoft ?", "Who replaced Musk on the board?")
TRIED = {  # with what is read once it is answered
    "Is OpenAI a subsidiary of Microsoft?": "concurrence directe",
    "and who denies it?": "In response to — Claim: Elon Musk",
    "Who is the judge?": "something that this story does not mention",
}


async def main(folder: Path) -> None:
    """Take every picture."""
    browser_path = shutil.which("chromium")
    if browser_path is None:
        sys.exit("chromium is not installed: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        await answer(browser, folder / "answer.png")
        await playground(browser, folder)
        await browser.close()


async def answer(browser: Browser, picture: Path) -> None:
    """Ask two questions in a channel, and take the channel without the frame that simcord puts around it."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{scratch}/journal.db")
        async with open_app(settings) as app, world_around(app) as world:
            world.env.backend.bot_user.name = "OnRecord"
            for question in QUESTIONS:
                await world.reader.send(world.channel, f"{world.mention()} {question}")
            viewed = world.env.preview(world.channel, viewers=[world.reader], layout="channel", locale="fr")
            async with viewed as preview:
                page = await browser.new_page(viewport={"width": 860, "height": 1080})
                await page.goto(preview.url)
                await page.get_by_text("Did you mean").wait_for()
                await page.screenshot(path=picture, clip={"x": 257, "y": 126, "width": 560, "height": 890})


async def playground(browser: Browser, folder: Path) -> None:
    """Ask three questions in the playground, one after the other, and take both of its pages."""
    async with open_playground(Settings(_env_file=None), free_port(8780), "en") as opened:
        page = await browser.new_page(viewport={"width": 1100, "height": 900})
        await page.goto(opened.address)
        await page.get_by_role("main").get_by_text("I don't know").last.wait_for()
        for question, answered in TRIED.items():
            composer = page.locator("#channel-composer-input")
            await composer.fill(f"@OnRecord {question}")
            await composer.press("Enter")
            await page.get_by_role("main").get_by_text(answered).last.wait_for()
        await page.get_by_role("button", name="New messages").click()
        await page.wait_for_timeout(500)  # milliseconds, to scroll
        await page.screenshot(path=folder / "playground.png")
        pane = await browser.new_page(viewport={"width": 1100, "height": 700})
        await pane.goto(opened.pane_address)
        await pane.get_by_text("Unknown words").wait_for()
        await pane.screenshot(path=folder / "curator.png", full_page=True)


if __name__ == "__main__":
    asyncio.run(main(ROOT / "docs"))
