"""`onrecord run` without a token, as a newcomer starts and stops it."""

import asyncio
import os
import signal
import sys
import time
from http import HTTPStatus
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.conftest import ROOT
from tests.small_story import BRIDGE

pytestmark = pytest.mark.slow

PATIENCE = 60.0  # seconds: within a minute a newcomer talks to the bot


async def test_without_a_token_the_playground_opens_and_ctrl_c_stops_it(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=tmp_path,
        env={
            **os.environ,
            "ONRECORD_KNOWLEDGE": str(BRIDGE / "knowledge"),
            "DISCORD_TOKEN": "",
            "LANG": "en_GB",
            "BROWSER": "true",
            "PYTHONPATH": str(ROOT),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    started, lines = time.monotonic(), list[str]()
    while len(lines) < 3:
        lines.append((await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode())
    assert time.monotonic() - started < PATIENCE
    assert "http://127.0.0.1:87" in lines[0]
    async with ClientSession() as session, session.get(f"{lines[1].split()[-1]}facts") as page:
        assert page.status == HTTPStatus.OK
        assert "The bridge" in await page.text()
    process.send_signal(signal.SIGINT)
    _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    assert errors.decode().startswith("DISCORD_TOKEN is not set")
    assert "Traceback" not in errors.decode()
    assert not await asyncio.to_thread(lambda: list(tmp_path.iterdir()))
