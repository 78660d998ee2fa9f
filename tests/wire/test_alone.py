"""Two processes with the same token and database would answer everything twice: the second one is refused."""

from pathlib import Path

import pytest

from tests.wire.process import LOGIN, running, start_bot
from tests.wire.stand_in import StandIn
from tests.wire.test_wire import MENTIONED, soon, stopped

IMPATIENT = """
from datetime import timedelta
from bot.cli import main
from bot.journal import leases
leases.LEASE = timedelta(seconds=0.5)
main()
"""


@pytest.mark.slow
async def test_a_second_process_is_refused_and_takes_over_once_the_first_one_has_ended(tmp_path: Path) -> None:
    async with StandIn() as server:
        async with running(server, tmp_path) as first:
            await soon(server.identified.get())
            second = await start_bot(server, tmp_path, "-c", IMPATIENT)
            _, logged = await soon(second.communicate())
            assert second.returncode == 2, logged.decode()
            assert "another process answers for this token" in logged.decode().splitlines()[-1]
            assert LOGIN not in logged.decode()
            await server.mention(MENTIONED)
            await soon(server.replies.get())
            assert server.replies.empty()
            first.kill()
            await soon(first.wait())
        async with running(server, tmp_path) as third:
            await soon(server.identified.get())
            assert await stopped(third) == 0
