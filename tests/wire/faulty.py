"""A stand-in for Discord that refuses requests, sends what nobody can read, and closes connections."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.wire.stand_in import (
    BOT,
    IDENTIFY,
    MEMBER,
    Payload,
    StandIn,
    _json,
    _user,
)

RESUME = 6
LETTERS = "3901"  # the channel of the direct messages to the member
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Refusal = tuple[int, Payload | str]  # the status, and the body


class Faulty(StandIn):
    """Answers each request with what is queued for the end of its path, if anything is."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals: defaultdict[str, deque[Refusal]] = defaultdict(deque)  # by the end of the path; "" for others
        self.resumed: asyncio.Queue[Payload] = asyncio.Queue()  # the RESUME of each connection
        self.letters: asyncio.Queue[Payload] = asyncio.Queue()  # direct messages to the member
        self.close_with: int | None = None  # instead of READY
        self.fewest_shards = 1
        self.connections = 0

    def _application(self) -> web.Application:
        application = super()._application()
        application.middlewares.append(self._refuse)
        application.router.add_get("/api/v10/gateway/bot", self._show_shards)
        application.router.add_post("/api/v10/users/@me/channels", self._open_letters)
        application.router.add_post(f"/api/v10/channels/{LETTERS}/messages", self._post_letter)
        return application

    @web.middleware
    async def _refuse(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        for end, queued in self.refusals.items():
            if queued and request.path.endswith(end):
                status, body = queued.popleft()
                if isinstance(body, str):
                    return web.Response(status=status, text=body)
                answer = _json(body)
                answer.set_status(status)
                answer.headers["Via"] = "1.1 test"  # discord.py takes a 429 without it for a ban
                return answer
        return await handler(request)

    async def _serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        self.connections += 1
        return await super()._serve_gateway(request)

    async def _take(self, socket: web.WebSocketResponse, received: Payload) -> None:
        if self.close_with:
            await socket.close(code=self.close_with)
        elif received["op"] == IDENTIFY and received["d"]["shard"][1] < self.fewest_shards:
            await socket.close(code=4011)
        elif received["op"] == RESUME:
            await self._dispatch("RESUMED", {}, socket)
            self.resumed.put_nowait(received["d"])
        else:
            await super()._take(socket, received)

    async def _show_shards(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return _json({"url": self.gateway, "shards": self.fewest_shards, "session_start_limit": limit})

    async def _open_letters(self, _request: web.Request) -> web.Response:
        return _json({"id": LETTERS, "type": 1, "recipients": [_user(MEMBER)]})

    async def _post_letter(self, request: web.Request) -> web.Response:
        message = {**self._message(BOT, await request.json()), "channel_id": LETTERS}
        self.letters.put_nowait(message)
        return _json(message)

    async def send_text(self, text: str) -> None:
        """Send a frame of text as it is."""
        await self._socket.send_str(text)

    async def send_bytes(self, data: bytes) -> None:
        """Send a frame of bytes as they are."""
        await self._socket.send_bytes(data)

    async def close(self, code: int) -> None:
        """Close the present connection."""
        await self._socket.close(code=code)

    async def drop(self) -> None:
        """Cut the present connection without a word."""
        transport = self._socket._req.transport if self._socket._req else None
        assert transport is not None
        transport.abort()
