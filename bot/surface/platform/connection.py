"""Keeps the bot connected to Discord: whatever ends a connection, another is made, with growing pauses.

discord.py's own loop ends the program if the first connection fails, pauses by chance, and logs a traceback each time.
"""

import asyncio
import logging
from contextlib import nullcontext
from itertools import count
from typing import Any

import discord
from discord.ext import commands
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot import RefusedError
from bot.surface.platform.gateway import Socket
from bot.surface.platform.limits import UNAUTHORIZED
from bot.surface.platform.logs import one_line
from bot.surface.platform.pauses import pause_before
from bot.surface.platform.refusals import SENTENCES, SHARDS_NEEDED, TOKEN_REFUSED, login_refusal, refusal_of

log = logging.getLogger(__name__)

CONNECT_SECONDS = 60.0
LASTING_SECONDS = 60.0  # a connection that lasted as long was a good one
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
LONGEST_AFTER_RESUME = 2.0  # Discord takes the bot back, and resuming costs it none of its 1,000 logins a day
TRIES_OF_SESSION = 3  # then a new session begins, or another gateway is tried


async def log_in(client: discord.Client, token: str) -> None:
    """Log in, trying again until Discord answers; raise RefusedError if it does not take the token."""
    for attempt in count():
        try:
            await client.login(token)
        except Exception as error:
            if isinstance(error, discord.LoginFailure) or getattr(error, "status", None) == UNAUTHORIZED:
                raise login_refusal() from error
            if client.application is not None:  # logged in: the error is one of ours
                raise
            if attempt == 0:
                _tell_away(one_line(error))
        else:
            return
        await _end_session(client)
        await asyncio.sleep(pause_before(attempt, FIRST_PAUSE, LONGEST_PAUSE))


async def _end_session(client: discord.Client) -> None:
    """Close what a failed login has opened: discord.py does not, and cannot use its connector a second time."""
    await client.http.close()
    client.http.connector = discord.utils.MISSING


def _tell_away(reason: str) -> None:
    sentence = "Discord cannot be reached (%s); trying again with growing pauses, of %d seconds at most"
    log.warning(sentence, reason, LONGEST_PAUSE)


class Connection:
    """Connects a shard of a client, and connects it again, until it is closed."""

    def __init__(self, client: commands.AutoShardedBot, shard: int, identifying: asyncio.Lock, *, first: bool) -> None:
        self.shard = shard
        self.socket: DiscordWebSocket | None = None  # the present connection, or the last one
        self._client = client
        self._identifying = identifying  # Discord takes a new session every five seconds, which discord.py waits
        self._parameters: dict[str, Any] = {"initial": first, "shard_id": shard}
        self._resumed: bool | None = None  # how Discord took the present connection: as a new one, or an old one
        self._refused = 0  # attempts in a row that did not get as far as Discord's greeting
        self._unsettled = 0  # those of them that had connected
        self._short = 0  # connections since one that lasted, which got as far and ended soon after
        self._is_told = False
        client.add_listener(self._note_ready, "on_shard_connect")
        client.add_listener(self._note_resumed, "on_shard_resumed")

    def forget(self) -> None:
        """Listen no longer: there will be other connections."""
        self._client.remove_listener(self._note_ready, "on_shard_connect")
        self._client.remove_listener(self._note_resumed, "on_shard_resumed")

    async def stay(self) -> None:
        """Stay connected until the client is closed; raise RefusedError if Discord refuses the bot for good."""
        loop = asyncio.get_running_loop()
        while not self._client.is_closed():
            began, self._resumed = loop.time(), None
            socket, error = await self._live()
            self._client.dispatch("disconnect")
            await asyncio.sleep(0)  # until the last events are noted
            self._note_end(socket, error)
            if self._client.is_closed():
                return
            self._tell(socket, error)
            await asyncio.sleep(self._pause(loop.time() - began))

    async def _live(self) -> tuple[DiscordWebSocket | None, Exception]:
        """Connect, and read until the connection ends; return the connection, if one was made, and why it ended."""
        socket: DiscordWebSocket | None = None
        try:
            async with nullcontext() if self._parameters.get("resume") else self._identifying:
                made = Socket.from_client(self._client, **self._parameters)
                socket = self.socket = await asyncio.wait_for(made, CONNECT_SECONDS)
            while True:
                await socket.poll_event()
        except discord.ConnectionClosed as error:
            if error.code in SENTENCES:
                raise refusal_of(error.code) from error
            return socket, error
        except Exception as error:  # noqa: BLE001 - nothing that arrives may end the process
            return socket, error

    def _note_end(self, socket: DiscordWebSocket | None, error: Exception) -> None:
        """Have the next connection go on where this one ended, unless that has failed too often."""
        if socket is None:  # it was not made; perhaps another gateway can be reached
            if self._refused >= TRIES_OF_SESSION:
                self._parameters.pop("gateway", None)
            return
        self._unsettled = self._unsettled + 1 if self._resumed is None else 0
        is_over = isinstance(error, ReconnectWebSocket) and not error.resume
        self._parameters = {"initial": False, "shard_id": socket.shard_id}
        if socket.session_id and not is_over and self._unsettled < TRIES_OF_SESSION:
            session = {"session": socket.session_id, "sequence": socket.sequence, "gateway": socket.gateway}
            self._parameters |= {"resume": True, **session}

    def _pause(self, lasted: float) -> float:
        """Count a connection that lasted some seconds, and return how many to wait: none if it was a good one."""
        if self._resumed is None:
            self._refused += 1
            return pause_before(self._refused - 1, FIRST_PAUSE, LONGEST_PAUSE)
        self._refused = 0
        self._short = 1 if lasted >= LASTING_SECONDS else self._short + 1
        if self._short == 1:
            return 0.0
        longest = LONGEST_AFTER_RESUME if self._resumed else LONGEST_PAUSE
        return pause_before(self._short - 2, FIRST_PAUSE / 2, longest)

    def _tell(self, socket: DiscordWebSocket | None, error: Exception) -> None:
        """Log once that Discord is away; a connection that ends is nothing special, if the next one succeeds."""
        if self._resumed is not None:
            log.info("the connection to Discord ended; connecting again")
        elif not self._is_told:
            self._is_told = True
            is_closed = isinstance(error, ReconnectWebSocket)
            code = socket.socket.close_code if socket else None
            _tell_away(f"it closes the connection, code {code}" if is_closed else one_line(error))

    async def _note_ready(self, shard: int) -> None:
        if shard == self.shard:
            self._settle(resumed=False)

    async def _note_resumed(self, shard: int) -> None:
        if shard == self.shard:
            self._settle(resumed=True)

    def _settle(self, *, resumed: bool) -> None:
        self._resumed = resumed
        if self._is_told:
            self._is_told = False
            log.info("connected to Discord again, after %d attempts in vain", self._refused)


