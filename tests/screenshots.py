"""Make the README's pictures: the real client in a simulated Discord, seen through Debian's Chromium.

Run by `make screenshots`, with Debian's package `chromium` installed; names of pictures as arguments take only those.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, FloatRect, Page, async_playwright, expect
from simcord.results import InteractionResult

from bot.answering.telling.catalogue import catalogue
from bot.app import open_app
from bot.desk.server import serve_pages
from bot.playground.serve import free_port, open_playground
from bot.playground.simulated import RunningClock
from bot.playground.site import site
from bot.playground.world import World as Played
from bot.settings import Settings
from tests.conftest import ROOT
from tests.discord_world import World, choose, world_around

TRIED = {  # with what is read once it is answered
    "Is OpenAI a subsidiary of Microsoft?": "direct competition",
    "and who denies it?": "In response to — Claim: Elon Musk",
    "Who is the judge?": "The story does not say that: it mentions nothing of the kind",
}
NEAREST = "It does say"  # before the nearest on record
STATEMENT = "Microsoft owns 10% of OpenAI! And OpenAI is a subsidiary of Microsoft. I like their logo."
MARGIN = 12  # pixels around a conversation
SETTLED = 300  # milliseconds without a move
CONVERSATION = """() => {
    const parts = [...document.querySelectorAll('.message')];
    const all = parts.flatMap(part => [...part.querySelectorAll('*')].map(one => one.getBoundingClientRect()));
    const inner = all.filter(box => box.width);  // what is closed has none
    const [first, last] = [parts[0], parts.at(-1)].map(part => part.getBoundingClientRect());
    const left = Math.min(...inner.map(box => box.left)), right = Math.max(...inner.map(box => box.right));
    return {x: left, y: first.top, width: right - left, height: last.bottom - first.top};
}"""
Scene = Callable[[World], Awaitable[object]]


async def main(folder: Path, only: list[str]) -> None:
    """Take every picture, or only these."""
    browser_path = shutil.which("chromium")
    if browser_path is None:
        sys.exit("chromium is not installed: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, (locale, play) in SCENES.items():
            if not only or name in only:
                await conversation(browser, folder / f"{name}.png", locale, play)
        if not only or "playground" in only:
            await playground(browser, folder)
        await browser.close()


async def answer(world: World) -> None:
    """Ask for a claim in French, then nearly ask for a fact in English."""
    await ask(world, "Qui affirme qu'OpenAI est une filiale de Microsoft ?")
    await ask(world, "Who replaced Musk on the board?", NEAREST)


async def buttons(world: World) -> None:
    """Ask, then choose from the menu where the answer is written."""
    await ask(world, "How much of OpenAI does Microsoft own?")
    await choose(world.reader, world.channel.history()[-1], english("sources.button"))


async def timeline(world: World) -> None:
    """See the story in order."""
    await world.reader.slash(world.channel, "timeline")


async def check(world: World) -> InteractionResult:
    """Open the message menu on what somebody else says."""
    message = await world.other.send(world.channel, STATEMENT)
    return await world.reader.context_menu(world.channel, english("menu.check"), message)


async def abstention(world: World) -> None:
    """Ask for what the story nearly says and for what it does not say, and ask to be told."""
    await ask(world, "What is the exact amount that Microsoft invested?", NEAREST)
    await ask(world, "Who is the judge?")
    await press(world, "wait.button")


SCENES: dict[str, tuple[str, Scene]] = {
    "answer": ("fr", answer),
    "buttons": ("en-US", buttons),
    "timeline": ("en-US", timeline),
    "check": ("en-US", check),
    "abstention": ("en-US", abstention),
}


async def ask(world: World, question: str, said: str = "") -> None:
    """Ask by a mention; exit if the reply does not say what the picture is there to show."""
    await world.reader.send(world.channel, f"{world.mention()} {question}")
    if said not in world.channel.history()[-1].content:
        sys.exit(f"{question} no longer gets {said!r}; choose another question")


async def press(world: World, key: str) -> None:
    """Press a button under the last message of the channel."""
    await world.reader.click(world.channel.history()[-1], label=english(key))


def english(key: str) -> str:
    """Return what the bot says in English."""
    return catalogue().text("en", key)


async def conversation(browser: Browser, picture: Path, locale: str, play: Scene) -> None:
    """Play a scene in a channel, and take the messages without what the page has around them."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{scratch}/journal.db")
        async with open_app(settings) as app, world_around(app, locale=locale) as world:
            world.env.backend.bot_user.name = "OnRecord"
            world.env.backend.clock = RunningClock()
            await play(world)
            seen = Played(world.env, world.channel, (world.reader,), {world.reader.id: locale})
            async with serve_pages(site(seen, catalogue(), ""), 0) as address:
                page = await browser.new_page(viewport={"width": 640, "height": 2000})
                await page.goto(address)
                await page.screenshot(path=picture, clip=await around_messages(page))
                await page.close()


async def around_messages(page: Page) -> FloatRect:
    """Return where the messages are, once the page shows them and their pictures."""
    await page.locator(".message").last.wait_for()
    for image in await page.locator(".message img").all():
        await expect(image).not_to_have_js_property("naturalWidth", 0)
    before, box = None, await page.evaluate(CONVERSATION)
    while box != before:  # the page moves its messages while it draws them
        await page.wait_for_timeout(SETTLED)
        before, box = box, await page.evaluate(CONVERSATION)
    return FloatRect(
        x=box["x"] - MARGIN, y=box["y"] - MARGIN, width=box["width"] + 2 * MARGIN, height=box["height"] + 2 * MARGIN
    )


async def playground(browser: Browser, folder: Path) -> None:
    """Ask three questions in the playground, one after the other, and take its page and the editors' desk."""
    async with open_playground(Settings(_env_file=None), free_port(8780), "en") as opened:
        page = await browser.new_page(viewport={"width": 1040, "height": 850})
        await page.goto(opened.address)
        await page.get_by_role("main").get_by_text("The story does not say that").last.wait_for()
        for question, answered in TRIED.items():
            await page.locator("#text").fill(f"@OnRecord {question}")
            await page.keyboard.press("Enter")
            await page.get_by_role("main").get_by_text(answered).last.wait_for()
        await page.screenshot(path=folder / "playground.png")
        desk = await browser.new_page(viewport={"width": 1100, "height": 700})
        await desk.goto(f"{opened.desk_address}try")
        await desk.get_by_text("The numbers").click()
        await desk.screenshot(path=folder / "desk.png", full_page=True)


if __name__ == "__main__":
    asyncio.run(main(ROOT / "docs", sys.argv[1:]))
