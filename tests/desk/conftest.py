"""A desk on the story of the bridge, with a journal of its own, and its pages as text."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape
from re import findall, sub

import pytest
from aiohttp import ClientSession
from yarl import URL

from bot.answering.context import Utterance
from bot.answering.reply import Reply
from bot.app import App
from bot.desk.desk import Desk
from bot.desk.opening import desk_of
from bot.desk.server import serve_desk
from bot.settings import Settings
from tests.conftest import OpenApp
from tests.fakes import SetClock


async def answered(app: App, utterance: Utterance) -> Reply:
    """Ask the bot as a reader does, and have the reply delivered, which journals it."""
    reply = await app.assistant.ask(utterance)
    with app.client.parts.sent.delivering(reply.exchange):
        pass
    await app.journal.flush()
    return reply


@dataclass(frozen=True)
class ServedDesk:
    """A desk that is served, as a browser sees it."""

    desk: Desk
    address: str
    app: App | None = None  # the bot beside it

    async def page(self, path: str, language: str = "en") -> str:
        """Return what a page says, without its markup."""
        return text_of(await self.html(path, language))

    async def html(self, path: str, language: str = "en", status: int = 200) -> str:
        """Return a page."""
        session = ClientSession(headers={"Accept-Language": language})
        async with session, session.get(f"{self.address}{path}") as answer:
            assert answer.status == status, await answer.text()
            return await answer.text()

    async def page_while_away(self, path: str, language: str) -> str:
        """Return what a page says while the database cannot be reached."""
        return text_of(await self.html(path, language, 503))

    async def refused(self, path: str, language: str = "en") -> str:
        """Return what a page says that is shown instead of the one that was asked for."""
        return text_of(await self.html(path, language, 409))

    async def send(self, path: str, language: str = "en", status: int = 200, **form: str) -> str:
        """Send a form and return what the page says that comes next."""
        headers = {"Origin": str(URL(self.address).origin()), "Accept-Language": language}
        session = ClientSession(headers=headers)
        async with session, session.post(f"{self.address}{path}", data=form) as answer:
            assert answer.status == status, await answer.text()
            return text_of(await answer.text())

    async def confirm(self, html: str, language: str = "en", status: int = 200) -> str:
        """Send the form of a preview, as its button does, and return what the page says that comes next."""
        before, _, rest = html.partition('<form method="post" action="')
        assert rest, text_of(before)
        path, _, form = rest.partition("</form>")[0].partition('"')
        assert '<button class="main">' in form, text_of(html)
        fields = findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
        return await self.send(path, language, status, **{key: unescape(value) for key, value in fields})


def text_of(html: str) -> str:
    """Return what a page says, without its markup."""
    return " ".join(unescape(sub(r"<[^>]+>", " ", html.partition("<body>")[2])).split())


@pytest.fixture
async def running(opened: OpenApp) -> AsyncIterator[App]:
    """A running bot, on the day of the tests' questions: older ones would be deleted."""
    async with opened(SetClock()) as app:
        yield app


@pytest.fixture
def desk(running: App) -> Desk:
    """The desk of a running bot."""
    return desk_of(running, Settings(_env_file=None))


@pytest.fixture
async def served(desk: Desk, running: App) -> AsyncIterator[ServedDesk]:
    """The same desk, served."""
    async with serve_desk(desk, 0) as address:
        yield ServedDesk(desk, address, running)
