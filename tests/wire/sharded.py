"""A stand-in for Discord with a server for each shard, whose events go to that shard's connection alone."""

import asyncio

from aiohttp import web

from tests.wire.stand_in import (
    BOT,
    MEMBER,
    Payload,
    StandIn,
    _channel,
    _guild,
    _json,
    _membership,
    _user,
)

SHARD_BITS = 22  # https://discord.com/developers/docs/events/gateway#sharding


class Sharded(StandIn):
    """Divides its servers into shards; server and channel of shard 3 have the ids `guild(3)` and `channel(3)`."""

    def __init__(self) -> None:
        super().__init__()
        self._sockets: dict[int, web.WebSocketResponse] = {}
        self.sent: asyncio.Queue[tuple[str, Payload]] = asyncio.Queue()  # channel and message of each reply

    def _application(self) -> web.Application:
        application = super()._application()
        application.router.add_post("/api/v10/channels/{channel}/messages", self._post_in)
        return application

    async def ask(self, shard: int, words: str) -> None:
        """Have the member of a shard's server say words to the bot."""
        said = {"content": f"<@{BOT}> {words}", "mentions": [_user(BOT)]}
        message = {**self._message(MEMBER, said), "channel_id": channel(shard), "guild_id": guild(shard)}
        await self._dispatch("MESSAGE_CREATE", {**message, "member": _membership()}, self._sockets[shard])

    async def _welcome(self, socket: web.WebSocketResponse, shard: list[int]) -> None:
        own, _ = shard
        self._sockets[own] = socket
        server = {"id": guild(own), "unavailable": True}
        await self._dispatch("READY", {**self._ready(), "guilds": [server], "shard": shard}, socket)
        roles = [{**role, "id": guild(own)} for role in _guild()["roles"]]
        channels = [{**_channel(), "id": channel(own)}]
        server = {**_guild(), "id": guild(own), "roles": roles, "channels": channels}
        await self._dispatch("GUILD_CREATE", server, socket)

    async def _post_in(self, request: web.Request) -> web.Response:
        place = request.match_info["channel"]
        message = {**self._message(BOT, await request.json()), "channel_id": place}
        self.sent.put_nowait((place, message))
        return _json(message)


def guild(shard: int) -> str:
    """Return the id of a shard's server."""
    return str(shard << SHARD_BITS | 1)


def channel(shard: int) -> str:
    """Return the id of the channel in a shard's server."""
    return str(shard << SHARD_BITS | 2)
