"""The playground as a visitor uses it, in Debian's Chromium."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.playground.serve import Playground, free_port, open_playground
from bot.settings import Settings
from tests.conftest import ROOT
from tests.small_story import edit

WELCOME = "@OnRecord Quel temps fait-il à Paris ?"  # the last question that is shown at first
TRIES = 20  # half a second each
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = Path(os.environ.get("ONRECORD_PICTURES") or Path(tempfile.gettempdir()) / "onrecord-pictures")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's package chromium is not installed"),
]


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    await asyncio.to_thread(PICTURES.mkdir, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def playing(tmp_path: Path) -> AsyncIterator[Playground]:
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    settings = Settings(_env_file=None, knowledge=tmp_path / "knowledge", seeds=ROOT / "seeds")
    async with open_playground(settings, free_port(8720), "fr") as playground:
        yield playground


async def picture(page: Page, name: str) -> None:
    await page.screenshot(path=PICTURES / f"{name}.png")


async def say(page: Page, text: str) -> None:
    """Write a message that mentions the bot, once the page shows the first conversation."""
    await expect(told(page, WELCOME)).to_be_visible(timeout=20_000)
    composer = page.locator("#channel-composer-input")
    await composer.fill(f"@OnRecord {text}")
    await composer.press("Enter")


async def choose_command(page: Page, name: str, typed: str = "") -> None:
    """Choose a slash command in the picker, and type into its option."""
    composer, options = page.locator("#channel-composer-input"), page.get_by_role("option")
    for _ in range(TRIES):  # the picker opens once the page has the viewer's commands
        await composer.fill("")
        await composer.press_sequentially("/")
        await page.wait_for_timeout(500)
        if await options.filter(has_text=f"/{name}").count():
            break
    await composer.press_sequentially(name)
    await page.get_by_role("option").filter(has_text=f"/{name}").first.click()
    if typed:
        await page.keyboard.type(typed)


def told(page: Page, text: str) -> Locator:
    """Return the last place of the conversation where that is written."""
    return page.get_by_role("main").get_by_text(text).last


async def test_a_visitor_asks_completes_and_chooses_in_two_languages(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        await page.goto(playground.address)
        await expect(told(page, "Je ne sais pas")).to_be_visible()
        await picture(page, "1-welcome")

        await say(page, "Combien Microsoft possède-t-il d'OpenAI ?")
        await expect(told(page, "Microsoft détient 49 %")).to_be_visible()
        await picture(page, "2-french")
        await page.get_by_label("Viewing as").select_option(label="Sam (English)")
        await say(page, "Who is Jason Kwon?")
        await expect(told(page, "chief strategy officer")).to_be_visible()
        await picture(page, "3-english")

        await page.get_by_label("Viewing as").select_option(label="Lou (français)")
        await choose_command(page, "qui", "kw")
        await expect(page.get_by_role("option", name="Jason Kwon")).to_be_visible()
        await picture(page, "4-autocomplete")
        await page.get_by_role("option", name="Jason Kwon").click()
        await page.get_by_role("button", name="Send").click()
        await expect(told(page, "Directeur de la stratégie d'OpenAI")).to_be_visible()
        await picture(page, "5-card")

        await say(page, "Qui a remplacé Musk au conseil d'administration ?")
        button = page.get_by_role("button", name="conseil d'administration").last
        await button.click()
        await expect(told(page, "Elon Musk a quitté le conseil d'administration")).to_be_visible()
        await picture(page, "6-chosen")
        assert all(url.startswith(("http://127.0.0.1:", "blob:", "data:")) for url in requests)


async def test_a_curator_breaks_a_fact_sees_why_and_mends_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        pane = await browser.new_page(viewport={"width": 1100, "height": 900})
        await pane.goto(playground.pane_address)
        await expect(pane.get_by_text("Ce qui est enregistré est chargé")).to_be_visible()
        await picture(pane, "7-pane")
        edit(tmp_path, "altman.yml", "by: sam-altman", "by: nobody")
        await expect(pane.get_by_text("Le robot garde la version précédente")).to_be_visible(timeout=20_000)
        await expect(pane.get_by_text("error[reference.unknown]").first).to_be_visible()
        await picture(pane, "8-broken")

        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        await page.goto(playground.address)
        await expect(told(page, WELCOME)).to_be_visible(timeout=20_000)
        await page.get_by_label("Viewing as").select_option(label="Max (responsable)")
        await choose_command(page, "faits recharger")
        await page.keyboard.press("Enter")
        await expect(told(page, "Rien n'a changé")).to_be_visible()
        await picture(page, "9-refused")
        edit(tmp_path, "altman.yml", "fr: Sam Altman s'est lui aussi exprimé", "fr: Sam Altman s'est également exprimé")
        edit(tmp_path, "altman.yml", "by: nobody", "by: sam-altman")
        await expect(pane.get_by_text("Ce qui est enregistré est chargé")).to_be_visible(timeout=20_000)
        await choose_command(page, "faits recharger")
        await page.keyboard.press("Enter")
        await expect(told(page, "Chargé :")).to_be_visible(timeout=20_000)
        await say(page, "Sam Altman a-t-il réagi lui aussi ?")
        await expect(told(page, "Sam Altman s'est également exprimé")).to_be_visible()
        await picture(page, "10-reloaded")


async def test_the_pages_fit_a_phone(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        for name, address in (("11-phone", playground.address), ("12-phone-pane", playground.pane_address)):
            page = await browser.new_page(viewport={"width": 390, "height": 844})
            await page.goto(address)
            await expect(page.locator("body")).to_contain_text("Quel temps fait-il à Paris")
            await picture(page, name)
            wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0


async def test_what_a_visitor_types_never_runs(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        page, pane = await browser.new_page(), await browser.new_page()
        for tab in (page, pane):
            tab.on("dialog", lambda dialog: pytest.fail(f"it ran: {dialog.message}"))
        await page.goto(playground.address)
        await say(page, "<img src=x onerror=alert(1)> openai ?")
        await pane.goto(playground.pane_address)
        await expect(pane.locator("#last")).to_contain_text("<img src=x onerror=alert(1)>", timeout=20_000)
        assert await pane.locator("#last img").count() == 0
