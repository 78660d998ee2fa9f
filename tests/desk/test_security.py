"""The desk answers this machine and its own pages alone, and a page runs nothing but the desk's own script."""

import pytest
from aiohttp import ClientResponse, ClientSession
from yarl import URL

from bot.desk.desk import Desk
from bot.desk.server import DeskError, serve_desk
from tests.desk.conftest import ServedDesk


async def status(address: str, method: str = "GET", **headers: str) -> int:
    async with ClientSession() as session:
        answer: ClientResponse
        async with session.request(method, address, headers=headers, allow_redirects=False) as answer:
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "no-store"
            return answer.status


async def test_a_page_is_shown_to_this_machine(served: ServedDesk) -> None:
    assert await status(f"{served.address}facts") == 200
    assert await status(str(URL(f"{served.address}facts").with_host("localhost"))) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "elsewhere.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_another_site_is_refused(served: ServedDesk, headers: dict[str, str]) -> None:
    assert await status(f"{served.address}facts", **headers) == 403
    assert await status(f"{served.address}reports", "POST", **headers) == 403


async def test_a_form_needs_the_origin_that_every_browser_sends(served: ServedDesk) -> None:
    own = str(URL(served.address).origin())
    assert await status(f"{served.address}reports", "POST") == 403
    assert await status(f"{served.address}reports", "POST", Origin=own) == 303


async def test_a_form_that_is_too_large_is_refused(served: ServedDesk) -> None:
    own = str(URL(served.address).origin())
    async with ClientSession() as session:
        body = {"number": "1" * 200_000}
        async with session.post(f"{served.address}reports", data=body, headers={"Origin": own}) as answer:
            assert answer.status == 413


@pytest.mark.parametrize("path", ["", "facts", "wrong-secret/facts", "static/desk.css"])
async def test_without_the_secret_there_is_nothing(served: ServedDesk, path: str) -> None:
    assert await status(str(URL(served.address).origin() / path)) == 404


@pytest.mark.parametrize("path", ["nothing", "static/../site.py", "static/%2e%2e/site.py", "templates/page.html"])
async def test_nothing_else_is_served(served: ServedDesk, path: str) -> None:
    assert await status(f"{served.address}{path}") == 404


async def test_each_desk_has_a_secret_of_its_own(desk: Desk) -> None:
    async with serve_desk(desk, 0) as first, serve_desk(desk, 0) as second:
        assert URL(first).path != URL(second).path
        assert len(URL(first).path) > 20


async def test_a_port_in_use_is_a_sentence(served: ServedDesk, desk: Desk) -> None:
    port = URL(served.address).port
    assert port is not None
    with pytest.raises(DeskError, match=f"Port {port} cannot be used for the desk: "):
        async with serve_desk(desk, port):
            pass
