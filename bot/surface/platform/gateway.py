"""Reads Discord's gateway: an event that cannot be read is logged in one line and passed over.

discord.py ends the program at the first such event, and offers no public way to read events differently. What is
overridden here is therefore internal to it, which is why `requirements.lock` pins it; `tests/wire` shows that it works.
"""

import json
import logging
from typing import Any

import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot.surface.platform.logs import one_line

log = logging.getLogger(__name__)

TOLD_AGAIN_SECONDS = 60.0  # between two lines about events of one kind that cannot be read


class Socket(DiscordWebSocket):
    """A connection to the gateway that survives what it cannot read."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._text: str | None = None  # the message being read, if it could be decompressed
        self._told: dict[str, float] = {}  # by kind of event: when it was last logged

    def log_receive(self, text: Any, /) -> None:
        """Keep the text of a message; discord.py calls this before it reads the text."""
        self._text = text

    async def received_message(self, msg: Any, /) -> None:
        """Read a message, or pass it over; raise ReconnectWebSocket if the connection is unusable without it."""
        self._text, before = None, self.sequence
        try:
            await super().received_message(msg)
        except (ReconnectWebSocket, discord.ConnectionClosed):
            raise
        except Exception as error:
            log.debug("an event of Discord's cannot be read", exc_info=error)
            kind = kind_passed_over(self._text)
            if kind is None:
                await self._give_up(error)
            else:
                self._tell(kind, error)
        finally:
            if not isinstance(self.sequence, int | None):  # Discord would refuse it with every heartbeat
                self.sequence = before

    async def _give_up(self, error: Exception) -> None:
        log.warning("a message of Discord's cannot be read, so the connection is made anew: %s", one_line(error))
        await self.close()
        is_resumable = self._text is None or content_of(self._text).get("t") != "READY"
        raise ReconnectWebSocket(self.shard_id, resume=is_resumable) from error

    def _tell(self, kind: str, error: Exception) -> None:
        now = self.loop.time()
        if now - self._told.get(kind, -TOLD_AGAIN_SECONDS) >= TOLD_AGAIN_SECONDS:
            self._told[kind] = now
            log.warning("%s of Discord's cannot be read and is passed over: %s", kind, one_line(error))


def kind_passed_over(text: str | None) -> str | None:
    """Return what to call a message that cannot be read; None if the connection is unusable without it.

    `text` is None if the message could not be decompressed: then what follows cannot be either.
    """
    if text is None:
        return None
    content = content_of(text)
    if not content:
        return "a message that is no JSON object"
    event = content.get("t")
    is_event = content.get("op") == DiscordWebSocket.DISPATCH and event != "READY"
    return f"an event {str(event)[:50]!r}" if is_event else None


def content_of(text: str) -> dict[str, Any]:
    """Return what a message contains; nothing if it is not a JSON object."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
