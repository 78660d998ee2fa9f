"""What the playground's page sends and gets, without a browser."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from unittest.mock import ANY

import pytest
from aiohttp import ClientSession

from bot.answering.telling.catalogue import catalogue
from bot.playground.serve import Playground
from tests.playground.test_playground import playing
from tests.small_story import BRIDGE

CLAIMED = "Pourquoi les riverains attaquent-ils la mairie ?"
STATEMENT = "La région a payé 10 % de la passerelle."


def fr(key: str, **values: Any) -> str:
    return catalogue().text("fr", key, **values)


def plain(html: str) -> str:
    """Return what a page says, without its marks."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


@dataclass
class Visit:
    """The page of one person in one place."""

    session: ClientSession
    playground: Playground
    person: int = 0
    place: str = "channel"

    def address(self, path: str) -> str:
        return f"{self.playground.address}{path}?as={self.playground.world.viewers[self.person].id}&in={self.place}"

    async def get(self, path: str) -> Any:
        async with self.session.get(self.address(path)) as answer:
            return await (answer.json() if answer.content_type == "application/json" else answer.text())

    async def act(self, do: object, **wish: object) -> dict[str, Any]:
        body = {"do": do, **wish}
        origin = {"Origin": self.playground.address.rpartition("/")[0].rpartition("/")[0]}
        async with self.session.post(self.address("act"), json=body, headers=origin) as answer:
            return {"status": answer.status} if answer.status != 200 else await answer.json()

    async def last(self) -> tuple[str, str]:
        """Return the number and the HTML of the last message."""
        message = (await self.get("messages"))["messages"][-1]
        return message["id"], message["html"]

    async def control(self, key: str) -> dict[str, str]:
        """Return what clicking a button of the last message sends."""
        number, html = await self.last()
        found = re.search(rf'data-id="([^"]+)">\s*{re.escape(fr(key))}<', html)
        assert found, html
        return {"message": number, "id": found[1]}

    async def choice(self, key: str) -> dict[str, Any]:
        """Return what choosing from the menu in the last message sends."""
        number, html = await self.last()
        found = re.search(rf'data-do="select" data-id="([^"]+)".*?value="([^"]+)">\s*{re.escape(fr(key))}<', html, re.S)
        assert found, html
        return {"message": number, "id": found[1], "values": [found[2].rpartition('value="')[2]]}


@asynccontextmanager
async def visiting() -> AsyncIterator[Visit]:
    async with playing(BRIDGE) as playground, ClientSession() as session:
        yield Visit(session, playground)


async def test_the_page_speaks_the_language_of_the_person_and_leads_to_the_desk() -> None:
    async with visiting() as visit:
        french = await visit.get("")
        assert '<html lang="fr"' in french
        assert "<title>OnRecord – #questions</title>" in french
        assert f'href="{visit.playground.desk_address}"' in french
        assert fr("playground.direct") in plain(french)
        visit.person = 1
        english = await visit.get("")
        assert '<html lang="en"' in english
        assert catalogue().text("en", "playground.desk") in plain(english)
        commands = {one["shown"]: one for one in await visit.get("commands")}
        assert commands["who"]["description"] == "Who somebody is, what they said, what is said of them"
        visit.person = 0
        commands = {one["shown"]: one for one in await visit.get("commands")}
        assert commands["qui"]["name"] == "who"
        assert commands["qui"]["options"][0]["shown"] == "nom"


@pytest.mark.parametrize("place", ["channel", "dm"])
async def test_a_question_a_button_a_command_a_menu_and_a_form_work_in_each_place(place: str) -> None:
    async with visiting() as visit:
        visit.place = place
        assert await visit.act("send", text=f"@onrecord {CLAIMED}") == {"said": "", "form": None, "choices": []}
        number, html = await visit.last()
        assert fr("by.denial", name="La mairie") in plain(html)
        assert '<span class="mention">@OnRecord</span>' in html
        await visit.act("click", **await visit.control("more.button"))
        form = (await visit.act("select", **await visit.choice("mistake.button")))["form"]
        assert fr("mistake.title") in plain(form)
        values = {"form": re.findall(r'data-form="(\d+)"', form)[0], "values": {"wrong": "Faux.", "written": ""}}
        assert (await visit.act("submit", **values))["said"] == ""
        assert fr("mistake.thanks", number=1) in plain((await visit.last())[1])
        assert (await visit.act("submit", **values))["said"] == fr("playground.refused")  # a form is sent once
        await visit.act("send", text=STATEMENT)
        own = [one for one in (await visit.get("messages"))["messages"] if 'class="message"' in one["html"]]
        assert STATEMENT in plain(own[-1]["html"])
        assert (await visit.act("menu", message=own[-1]["id"], name=catalogue().text("en", "menu.check")))["said"] == ""
        html = (await visit.last())[1]
        assert fr("check.title") in plain(html)
        assert fr("playground.only_you") in plain(html)
        typed = await visit.act("complete", name="who", option="name", typed="pet", options={"name": "pet"})
        assert typed["choices"] == [{"name": "Anna Petit", "value": ANY}, *typed["choices"][1:]]
        await visit.act("command", name="who", options={"name": "anna-petit"})
        html = (await visit.last())[1]
        assert fr("playground.used", who="Lou (français)", command="/qui") in plain(html)
        await visit.act("send", text="@OnRecord et qui le nie ?", to=number)
        assert f'href="#m{number}"' in str((await visit.get("messages"))["messages"][-2:])


