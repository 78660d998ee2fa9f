"""The bot in a process of its own, connected to a stand-in for Discord."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

from tests.conftest import ROOT
from tests.small_story import BRIDGE
from tests.wire.stand_in import StandIn

LOGIN = "a-token-for-the-tests-only"


async def start_bot(
    server: StandIn, folder: Path, /, *program: str, log: int | IO[bytes] = PIPE, **settings: Any
) -> Process:
    """Start the bot in a folder; `settings` are variables in small letters, without their prefix."""
    environment = {
        "DISCORD_TOKEN": LOGIN,
        "ONRECORD_DISCORD_API": server.api,
        "ONRECORD_DISCORD_GATEWAY": server.gateway,
        "ONRECORD_KNOWLEDGE": str(BRIDGE / "knowledge"),
        "ONRECORD_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/journal.db",
        "PYTHONPATH": str(ROOT),
        **{name: value for name, value in os.environ.items() if name == "ONRECORD_CACHE"},  # set by pytest
        **{f"ONRECORD_{name.upper()}": value for name, value in settings.items()},
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, *(program or ("-m", "bot")), "run"), cwd=folder, env=environment, stdin=DEVNULL, stderr=log
    )


@asynccontextmanager
async def running(server: StandIn, folder: Path, /, **settings: Any) -> AsyncIterator[Process]:
    """Run the bot until the end of the block, and show what it logged where the test fails."""
    process = await start_bot(server, folder, **settings)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        _, logged = await process.communicate()
        sys.stderr.write(logged.decode())
    assert b"Traceback" not in logged
