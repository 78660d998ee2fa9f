"""The playground as a visitor uses it, in Debian's Chromium."""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from bot.answering.telling.catalogue import catalogue
from bot.playground.serve import Playground, free_port, open_playground
from bot.settings import Settings
from tests.small_story import BRIDGE, edit

WELCOME = "@OnRecord Qui garde le phare ?"  # the last question of the first conversation
DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
CLAIMED = "Pourquoi les riverains attaquent-ils la mairie ?"
STATEMENT = "La région a payé 10 % de la passerelle."
UNKNOWN = "Qui est le coiffeur ?"
MISTAKE = {"mistake.wrong": "Le démenti manque.", "mistake.written": "https://example.org/article"}  # by its label
WIDER = """Math.max(...[document.documentElement, ...document.querySelectorAll(".message")]
    .map(part => part.scrollWidth - part.clientWidth))"""
A_WHILE_AGO = "relative(new Date(Date.now() - 180_000))"
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
    shutil.copytree(BRIDGE, tmp_path, dirs_exist_ok=True)
    settings = Settings(_env_file=None, knowledge=tmp_path / "knowledge", seeds=tmp_path / "seeds")
    async with open_playground(settings, free_port(8720), "fr") as playground:
        yield playground


async def picture(page: Page, name: str) -> None:
    await page.screenshot(path=PICTURES / f"{name}.png")


async def say(page: Page, text: str) -> None:
    """Send a message that mentions the bot, once the page shows the first conversation."""
    await expect(told(page, WELCOME)).to_be_visible(timeout=20_000)
    await page.locator("#text").fill(f"@OnRecord {text}")
    await page.keyboard.press("Enter")


async def ask(page: Page, question: str, answered: str) -> Locator:
    """Send a question, and return the reply once it contains a text."""
    await say(page, question)
    reply = message(page, question)
    await expect(reply).to_contain_text(answered)
    await expect(reply).to_be_in_viewport()  # by itself
    return reply


async def play(page: Page, name: str) -> None:
    """Become another person."""
    await page.locator("select[name=as]").select_option(label=name)
    await expect(page.locator("option[selected]")).to_have_text(name)
    await expect(told(page, WELCOME)).to_be_visible()


async def choose_command(page: Page, name: str, typed: str = "") -> None:
    """Choose a slash command in the picker, and type into its first option."""
    await page.locator("#text").press_sequentially(f"/{name}")
    await page.get_by_role("option").filter(has_text=f"/{name}").first.click()
    if typed:
        await page.keyboard.type(typed)


async def run_command(page: Page, name: str) -> None:
    """Choose a slash command, and send it without options."""
    await choose_command(page, name)
    await page.locator("#command button.main").click()


def fr(key: str, **values: Any) -> str:
    """Return the bot's French text: these tests are about the buttons, not the wording."""
    return catalogue().text("fr", key, **values)


def told(page: Page, text: str) -> Locator:
    """Return the last element of the conversation that contains this text."""
    return page.get_by_role("main").get_by_text(text).last


def message(page: Page, text: str) -> Locator:
    """Return the last message that contains this text, with its buttons."""
    return page.locator(".message").filter(has_text=text).last


def button(place: Locator, key: str) -> Locator:
    """Return the button of a message with this label, a key of the catalogue."""
    return place.get_by_role("button", name=fr(key), exact=True)


async def press(place: Locator, key: str) -> None:
    """Click the button of a message."""
    await button(place, key).click()


async def choose(page: Page, place: Locator, key: str) -> None:
    """Open the menu of a message, and choose from it."""
    await press(place, "more.button")
    menu = page.get_by_role("main").locator("select").last
    await menu.select_option(label=fr(key))


async def read_alone(page: Page, name: str, text: str) -> Locator:
    """Take a screenshot of the ephemeral message that contains this text, and return the message."""
    said = message(page, text)
    await expect(said).to_contain_text(fr("playground.only_you"))
    await expect(said).to_be_in_viewport()  # by itself
    await picture(page, name)
    return said


