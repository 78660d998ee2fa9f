"""Stands in for Discord over real sockets: the REST calls and the gateway events that the bot needs, and no more.

It shows nothing of Discord's own validation or rate limits; https://discord.com/developers/docs describes the payloads.
"""

import asyncio
import json
from itertools import count
from types import TracebackType
from typing import Any, Self

from aiohttp import web

Payload = dict[str, Any]

BOT, GUILD, CHANNEL, MEMBER = "1001", "2001", "3001", "4001"
DISPATCH, HEARTBEAT, IDENTIFY, HELLO, HEARTBEAT_ACK = 0, 1, 2, 10, 11  # gateway opcodes
COMMAND, COMPLETION = 2, 4  # types of interactions
JOINED = "2024-03-01T12:00:00+00:00"
PERMISSIONS = str(1 << 10 | 1 << 11 | 1 << 14 | 1 << 16)  # see the channel, send, embed links, read the history


class StandIn:
    """One server with one text channel and one member; keeps what the bot sends, in queues that a test awaits."""

    def __init__(self) -> None:
        self.identified: asyncio.Queue[Payload] = asyncio.Queue()  # the IDENTIFY of each connection that became ready
        self.replies: asyncio.Queue[Payload] = asyncio.Queue()
        self.deleted: asyncio.Queue[str] = asyncio.Queue()  # ids of messages
        self.callbacks: asyncio.Queue[Payload] = asyncio.Queue()  # answers to interactions
        self.followups: asyncio.Queue[Payload] = asyncio.Queue()  # what follows them, or takes the place of a deferral
        self.commands: dict[str, list[Payload]] = {}  # by server's id; "global" for those of every server
        self.syncs = 0
        self._ids = count(5001)
        self._sequence = count(1)
        self._socket = web.WebSocketResponse()
        self._address = ""
        self._runner = web.AppRunner(self._application())

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._address = f"{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def api(self) -> str:
        """The base of the REST calls, for ONRECORD_DISCORD_API."""
        return f"http://{self._address}/api/v10"

    @property
    def gateway(self) -> str:
        """The address of the events, for ONRECORD_DISCORD_GATEWAY."""
        return f"ws://{self._address}/gateway"

    async def mention(self, words: str) -> str:
        """Have the member say words to the bot; return the message's id."""
        message = self._message(MEMBER, {"content": f"<@{BOT}> {words}", "mentions": [_user(BOT)]})
        await self._dispatch("MESSAGE_CREATE", {**message, "guild_id": GUILD, "member": _membership()})
        return str(message["id"])

    async def delete(self, message: str) -> None:
        """Have the member take a message away."""
        await self._dispatch("MESSAGE_DELETE", {"id": message, "channel_id": CHANNEL, "guild_id": GUILD})

    async def command(self, name: str, locale: str, /, **options: str) -> None:
        """Have the member send a slash command."""
        await self._interact(COMMAND, name, locale, [_option(*option) for option in options.items()])

    async def complete(self, name: str, locale: str, /, **typed: str) -> None:
        """Have the member type in an option of a slash command."""
        options = [{**_option(*option), "focused": True} for option in typed.items()]
        await self._interact(COMPLETION, name, locale, options)

    async def _interact(self, kind: int, name: str, locale: str, options: list[Payload]) -> None:
        await self._dispatch("INTERACTION_CREATE", self._interaction(kind, name, locale, options))

    def _interaction(
        self, kind: int, name: str, locale: str, options: list[Payload], member: str = MEMBER, channel: str = CHANNEL
    ) -> Payload:
        return {
            "id": self._id(),
            "token": f"token-{self._id()}",
            "version": 1,
            "type": kind,
            "application_id": BOT,
            "guild_id": GUILD,
            "channel_id": channel,
            "channel": {**_channel(), "id": channel},
            "member": {**_membership(), "user": _user(member), "permissions": PERMISSIONS},
            "attachment_size_limit": 10_485_760,
            "locale": locale,
            "app_permissions": PERMISSIONS,
            "data": {"id": self._id(), "name": name, "type": 1, "options": options},
        }

    async def _dispatch(self, event: str, data: Payload, socket: web.WebSocketResponse | None = None) -> None:
        """Send an event, on the connection that was made last if none is named."""
        await (socket or self._socket).send_json({"op": DISPATCH, "t": event, "s": next(self._sequence), "d": data})

    def _id(self) -> str:
        return str(next(self._ids))

    def _message(self, author: str, said: Payload) -> Payload:
        drawn = {"content": "", "embeds": [], "attachments": [], "components": [], "mentions": []}
        sent = {"id": self._id(), "channel_id": CHANNEL, "author": _user(author), "type": 0}
        return {**drawn, **said, **sent, "timestamp": JOINED, "edited_timestamp": None}

    def _application(self) -> web.Application:
        application, api = web.Application(), "/api/v10"
        followup = f"{api}/webhooks/{BOT}/{{token}}"
        application.add_routes(
            [
                web.get("/gateway", self._serve_gateway),
                web.get(f"{api}/users/@me", self._show_user),
                web.get(f"{api}/oauth2/applications/@me", self._show_application),
                web.put(f"{api}/applications/{BOT}/commands", self._sync),
                web.put(f"{api}/applications/{BOT}/guilds/{{guild}}/commands", self._sync),
                web.post(f"{api}/channels/{CHANNEL}/messages", self._post),
                web.delete(f"{api}/channels/{CHANNEL}/messages/{{message}}", self._delete),
                web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._call_back),
                web.post(followup, self._follow_up),
                web.patch(f"{followup}/messages/@original", self._edit_original),
                web.get(f"{followup}/messages/@original", self._show_original),
                web.delete(f"{followup}/messages/@original", self._delete_original),
            ]
        )
        return application

    async def _serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        async for frame in socket:
            received = frame.json()
            if received["op"] == HEARTBEAT:
                await socket.send_json({"op": HEARTBEAT_ACK})
            else:
                await self._take(socket, received)
        return socket

    async def _take(self, socket: web.WebSocketResponse, received: Payload) -> None:
        """Act on what the bot says, other than that it lives."""
        if received["op"] == IDENTIFY:
            await self._welcome(socket, received["d"]["shard"])
            self.identified.put_nowait(received["d"])

    async def _welcome(self, socket: web.WebSocketResponse, shard: list[int]) -> None:
        await self._dispatch("READY", {**self._ready(), "shard": shard}, socket)
        await self._dispatch("GUILD_CREATE", _guild(), socket)

    def _ready(self) -> Payload:
        return {
            "user": _user(BOT),
            "guilds": [{"id": GUILD, "unavailable": True}],
            "session_id": "a-session",
            "resume_gateway_url": self.gateway,
            "application": {"id": BOT, "flags": 0},
        }

    async def _show_user(self, _request: web.Request) -> web.Response:
        return _json(_user(BOT))

    async def _show_application(self, _request: web.Request) -> web.Response:
        told = {"id": BOT, "name": "onrecord", "description": "", "icon": None, "owner": _user(MEMBER)}
        return _json({**told, "verify_key": "", "bot_public": True, "bot_require_code_grant": False})

    async def _sync(self, request: web.Request) -> web.Response:
        synced = [
            {"description": "", **command, "id": self._id(), "application_id": BOT} for command in await request.json()
        ]
        self.commands[request.match_info.get("guild", "global")] = synced
        self.syncs += 1
        return _json(synced)

    async def _post(self, request: web.Request) -> web.Response:
        message = self._message(BOT, await request.json())
        self.replies.put_nowait(message)
        return _json(message)

    async def _delete(self, request: web.Request) -> web.Response:
        self.deleted.put_nowait(request.match_info["message"])
        return web.Response(status=204)

    async def _call_back(self, request: web.Request) -> web.Response:
        self.callbacks.put_nowait(await request.json())
        interaction = {"id": request.match_info["id"], "type": COMMAND, "response_message_id": self._id()}
        return _json({"interaction": interaction})

    async def _follow_up(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.followups.put_nowait(body)
        return _json(self._message(BOT, body))

    async def _edit_original(self, request: web.Request) -> web.Response:
        return await self._follow_up(request)

    async def _show_original(self, _request: web.Request) -> web.Response:
        return _json(self._message(BOT, {}))

    async def _delete_original(self, _request: web.Request) -> web.Response:
        return web.Response(status=204)


def _json(body: Any) -> web.Response:
    """Answer with a content type that has no charset: discord.py leaves any other as text."""
    return web.Response(body=json.dumps(body).encode(), content_type="application/json")


def _user(identity: str) -> Payload:
    name = "onrecord" if identity == BOT else "marie"
    return {"id": identity, "username": name, "discriminator": "0", "avatar": None, "bot": identity == BOT}


def _membership() -> Payload:
    return {"roles": [], "joined_at": JOINED, "flags": 0}


def _option(name: str, value: str) -> Payload:
    return {"type": 3, "name": name, "value": value}


def _channel() -> Payload:
    return {"id": CHANNEL, "type": 0, "name": "actualités", "position": 0}


def _guild() -> Payload:
    return {
        "id": GUILD,
        "name": "Une rédaction",
        "owner_id": MEMBER,
        "preferred_locale": "fr",
        "roles": [{"id": GUILD, "name": "@everyone", "permissions": PERMISSIONS}],
        "channels": [_channel()],
        "members": [{**_membership(), "user": _user(identity)} for identity in (BOT, MEMBER)],
    }
