"""Whatever Discord sends or refuses, the bot stays connected; only what cannot heal ends it, with a sentence."""

import asyncio
import logging
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import RefusedError
from bot.app import App
from bot.surface import client
from bot.surface.platform import connection, sync
from tests.conftest import OpenApp
from tests.wire.faulty import Faulty, Refusal
from tests.wire.process import LOGIN, start_bot
from tests.wire.stand_in import CHANNEL, GUILD, MEMBER
from tests.wire.test_outages import START_SECONDS
from tests.wire.test_wire import MENTIONED, soon

AWAY = "Discord cannot be reached"
PASSED_OVER = "is passed over"
PASSING_CODES = [4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009]
UNREADABLE: dict[str, list[Any]] = {
    "a message that is no JSON object": ["{", "", "[1]", "null", '"' + "x" * 9, "[" * 100_000],
    "MESSAGE_UPDATE": [{"id": "9", "channel_id": CHANNEL, "guild_id": GUILD}],
    "INTERACTION_CREATE": [{"id": "9", "token": "t", "version": 1, "type": 2, "application_id": "1001"}],
    "MESSAGE_CREATE": [{}, [], None, "x", {"id": "no number", "channel_id": CHANNEL}],
    "GUILD_CREATE": [{"id": None}, {"id": "7", "channels": 5}],
    "CHANNEL_CREATE": [{"guild_id": GUILD, "type": 0}],
    "THREAD_CREATE": [{"guild_id": GUILD, "parent_id": CHANNEL}],
    "MESSAGE_DELETE": [{"id": "9"}],
    "GUILD_ROLE_CREATE": [{"guild_id": GUILD}],
    "RESUMED": [None],
}


