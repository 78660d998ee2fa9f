"""Requests whose response may be lost: Discord carries each of them out once, however often it is sent."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from secrets import randbits
from types import SimpleNamespace
from typing import TypeVar

import aiohttp
import discord

from bot import OnRecordError
from bot.surface.platform.limits import ALREADY_ACKNOWLEDGED

RESPONSE_SECONDS = 10.0  # how long a request waits for its response, which then counts as lost
PAUSES_SECONDS = (0.5, 2.0)  # before the request is sent again
REFUSED = 300  # the lowest HTTP status of a response that does not say "done"
ACKNOWLEDGED = "acknowledged"  # key in an interaction's extras: Discord has a first response, unknown to discord.py

LOST = (aiohttp.ClientError, OSError, discord.DiscordServerError)  # raised if there is no response, or a broken one

Result = TypeVar("Result")


class ResponseLostError(OnRecordError):
    """Discord may have carried out a request, but did not say so, however often the request was sent."""


@dataclass(eq=False)
class Delivery:
    """How far the present request of a task has come."""

    is_under_way: bool = False
    is_reply: bool = False  # whether it sends the reply, and does not only defer it
    is_taken: bool = False  # whether Discord took the reply
    limit: asyncio.Timeout | None = None  # of the attempt that is made


_current: ContextVar[Delivery | None] = ContextVar("delivery", default=None)


def begin_delivery() -> Delivery:
    """Follow the requests of this task from now on."""
    delivery = Delivery()
    _current.set(delivery)
    return delivery


def current_delivery() -> Delivery | None:
    """Return how far the request of this task has come, if it is followed."""
    return _current.get()


def traced(trace: aiohttp.TraceConfig) -> aiohttp.TraceConfig:
    """Have a trace follow each request; discord.py itself returns only once its rate limit allows the next."""

    async def note_start(_session: aiohttp.ClientSession, _context: SimpleNamespace, _params: object) -> None:
        delivery = _current.get()
        if delivery:
            delivery.is_under_way = True
            _limit(delivery, asyncio.get_running_loop().time() + RESPONSE_SECONDS)

    async def note_end(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        _end(is_taken=params.response.status < REFUSED)

    async def note_failure(_session: aiohttp.ClientSession, _context: SimpleNamespace, _params: object) -> None:
        _end(is_taken=False)

    trace.on_request_start.append(note_start)
    trace.on_request_end.append(note_end)
    trace.on_request_exception.append(note_failure)
    return trace


def _end(*, is_taken: bool) -> None:
    delivery = _current.get()
    if delivery:
        delivery.is_under_way, delivery.is_taken = False, is_taken and delivery.is_reply
        _limit(delivery, None)


def _limit(delivery: Delivery, when: float | None) -> None:
    if delivery.limit and not delivery.limit.expired():
        delivery.limit.reschedule(when)


async def persist(send: Callable[[], Awaitable[Result]], *, again: bool = True) -> Result:
    """Send a request that may be sent again without being carried out again; raise ResponseLostError in the end."""
    for pause in PAUSES_SECONDS if again else ():
        try:
            return await _attempt(send)
        except LOST:
            await asyncio.sleep(pause)
    try:
        return await _attempt(send)
    except LOST as error:
        raise ResponseLostError(f"Discord did not say whether it took a request: {error!r}") from error


async def _attempt(send: Callable[[], Awaitable[Result]]) -> Result:
    """Send a request; raise TimeoutError if its response takes too long, however long it waited to be sent."""
    delivery = _current.get() or begin_delivery()
    try:
        async with asyncio.timeout(None) as delivery.limit:
            return await send()
    finally:
        delivery.limit = None


def new_nonce() -> str:
    """Return a nonce for a message: Discord makes no second one with it for some minutes, but returns the first.

    discord.py sets `enforce_nonce`; https://discord.com/developers/docs/resources/message#create-message.
    """
    return str(randbits(63))


async def send_once(send: Callable[[], Awaitable[Result]]) -> Result:
    """Send a request that must not be sent again; raise ResponseLostError if its response is lost."""
    return await persist(send, again=False)


async def acknowledge(
    interaction: discord.Interaction, send: Callable[[], Awaitable[Result]], *, again: bool = True
) -> Result | None:
    """Send the first response to an interaction; return None if Discord has it already and only its answer was lost."""
    try:
        return await persist(send, again=again)
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
        interaction.extras[ACKNOWLEDGED] = True
        return None


def is_acknowledged(interaction: discord.Interaction) -> bool:
    """Return whether Discord has the first response to an interaction, so that others are followups."""
    return interaction.response.is_done() or ACKNOWLEDGED in interaction.extras