async def test_a_visitor_asks_completes_and_chooses_in_two_languages(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        page = await browser.new_page(viewport=DESK)
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        await page.goto(playground.address)
        await expect(told(page, "Le dossier ne dit pas cela")).to_be_visible()
        await picture(page, "1-welcome")

        await say(page, "Combien a payé la région ?")
        await expect(told(page, "La région a payé 49 %")).to_be_visible()
        await picture(page, "2-french")
        assert await page.evaluate(A_WHILE_AGO) == "il y a 3 minutes"
        await expect(page.get_by_role("link", name=fr("playground.desk"))).to_have_attribute(
            "href", playground.desk_address
        )
        await play(page, "Sam (English)")
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.get_by_role("navigation")).to_contain_text(catalogue().text("en", "playground.direct"))
        await say(page, "Who is Anna Petit?")
        await expect(told(page, "chief engineer")).to_be_visible()
        assert await page.evaluate(A_WHILE_AGO) == "3 minutes ago"
        await picture(page, "3-english")

        await play(page, "Lou (français)")
        await choose_command(page, "qui", "pet")
        await expect(page.get_by_role("option", name="Anna Petit")).to_be_visible()
        await picture(page, "4-autocomplete")
        await page.get_by_role("option", name="Anna Petit").click()
        await page.keyboard.press("Enter")
        await expect(told(page, "Ce qui en est dit")).to_be_visible()
        await picture(page, "5-card")

        await say(page, "Quand a-t-on vendu le pont ?")
        button = page.get_by_role("button", name="Quand le pont a-t-il été fermé ?").last
        await button.click()
        await expect(told(page, "La mairie a fermé le pont en 2019.")).to_be_visible()
        await picture(page, "6-chosen")
        assert all(url.startswith(("http://127.0.0.1:", "blob:", "data:")) for url in requests)


