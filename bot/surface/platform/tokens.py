"""Notices that Discord no longer takes the bot's token, whichever request is refused."""

import asyncio
from types import SimpleNamespace

import aiohttp

from bot.surface.platform.limits import UNAUTHORIZED

OWN_TOKEN = {"webhooks", "interactions"}  # parts of the addresses that have a token of their own, which expires


def refusals_noted(refused: asyncio.Event) -> aiohttp.TraceConfig:
    """Return a trace of requests that sets an event once one is refused for the bot's token."""

    async def note(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        if end.response.status == UNAUTHORIZED and OWN_TOKEN.isdisjoint(end.url.parts):
            refused.set()

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(note)
    return trace