LAYOUT: list[dict[str, Any]] = [
    {
        "type": 17,
        "accent_color": 255,
        "components": [
            {"type": 10, "content": "## Le pont"},
            {"type": 14},
            {
                "type": 9,
                "components": [{"type": 10, "content": "**fermé** <b>"}],
                "accessory": {"type": 2, "style": 2, "label": "Sources", "custom_id": "x"},
            },
            {"type": 1, "components": [{"type": 3, "custom_id": "y", "options": [{"label": "Un", "value": "1"}]}]},
        ],
    },
]


async def test_a_message_that_is_laid_out_in_containers_is_shown_with_its_controls() -> None:
    async with visiting() as visit:
        world = visit.playground.world
        backend = world.env.backend
        backend.create_message(world.channel.id, backend.bot_user.id, components=LAYOUT, flags=1 << 15)
        _, html = await visit.last()
        assert '<div class="embed" data-colour="255">' in html
        assert '<p class="heading">Le pont</p>' in html
        assert "<strong>fermé</strong> &lt;b&gt;" in html
        assert 'data-do="click" data-id="x"> Sources</button>' in html
        assert 'data-do="select" data-id="y"' in html
        assert "Un</option>" in html


async def test_what_the_bot_tells_in_private_is_noticed_in_the_channel_and_seen_by_its_reader_alone() -> None:
    async with visiting() as visit:
        assert (await visit.get("messages"))["elsewhere"] == ""
        visit.place = "dm"
        await visit.act("send", text=CLAIMED)
        number, _ = await visit.last()
        visit.place = "channel"
        assert (await visit.get("messages"))["elsewhere"] == number
        await visit.act("command", name="who", options={"name": "anna-petit"})
        await visit.act("click", **await visit.control("mistake.button"))
        visit.person = 1
        assert (await visit.get("messages"))["elsewhere"] == ""


async def test_an_action_may_take_its_time_and_what_is_seen_is_not_sent_again() -> None:
    async with visiting() as visit:
        env = visit.playground.world.env
        assert env.settle_timeout > 60
        env.settle_timeout = 0.000001
        assert (await visit.act("send", text=f"@OnRecord {CLAIMED}"))["said"] == fr("playground.late")
        env.settle_timeout = 60
        await visit.act("send", text="Merci.")
        page = await visit.get("messages")
        assert sum(fr("by.denial", name="La mairie") in plain(one["html"]) for one in page["messages"]) == 1
        async with visit.session.get(f"{visit.address('messages')}&seen={page['seen']}") as answer:
            assert answer.status == 204


REFUSED: tuple[tuple[dict[str, Any], object], ...] = (
    ({"do": "click", "message": "12", "id": "x"}, "refused"),
    ({"do": "click", "message": "x", "id": "x"}, "refused"),
    ({"do": "command", "name": "facts reload"}, "refused"),  # a reader does not see it
    ({"do": "command", "name": "who", "options": {}}, "refused"),
    ({"do": "submit", "form": "1", "values": {}}, "refused"),
    ({"do": "leave"}, 400),
    ({"do": ["send"]}, 400),
    ({"do": "send"}, 400),
)


async def test_what_our_page_does_not_send_is_refused() -> None:
    async with visiting() as visit:
        for wish, answer in REFUSED:
            done = await visit.act(**wish)
            assert done == {"status": answer} or done["said"] == fr(f"playground.{answer}"), wish
        address = visit.address("act")
        for headers in ({}, {"Origin": "https://a.test"}):
            async with visit.session.post(address, json={"do": "send", "text": "x"}, headers=headers) as answer:
                assert answer.status == 403
        async with visit.session.get(
            visit.playground.address.replace("http://127.0.0.1", "http://localhost")
        ) as answer:
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        for path in ("file/1/2/x.png", "file/../../settings.py"):
            async with visit.session.get(f"{visit.playground.address}{path}") as answer:
                assert answer.status == 404