async def test_a_curator_breaks_a_fact_sees_why_and_mends_it(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        desk = await browser.new_page(viewport={"width": 1100, "height": 900})
        await desk.goto(f"{playground.desk_address}versions")
        await expect(desk.get_by_text("Les fichiers enregistrés sont chargés")).to_be_visible()
        await picture(desk, "7-versions")
        edit(tmp_path, "facts.yml", "by: anna-petit", "by: nobody")
        await expect(desk.get_by_text("Le robot garde la version précédente").first).to_be_visible(timeout=20_000)
        await expect(desk.get_by_text("error[reference.unknown]").first).to_be_visible()
        await picture(desk, "8-broken")

        page = await browser.new_page(viewport=DESK)
        await page.goto(playground.address)
        await expect(told(page, WELCOME)).to_be_visible(timeout=20_000)
        await play(page, "Max (responsable)")
        await choose_command(page, "faits recharger")
        await page.keyboard.press("Enter")
        await expect(told(page, "Rien n'a changé")).to_be_visible()
        await told(page, "Rien n'a changé").scroll_into_view_if_needed()
        await picture(page, "9-refused")
        edit(tmp_path, "facts.yml", "fr: Anna Petit affirme", "fr: Anna Petit soutient")
        edit(tmp_path, "facts.yml", "by: nobody", "by: anna-petit")
        await expect(desk.get_by_text("Les fichiers enregistrés sont chargés")).to_be_visible(timeout=20_000)
        await choose_command(page, "faits recharger")
        await page.keyboard.press("Enter")
        await expect(told(page, "il n'y a rien à publier")).to_be_visible(timeout=20_000)
        await say(page, "Que dit Anna Petit du pont ?")
        await expect(told(page, "Anna Petit soutient que le pont est dangereux")).to_be_visible()
        await picture(page, "10-reloaded")


async def test_a_visitor_asks_back_turns_pages_and_waits_by_mouse_and_by_keyboard(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        page = await browser.new_page(viewport=DESK)
        await page.goto(playground.address)
        reply = await ask(page, CLAIMED, fr("by.denial", name="La mairie"))
        await choose(page, reply, "sources.button")
        await read_alone(page, "13-sources", fr("sources.digest", digest="La plainte"))
        await vote_and_change_it(page, reply)
        await report_a_mistake(page, reply)
        await choose_what_is_related(page, reply)
        await turn_the_pages(page)
        await see_the_timeline(page, "21-timeline")
        await ask_to_be_told(page)
        await check_a_message(page, "26-check")
        await write_privately(page)


async def vote_and_change_it(page: Page, reply: Locator) -> None:
    await press(reply, "vote.button.helpful")
    await read_alone(page, "14-helpful", fr("vote.helpful"))
    await page.keyboard.press("Tab")
    await expect(button(reply, "vote.button.not_helpful")).to_be_focused()
    await page.keyboard.press("Enter")
    await read_alone(page, "15-not-helpful", fr("vote.not_helpful"))


async def report_a_mistake(page: Page, reply: Locator) -> None:
    await choose(page, reply, "mistake.button")
    form = page.get_by_role("dialog", name=fr("mistake.title"))
    for label, text in MISTAKE.items():
        await expect(form.get_by_label(fr(label))).to_be_focused()
        await page.keyboard.type(text)
        await page.keyboard.press("Tab")
    await picture(page, "16-form")
    await form.get_by_role("button", name=fr("playground.submit")).click()
    await expect(form).to_be_hidden()
    await read_alone(page, "17-form-sent", fr("mistake.thanks", number=1))


async def choose_what_is_related(page: Page, reply: Locator) -> None:
    await choose(page, reply, "related.button")
    related = await read_alone(page, "18-related", fr("related.title"))
    await related.get_by_role("button", name="La passerelle est-elle trop étroite ?").click()
    await read_alone(page, "19-related-chosen", "trop étroite")


async def turn_the_pages(page: Page) -> None:
    await run_command(page, fr("command.claims"))
    claims = message(page, fr("playground.used", who="Lou (français)", command=f"/{fr('command.claims')}"))
    await expect(claims).to_contain_text(fr("claims.title", number=1, count=3))
    await expect(button(claims, "page.before")).to_be_disabled()
    await press(claims, "page.after")
    await expect(claims).to_contain_text(fr("claims.title", number=2, count=3))
    await picture(page, "20-claims")
    await press(claims, "page.before")
    await expect(claims).to_contain_text(fr("claims.title", number=1, count=3))


async def see_the_timeline(page: Page, name: str) -> None:
    await run_command(page, fr("command.timeline"))
    drawn = message(page, fr("playground.used", who="Lou (français)", command=f"/{fr('command.timeline')}")).locator(
        "img"
    )
    await expect(drawn).to_be_visible(timeout=20_000)  # matplotlib is imported first
    await expect(drawn).not_to_have_js_property("naturalWidth", 0)
    await drawn.scroll_into_view_if_needed()
    await expect(drawn).to_be_in_viewport(ratio=1)
    await expect(drawn).to_have_attribute(
        "alt", re.compile("^Frise chronologique du dossier.*La construction du pont, 1931")
    )
    await picture(page, name)


async def ask_to_be_told(page: Page) -> None:
    abstention = await ask(page, UNKNOWN, fr("abstain.unknown_name"))
    await press(abstention, "wait.button")
    await read_alone(page, "22-waiting", fr("wait.kept"))
    await press(abstention, "wait.button")
    await read_alone(page, "23-no-longer", fr("wait.no_longer"))


async def check_a_message(page: Page, name: str) -> None:
    await page.locator("#text").fill(STATEMENT)
    await page.keyboard.press("Enter")
    stated = page.locator(".message:not(.bot)").filter(has_text=STATEMENT).last
    await stated.locator("summary").click()
    await button(stated, "menu.check").click()
    await read_alone(page, name, fr("check.title"))


async def write_privately(page: Page) -> None:
    await page.get_by_role("link", name=fr("playground.direct")).click()
    await expect(page).to_have_title(f"OnRecord – {fr('playground.direct')}")
    await page.locator("#text").fill(CLAIMED)
    await page.keyboard.press("Enter")
    reply = message(page, fr("by.denial", name="La mairie"))
    await choose(page, reply, "sources.button")
    await read_alone(page, "27-direct", fr("sources.digest", digest="La plainte"))
    await check_a_message(page, "28-direct-check")
    await expect(page.locator(".unread:visible")).to_have_count(0)


async def test_the_pages_and_an_answer_with_its_buttons_fit_a_phone(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        desk, page = await browser.new_page(viewport=PHONE), await browser.new_page(viewport=PHONE)
        shown = {"11-phone": (page, playground.address), "12-phone-desk": (desk, f"{playground.desk_address}try")}
        for name, (tab, address) in shown.items():
            await tab.goto(address)
            await expect(tab.locator("body")).to_contain_text("Qui garde le phare")
            await picture(tab, name)
            assert await tab.evaluate(WIDER) <= 0
        reply = await ask(page, CLAIMED, fr("by.denial", name="La mairie"))
        await button(reply, "vote.button.not_helpful").scroll_into_view_if_needed()
        await picture(page, "24-phone-answer")
        await choose(page, reply, "sources.button")
        await read_alone(page, "25-phone-sources", fr("sources.digest", digest="La plainte"))
        await see_the_timeline(page, "29-phone-timeline")
        assert await page.evaluate(WIDER) <= 0


async def test_what_a_visitor_types_never_runs(tmp_path: Path) -> None:
    async with playing(tmp_path) as playground, browsing() as browser:
        page, desk = await browser.new_page(), await browser.new_page()
        for tab in (page, desk):
            tab.on("dialog", lambda dialog: pytest.fail(f"it ran: {dialog.message}"))
        await page.goto(playground.address)
        await say(page, "<img src=x onerror=alert(1)> pont ?")
        await desk.goto(f"{playground.desk_address}try")
        await expect(desk.locator("main")).to_contain_text("<img src=x onerror=alert(1)>", timeout=20_000)
        assert await desk.locator("main img").count() == 0
