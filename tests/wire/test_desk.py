"""The desk beside a bot on Discord: the log says where its address is, and not what it is."""

import asyncio
import re
from html import unescape
from http import HTTPStatus
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.ports import free_port
from tests.wire.process import start_bot
from tests.wire.stand_in import StandIn
from tests.wire.test_wire import soon


@pytest.mark.slow
async def test_the_address_of_the_desk_is_in_a_file_of_its_owners_and_not_in_the_log(tmp_path: Path) -> None:
    page = tmp_path / "cache" / f"desk-{(port := free_port())}.html"
    async with StandIn() as server:
        process = await start_bot(server, tmp_path, desk_port=str(port), cache=str(page.parent))
        await soon(server.identified.get())
        (address,) = re.findall(r"url=([^\"]+)", await asyncio.to_thread(page.read_text, "utf-8"))
        async with ClientSession() as session, session.get(unescape(address)) as answer:
            assert answer.status == HTTPStatus.OK
        process.terminate()
        _, logged = await soon(process.communicate())
    assert str(page) in logged.decode()
    assert address.split("/")[3] not in logged.decode()
    assert not await asyncio.to_thread(page.exists)