class Connections:
    """The connections of a client, one for each of its shards."""

    def __init__(self, client: commands.AutoShardedBot, token_refused: asyncio.Event, count: int | None) -> None:
        self._client = client
        self._token_refused = token_refused
        self._count = count  # in the settings
        self._present: list[Connection] = []

    @property
    def latency(self) -> float:
        """The seconds from a heartbeat to Discord's answer, of the slowest shard; not a number before the first one."""
        return max((one.socket.latency for one in self._present if one.socket), default=float("nan"))

    async def stay(self) -> None:
        """Stay connected until the client is closed; raise RefusedError if Discord refuses the bot for good.

        Without a count in the settings there is one shard, or as many as Discord asks for, once it says that one is
        too few.
        """
        number = self._count or 1
        for attempt in count():
            try:
                await self._stay_sharded(number)
            except RefusedError as error:
                if error.status != SHARDS_NEEDED % 100 or self._count:
                    raise
                number = await _wanted_shards(self._client)
                log.warning("the bot is in so many servers that Discord asks for %d shards; connecting anew", number)
                if attempt:  # it asked for too few
                    await asyncio.sleep(pause_before(attempt - 1, FIRST_PAUSE, LONGEST_PAUSE))
            else:
                return

    async def close(self) -> None:
        """Close the present connections."""
        sockets = [one.socket for one in self._present if one.socket and one.socket.open]
        await asyncio.gather(*(socket.close(code=1000) for socket in sockets), return_exceptions=True)

    async def _stay_sharded(self, number: int) -> None:
        shards = self._client.shard_ids or range(number)
        # discord.py knows these from its own loop, and offers no other way to tell them.
        self._client.shard_count = self._client._connection.shard_count = number
        self._client._connection.shard_ids = list(shards)
        identifying = asyncio.Lock()
        self._present = [Connection(self._client, one, identifying, first=one == shards[0]) for one in shards]
        staying = [asyncio.create_task(connection.stay()) for connection in self._present]
        refused = asyncio.create_task(self._token_refused.wait())
        try:
            done, _ = await asyncio.wait([*staying, refused], return_when=asyncio.FIRST_COMPLETED)
            if refused in done:
                raise refusal_of(TOKEN_REFUSED)
            for task in done:
                await task
        finally:
            for task in (*staying, refused):
                task.cancel()
            await asyncio.gather(*staying, refused, return_exceptions=True)
            for connection in self._present:
                connection.forget()


async def _wanted_shards(client: discord.Client) -> int:
    """Return how many shards Discord asks for, trying again until it says so."""
    for attempt in count():
        try:
            shards, _, _ = await client.http.get_bot_gateway()
        except Exception as error:  # noqa: BLE001 - it is tried again
            if attempt == 0:
                _tell_away(one_line(error))
        else:
            return shards
        await asyncio.sleep(pause_before(attempt, FIRST_PAUSE, LONGEST_PAUSE))
    raise AssertionError
