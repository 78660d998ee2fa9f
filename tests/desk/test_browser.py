"""The editors' loop on the desk's pages in Debian's Chromium, by keyboard: from what readers asked to an answer."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import ConsoleMessage, Locator, Page, ViewportSize, async_playwright, expect

from bot.desk.desk import Desk
from bot.desk.opening import desk_of
from bot.desk.server import serve_desk
from bot.settings import Settings
from tests.conftest import OpenApp
from tests.discord_world import World, world_around
from tests.small_story import edit
from tests.surface.words import buttons, seen

WORDINGS = (
    "Qui craint la chute du tablier ?",
    "qui donc craint la chute du tablier ?",
    "Qui craint une chute du tablier ?",
)
DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MAX_TABS = 80
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = Path(os.environ.get("ONRECORD_PICTURES") or Path(tempfile.gettempdir()) / "onrecord-pictures")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's package chromium is not installed"),
]


@dataclass(frozen=True)
class Evening:
    """A bot in a simulated Discord, with its desk in a browser."""

    world: World
    desk: Desk
    page: Page
    address: str
    root: Path

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.address}{path}")

    async def picture(self, name: str) -> None:
        """Take the page at two widths, light and dark; it never scrolls sideways."""
        for size, place in ((DESKTOP, "desktop"), (PHONE, "phone")):
            await self.page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                await self.page.emulate_media(color_scheme=scheme)
                path = PICTURES / f"desk-{name}-{place}-{scheme}.png"
                await self.page.screenshot(path=path, full_page=True)
            assert await self.page.evaluate(WIDER) <= 0, f"{name} is too wide for a {place}"
        await self.page.set_viewport_size(DESKTOP)

    async def reach(self, target: Locator) -> None:
        """Press Tab until the element has the focus."""
        await expect(target).to_be_visible()
        for _ in range(MAX_TABS):
            if await target.evaluate("element => element === document.activeElement"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by Tab")

    async def press(self, role: Literal["button", "link"], name: str) -> None:
        """Press a link or a button by keyboard alone, by the name that a screen reader says."""
        target = self.page.get_by_role(role, name=name).first
        await self.reach(target)
        await self.page.keyboard.press("Enter")

    async def answer(self, question: str) -> str:
        asked = await self.world.reader.slash(self.world.channel, "ask", question=question)
        return seen(asked.response)


@asynccontextmanager
async def opened_evening(opened: OpenApp, root: Path) -> AsyncIterator[Evening]:
    await asyncio.to_thread(PICTURES.mkdir, exist_ok=True)
    folders: dict[str, Any] = {"knowledge": root / "knowledge", "seeds": root / "seeds"}
    async with opened(**folders) as app, world_around(app) as world, async_playwright() as playwright:
        desk = desk_of(app, Settings(_env_file=None, **folders), "fr")
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            async with serve_desk(desk, 0) as address:
                page = await browser.new_page(viewport=DESKTOP)
                problems: list[str] = []
                page.on("console", lambda said: problems.append(said.text) if is_problem(said) else None)
                yield Evening(world, desk, page, address, root)
                assert problems == []  # such as what the content security policy refuses
        finally:
            await browser.close()


def is_problem(said: ConsoleMessage) -> bool:
    """Return whether the browser complains, but for the status of a page that says why something was refused."""
    return said.type == "error" and "409 (Conflict)" not in said.text


async def ask_in_vain(world: World) -> None:
    """Three readers ask the same in three wordings; the first two wait for an answer."""
    third = world.env.guild.add_member(world.env.create_user("ana"))
    for number, (reader, text) in enumerate(zip((world.reader, world.other, third), WORDINGS, strict=True)):
        asked = await reader.slash(world.channel, "ask", question=text)
        await world.app.journal.flush()
        if number < 2:
            assert asked.response is not None
            label = next(label for label in buttons(asked.response) if label.startswith("Me prévenir"))
            await reader.click(asked.response, label=label)


async def test_the_loop_from_three_readers_to_an_answer_and_back(opened: OpenApp, small_story: Path) -> None:
    async with opened_evening(opened, small_story) as evening:
        await ask_in_vain(evening.world)
        await attach_by_keyboard(evening)
        await publish_by_keyboard(evening)
        assert "Anna Petit affirme" in await evening.answer(WORDINGS[2])
        assert "Anna Petit affirme" in seen(evening.world.other.user.dm_channel.history()[0])
        await go_back_by_keyboard(evening)
        assert "Anna Petit affirme" not in (await evening.answer("qui craint donc une chute du tablier ?"))


async def attach_by_keyboard(evening: Evening) -> None:
    page, facts = evening.page, evening.root / "knowledge" / "bridge" / "facts.yml"
    await evening.go("gaps")
    await expect(page.get_by_role("main")).to_contain_text("3 lecteurs")
    await evening.picture("1-gaps")
    await evening.press("link", "Chercher un autre fait")
    await expect(page.get_by_label("Des mots, ou une partie de l'identifiant")).to_be_focused()
    await page.keyboard.type("danger")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="faits trouvés")).to_be_visible()
    await evening.picture("2-search")
    await evening.press("link", "Ajouter à ce fait : bridge-dangerous")
    main = page.get_by_role("main")
    await expect(main).to_contain_text("facts.yml")
    await expect(main).to_contain_text("2 lecteurs attendent ; ils seront prévenus dès que vous confirmerez.")
    await evening.picture("3-trial")
    assert "tablier" not in facts.read_text("utf-8")
    await evening.press("button", "Écrire")
    await expect(page.get_by_role("status").filter(has_text="Écrit : facts.yml")).to_be_focused()
    await expect(main).to_contain_text("2 lecteurs qui l'avaient demandé ont été prévenus.")
    await evening.picture("4-written")
    assert "tablier" in facts.read_text("utf-8")


async def publish_by_keyboard(evening: Evening) -> None:
    page, main = evening.page, evening.page.get_by_role("main")
    edit(evening.root, "facts.yml", "The town hall closed the bridge", "The town hall shut the bridge")
    await evening.press("link", "Voir ce que la publication changerait")
    await expect(main).to_contain_text("The town hall shut the bridge")
    await expect(main).to_contain_text(WORDINGS[2].removesuffix(" ?"))
    await evening.picture("5-preview")
    await evening.press("button", "Publier")
    await expect(page.get_by_role("status").filter(has_text="Publié.")).to_be_focused()
    await evening.picture("6-versions")


async def go_back_by_keyboard(evening: Evening) -> None:
    page, main = evening.page, evening.page.get_by_role("main")
    await evening.reach(page.locator("summary"))
    await page.keyboard.press("Enter")
    await evening.press("link", "Revenir à cette version")
    await expect(main).to_contain_text("Voici ce que changerait le retour")
    await expect(page.locator("li.bad").first).to_be_visible()  # what is answered worse is marked
    await evening.picture("7-back")
    await evening.press("button", "Publier")
    await expect(page.get_by_role("status").filter(has_text="Publié.")).to_be_focused()
    assert "tablier" not in (evening.root / "knowledge" / "bridge" / "facts.yml").read_text("utf-8")


async def test_a_draft_is_written_by_keyboard_and_nothing_typed_is_lost(opened: OpenApp, small_story: Path) -> None:
    async with opened_evening(opened, small_story) as evening:
        await ask_in_vain(evening.world)
        page = evening.page
        await evening.go("gaps")
        await evening.press("link", "Écrire un nouveau fait")
        await expect(page.get_by_label("Le fait, en une phrase (fr)")).to_be_focused()
        await page.keyboard.type("Le tablier tient.")
        await evening.reach(page.get_by_label("Paragraphe"))
        await page.keyboard.type("1")
        edit(evening.root, "facts.yml", "The town hall closed the bridge", "The town hall shut the bridge")
        await evening.desk.library.reload()
        await expect(page.get_by_role("status").filter(has_text="Le dossier a changé")).to_be_visible(timeout=20_000)
        await evening.picture("8-draft")
        await evening.press("button", "Voir ce qui serait écrit")
        await expect(page.get_by_role("alert")).to_contain_text("une référence comporte")
        await evening.picture("9-refused")
        await evening.press("link", "Retour")
        await expect(page.get_by_label("Le fait, en une phrase (fr)")).to_have_value("Le tablier tient.")
        await evening.reach(page.get_by_label("Les mots exacts"))
        await page.keyboard.type("fermé le pont")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_contain_text("drafts.yml")
        await evening.picture("10-draft-trial")
        await evening.press("button", "Écrire")
        await expect(page.get_by_role("status").filter(has_text="Écrit : drafts.yml")).to_be_focused()
        assert "fr: Le tablier tient." in (evening.root / "knowledge" / "bridge" / "drafts.yml").read_text("utf-8")