LOGGED = {
    AWAY: 2,  # at the login, and at the first connection
    "the commands of all servers are not synced": 1,
    PASSED_OVER: 1,
    "Unknown interaction": 1,
    "already acknowledged": 0,  # the answer is there
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pause a hundredth of the time."""
    for module in (connection, sync):
        monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
        monkeypatch.setattr(module, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(connection, "LONGEST_AFTER_RESUME", 0.05)
    monkeypatch.setattr(client, "FIRST_SYNC_SECONDS", 0.1)
    monkeypatch.setattr(client, "IDENTIFY_SECONDS", 0.05)


@asynccontextmanager
async def connecting(opened: OpenApp, server: Faulty, **settings: Any) -> AsyncIterator[tuple[App, asyncio.Task[None]]]:
    """Start a bot in this process, on the sockets of a server."""
    settings |= {"discord_api": server.api, "discord_gateway": server.gateway}
    async with opened(editor_guilds=GUILD, owners=MEMBER, **settings) as app:  # owners have no cooldown
        app.client._connection.guild_ready_timeout = 0.2  # for guilds that are not yet there
        started = asyncio.create_task(app.client.start(LOGIN))
        try:
            yield app, started
        finally:
            started.cancel()
            await asyncio.gather(started, return_exceptions=True)


@asynccontextmanager
async def logging_process(server: Faulty, folder: Path) -> AsyncIterator[Process]:
    """Start the bot in a process of its own."""
    process = await start_bot(server, folder, owners=MEMBER)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def answered(server: Faulty) -> None:
    """Ask, and be answered: the second time, with a link to the first answer."""
    await server.mention(MENTIONED)
    reply = await soon(server.replies.get())
    assert reply["embeds"] or "La réponse complète" in reply["content"]


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what the stand-in must have seen soon."""
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it did not come")


def told(caplog: pytest.LogCaptureFixture, part: str) -> list[str]:
    return [record.getMessage() for record in caplog.records if part in record.getMessage()]


def with_traceback(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.exc_info and record.levelno > logging.DEBUG]


async def test_an_event_that_cannot_be_read_is_logged_in_one_line_and_passed_over(
    opened: OpenApp, caplog: pytest.LogCaptureFixture
) -> None:
    async with Faulty() as server, connecting(opened, server):
        await soon(server.identified.get())
        for kind, contents in UNREADABLE.items():
            caplog.clear()
            for content in contents:
                if kind in {"a message that is no JSON object"}:
                    await server.send_text(str(content))
                else:
                    await server._dispatch(kind, content)
            await answered(server)
            (line,) = told(caplog, PASSED_OVER)
            assert kind in line
            assert "\n" not in line
            assert not with_traceback(caplog)
        assert server.connections == 1


BREAKS: dict[str, Callable[[Faulty], Awaitable[None]]] = {
    "bytes that cannot be decompressed": lambda server: server.send_bytes(b"no zlib\x00\x00\xff\xff"),
    "a HELLO without its content": lambda server: server.send_text('{"op": 10}'),
    "a cut": lambda server: server.drop(),
    "a request to reconnect": lambda server: server.send_text('{"op": 7, "d": null}'),
    **{str(code): partial(Faulty.close, code=code) for code in (1000, 1001, 1006, 1011, *PASSING_CODES)},
}


async def test_a_connection_that_breaks_is_resumed(opened: OpenApp, caplog: pytest.LogCaptureFixture) -> None:
    async with Faulty() as server, connecting(opened, server):
        await soon(server.identified.get())
        for number, (name, breaks) in enumerate(BREAKS.items(), start=1):
            await answered(server)
            await breaks(server)
            resumed = await soon(server.resumed.get())
            assert resumed["session_id"] == "a-session", name
            assert resumed["seq"] >= number, name
        await answered(server)
        assert server.connections == 1 + len(BREAKS)
    assert len(told(caplog, "so the connection is made anew")) == 2
    assert not told(caplog, AWAY)
    assert not with_traceback(caplog)


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("/users/@me", (503, "<html>")),
        ("/users/@me", (200, "not what was asked for")),
        ("/users/@me", (200, {})),
        ("/users/@me", (403, {"code": 0, "message": "no"})),
        ("/applications/@me", (503, "")),
        ("/applications/@me", (200, "<html>")),
        ("/gateway", (503, "")),
        ("/gateway", (429, {"message": "slow down"})),
    ],
)
async def test_a_start_that_is_refused_is_tried_again_and_told_once(
    opened: OpenApp, path: str, refusal: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    async with Faulty() as server:
        server.refusals[path].extend([refusal] * 3)
        async with connecting(opened, server):
            await soon(server.identified.get())
            await answered(server)
    assert len(told(caplog, AWAY)) == 1
    assert not with_traceback(caplog)
    assert not told(caplog, "Unclosed")


@pytest.mark.parametrize("host", ["127.0.0.1:9", "nowhere.invalid"])
async def test_a_discord_that_cannot_be_found_is_looked_for_again_and_told_once(
    opened: OpenApp, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(discord_api=f"http://{host}/api/v10") as app:
        started = asyncio.create_task(app.client.start(LOGIN))
        await until(lambda: bool(told(caplog, AWAY)))
        await asyncio.sleep(0.2)  # in which it is tried again
        assert not started.done()
        started.cancel()
    assert len(told(caplog, AWAY)) == 1
    assert not with_traceback(caplog)


@pytest.mark.slow
async def test_a_gateway_that_goes_on_refusing_gets_a_new_session(opened: OpenApp) -> None:
    async with Faulty() as server, connecting(opened, server):
        await soon(server.identified.get())
        server.close_with = 4000
        await server.close(4000)
        await until(lambda: server.connections >= 6)
        server.close_with = None
        await soon(server.identified.get())  # after the five seconds that discord.py waits before a new session
        await answered(server)


REFUSED = {
    4004: (4, "DISCORD_TOKEN"),
    4010: (10, "invalid shard"),
    4011: (11, "too many servers for ONRECORD_SHARD_COUNT"),
    4012: (12, "API version"),
    4013: (13, "invalid intents"),
    4014: (14, "disallowed intents"),
}


@pytest.mark.parametrize("code", REFUSED)
async def test_a_close_that_cannot_heal_ends_the_bot_with_its_sentence(opened: OpenApp, code: int) -> None:
    status, words = REFUSED[code]
    async with Faulty() as server:
        server.close_with = code
        async with connecting(opened, server, shard_count=1) as (_, started):
            with pytest.raises(RefusedError, match=words) as caught:
                await soon(started)
        assert caught.value.status == status
        assert server.connections == 1


async def test_without_a_count_as_many_shards_are_made_as_discord_asks_for(opened: OpenApp) -> None:
    async with Faulty() as server:
        server.fewest_shards = 2
        async with connecting(opened, server) as (app, _):
            asked = [(await soon(server.identified.get()))["shard"] for _ in range(2)]
            assert sorted(asked) == [[0, 2], [1, 2]]
            await soon(app.client.wait_until_ready())
            await answered(server)
            assert app.client.latency == app.client.latency
    assert server.connections == 3


async def test_a_process_serves_only_the_shards_that_it_is_given(opened: OpenApp) -> None:
    async with Faulty() as server, connecting(opened, server, shard_count=3, shard_ids="0,2") as (app, _):
        assert [(await soon(server.identified.get()))["shard"] for _ in range(2)] == [[0, 3], [2, 3]]
        await soon(app.client.wait_until_ready())
        await server.drop()
        assert (await soon(server.resumed.get()))["session_id"] == "a-session"
    assert server.identified.empty()


@pytest.mark.parametrize("path", ["/users/@me", "/applications/@me", "/messages"])
async def test_a_refused_token_ends_the_bot_at_its_start_and_later(opened: OpenApp, path: str) -> None:
    async with Faulty() as server:
        server.refusals[path].append((401, {"code": 0, "message": "401: Unauthorized"}))
        async with connecting(opened, server) as (_, started):
            if path == "/messages":
                await soon(server.identified.get())
                await server.mention(MENTIONED)
            with pytest.raises(RefusedError, match="DISCORD_TOKEN") as caught:
                await soon(started)
    assert caught.value.status == 4


async def test_an_interaction_that_has_expired_is_no_refused_token(opened: OpenApp) -> None:
    async with Faulty() as server, connecting(opened, server) as (_, started):
        await soon(server.identified.get())
        server.refusals["/callback"].append((401, {"code": 50027, "message": "Invalid Webhook Token"}))
        await server.command("ask", "fr", question=MENTIONED)
        await answered(server)
        assert not started.done()


UNSYNCED: dict[str, Refusal] = {
    "400": (400, {"code": 50035, "message": "Invalid Form Body", "errors": {"0": {"name": {"_errors": []}}}}),
    "30034": (400, {"code": 30034, "message": "Max number of daily application command creates has been reached"}),
    "403": (403, {"code": 50001, "message": "Missing Access"}),
    "503": (503, "<html>"),
    "no JSON": (200, "<html>"),
    "no list": (200, {"message": "what?"}),
    "429": (429, {"message": "slow down", "retry_after": 31.0, "global": False}),
}


@pytest.mark.parametrize("refusal", UNSYNCED)
async def test_commands_that_cannot_be_synced_keep_nobody_from_an_answer_and_are_synced_later(
    opened: OpenApp, refusal: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Faulty() as server:
        for scope in ("/1001/commands", f"/{GUILD}/commands"):
            server.refusals[scope].extend([UNSYNCED[refusal]] * 1000)  # until the bot has answered
        async with connecting(opened, server):
            await soon(server.identified.get())
            assert not server.commands
            await answered(server)
            assert not server.commands
            server.refusals.clear()
            if refusal != "429":  # that takes half a minute
                await until(lambda: "global" in server.commands)
    lines = told(caplog, "are not synced")
    assert len([line for line in lines if "the commands of all servers" in line]) == 1
    assert len([line for line in lines if f"the commands of server {GUILD}" in line]) == (refusal != "403")
    assert all("\n" not in line for line in lines)
    assert not with_traceback(caplog)


async def test_somebody_whose_channel_takes_no_reply_for_a_while_is_told_in_a_direct_message(opened: OpenApp) -> None:
    async with Faulty() as server, connecting(opened, server):
        await soon(server.identified.get())
        server.refusals[f"/{CHANNEL}/messages"].append((429, {"message": "slow down", "retry_after": 31.0}))
        await server.mention(MENTIONED)
        letter = await soon(server.letters.get())
        assert letter["content"].startswith("Discord limite en ce moment le nombre de mes messages")
        await answered(server)


@pytest.mark.slow
async def test_the_process_logs_a_line_for_each_fault_and_exits_with_the_status_of_the_refusal(
    tmp_path: Path,
) -> None:
    async with Faulty() as server:
        server.refusals["/users/@me"].append((503, "<html>"))
        server.refusals["/gateway"].append((503, ""))
        server.refusals["/1001/commands"].append((503, "<html>"))
        async with logging_process(server, tmp_path) as process:
            await asyncio.wait_for(server.identified.get(), START_SECONDS)
            await server.send_text("{")
            await server.complete("who", "fr", name="pet")
            await soon(server.callbacks.get())
            server.refusals["/callback"].append((404, {"code": 10062, "message": "Unknown interaction"}))
            await server.complete("who", "fr", name="pet")
            server.refusals["/callback"].append((400, {"code": 40060, "message": "already acknowledged"}))
            await server.command("ask", "fr", question=MENTIONED)
            await answered(server)
            server.refusals["/messages"].append((401, {"code": 0, "message": "401: Unauthorized"}))
            await server.mention(MENTIONED)
            _, logged = await soon(process.communicate())
        assert process.returncode == 4
        lines = logged.decode().splitlines()
        assert not [line for line in lines if "Traceback" in line or line.startswith(" ")]
        assert not [line for line in lines if "alembic" in line or "voice" in line]  # they are no news
        for part, times in LOGGED.items():
            assert len([line for line in lines if part in line]) == times, (part, lines)
        assert lines[-1].startswith("DISCORD_TOKEN: Discord no longer takes this token")
