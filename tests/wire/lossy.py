"""A Discord that carries requests out and loses its responses, and one that takes few messages at a time."""

import asyncio
import json
import time
from collections import Counter

from aiohttp import web

from tests.wire.stand_in import BOT, Payload, StandIn, _json

RATE, PERIOD_SECONDS = 5, 5.0  # messages of a channel


class LossyStandIn(StandIn):
    """Carries out each message and each callback once, and loses the first response to it as `loss` says."""

    def __init__(self) -> None:
        super().__init__()
        self.loss = ""  # "cut", "held" or an HTTP status
        self.edits: asyncio.Queue[Payload] = asyncio.Queue()  # of the first response to an interaction
        self.requests: Counter[str] = Counter()  # by path
        self.last_event: tuple[str, Payload] = ("", {})
        self._made: dict[str, Payload] = {}  # messages by nonce
        self._acknowledged: dict[str, Payload] = {}  # interactions by id

    async def again(self) -> None:
        """Deliver the last event again, as after a resume."""
        await self._dispatch(*self.last_event)

    async def _dispatch(self, event: str, data: Payload, socket: web.WebSocketResponse | None = None) -> None:
        self.last_event = event, data
        await super()._dispatch(event, data, socket)

    async def _post(self, request: web.Request) -> web.Response:
        body = await request.json()
        made = self._made.get(body["nonce"]) if body.get("enforce_nonce") else None
        if made:
            return _json(made)
        made = self._made[body["nonce"]] = self._message(BOT, body)
        self.replies.put_nowait(made)
        return await self._lost(request) or _json(made)

    async def _call_back(self, request: web.Request) -> web.Response:
        number = request.match_info["id"]
        if number in self._acknowledged:
            return _error(400, 40060)
        self._acknowledged[number] = await request.json()
        response = await super()._call_back(request)
        return await self._lost(request) or response

    async def _edit_original(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.edits.put_nowait(body)
        return await self._lost(request) or _json(self._message(BOT, body))

    async def _lost(self, request: web.Request) -> web.Response | None:
        """Lose the response to a request that was carried out; those after it are not lost."""
        loss, self.loss = self.loss, ""
        if not loss:
            return None
        if loss == "held":
            await asyncio.sleep(60)
        if loss == "cut":
            assert request.transport is not None
            request.transport.abort()
        return _error(int(loss) if loss.isdigit() else 503, 0)


class BusyStandIn(StandIn):
    """Takes five messages in five seconds, as Discord does in a channel, and says so in its headers."""

    def __init__(self) -> None:
        super().__init__()
        self._times: list[float] = []

    async def _post(self, request: web.Request) -> web.Response:
        now = time.monotonic()
        recent = [at for at in self._times if at > now - PERIOD_SECONDS]
        self._times = [*recent, now]
        until = self._times[0] + PERIOD_SECONDS - now
        headers = {"X-RateLimit-Limit": str(RATE), "X-RateLimit-Reset-After": f"{until:.3f}", "X-RateLimit-Bucket": "b"}
        if len(recent) >= RATE:
            body = json.dumps({"message": "slow down", "retry_after": until, "global": False}).encode()
            told = {**headers, "X-RateLimit-Remaining": "0", "Via": "1.1 google"}
            return web.Response(status=429, body=body, headers=told, content_type="application/json")
        response = await super()._post(request)
        response.headers.update({**headers, "X-RateLimit-Remaining": str(RATE - len(self._times))})
        return response


def _error(status: int, code: int) -> web.Response:
    body = json.dumps({"message": "as the test wants it", "code": code}).encode()
    return web.Response(status=status, body=body, content_type="application/json")
