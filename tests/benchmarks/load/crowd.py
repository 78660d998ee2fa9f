"""A stand-in for Discord with many members in many channels, which notes when each question was sent and answered."""

import asyncio
from dataclasses import dataclass, field
from time import perf_counter

from aiohttp import web

from tests.wire.stand_in import (
    BOT,
    COMMAND,
    GUILD,
    Payload,
    StandIn,
    _channel,
    _guild,
    _json,
    _membership,
    _option,
    _user,
)

FIRST_CHANNEL, FIRST_MEMBER = 600_000_000, 700_000_000  # ids


@dataclass
class Asked:
    """A question or a command: when it was sent, and when its first reply arrived and what it said."""

    sent: float
    replied: float | None = None
    reply: Payload = field(default_factory=dict)


class Crowd(StandIn):
    """One server with many channels, where anybody may ask."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.asked: dict[str, Asked] = {}  # by the id of the message or the interaction
        self.is_answered = asyncio.Event()  # set with each reply
        self._channels = channels

    async def ask(self, member: int, channel: int, words: str) -> Asked:
        """Have a member, by number, say words to the bot in a channel, by number."""
        author = str(FIRST_MEMBER + member)
        said = {"content": f"<@{BOT}> {words}", "mentions": [_user(BOT)]}
        message = {**self._message(author, said), "channel_id": str(FIRST_CHANNEL + channel), "guild_id": GUILD}
        asked = self.asked[message["id"]] = Asked(perf_counter())
        await self._dispatch("MESSAGE_CREATE", {**message, "member": _membership()})
        return asked

    async def send_command(self, member: int, channel: int, name: str, /, **options: str) -> Asked:
        """Have a member, by number, send a slash command in a channel, by number."""
        given = [_option(*option) for option in options.items()]
        place = str(FIRST_MEMBER + member), str(FIRST_CHANNEL + channel)
        sent = self._interaction(COMMAND, name, "fr", given, *place)
        asked = self.asked[sent["id"]] = Asked(perf_counter())
        await self._dispatch("INTERACTION_CREATE", sent)
        return asked

    def _application(self) -> web.Application:
        application = super()._application()
        application.router.add_post("/api/v10/channels/{channel}/messages", self._post_in)
        return application

    async def _welcome(self, socket: web.WebSocketResponse, shard: list[int]) -> None:
        channels = [{**_channel(), "id": str(FIRST_CHANNEL + number)} for number in range(self._channels)]
        await self._dispatch("READY", {**self._ready(), "shard": shard}, socket)
        await self._dispatch("GUILD_CREATE", {**_guild(), "channels": channels}, socket)

    async def _post_in(self, request: web.Request) -> web.Response:
        said = await request.json()
        self._note(str(said["message_reference"]["message_id"]), said)
        return _json({**self._message(BOT, said), "channel_id": request.match_info["channel"]})

    async def _call_back(self, request: web.Request) -> web.Response:
        self._note(request.match_info["id"], await request.json())
        return await super()._call_back(request)

    def _note(self, number: str, said: Payload) -> None:
        asked = self.asked.get(number)
        if asked and asked.replied is None:
            asked.replied, asked.reply = perf_counter(), said
        self.is_answered.set()
