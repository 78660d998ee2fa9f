"""Tell reporters, by one direct message each, what became of the mistakes that they reported."""

import asyncio
import logging
from datetime import timedelta
from functools import partial

import discord

from bot import JournalUnreachableError
from bot.answering.feedback import AwaitedReport
from bot.answering.telling.catalogue import language_of
from bot.answering.telling.reported import letter_lines
from bot.surface.platform import limits
from bot.surface.platform.attempts import persist
from bot.surface.platform.escaping import escaped, escaped_line
from bot.surface.platform.failures import SENDING_ERRORS, may_pass
from bot.surface.platform.parts import Parts
from bot.surface.platform.typography import unbroken

log = logging.getLogger(__name__)

MAX_WRONG_CHARACTERS = 300
GIVE_UP_AFTER = timedelta(days=1)  # of failures that may pass, such as an outage of Discord


class OutcomeLetters:
    """Sends all outstanding letters: after each settlement, and every minute for what the desk in a browser settled."""

    def __init__(self, client: discord.Client, parts: Parts) -> None:
        self._client = client
        self._parts = parts
        self._sending = asyncio.Lock()
        self._sent: set[int] = set()  # numbers of reports whose reporter was told, if the database failed just then

    async def send(self) -> None:
        """Send all outstanding letters, if connected; a letter that fails is tried again the next time, for a day."""
        if not self._client.is_ready():
            return
        try:
            async with self._sending:
                for awaited in await self._parts.readers.feedback.awaited():
                    await self._attempt(awaited)
        except JournalUnreachableError as error:
            log.info("no reporter is told what became of a report until later: %s", error)

    async def _attempt(self, awaited: AwaitedReport) -> None:
        """Send a letter; log any failure, so that the others are still sent."""
        try:
            await self._send(awaited)
        except JournalUnreachableError:
            raise
        except Exception:
            log.exception("a reporter could not be told about report %d", awaited.report.number)

    async def _send(self, awaited: AwaitedReport) -> None:
        number = awaited.report.number
        if number not in self._sent and not await self._is_done(awaited):
            return
        self._sent.add(number)
        await self._parts.readers.feedback.stop_awaiting(number)
        self._sent.discard(number)

    async def _is_done(self, awaited: AwaitedReport) -> bool:
        """Send a letter; return whether it was sent, or need not be tried again."""
        wrong = escaped_line(awaited.report.mistake.wrong)
        mistake, stories = awaited.report.mistake, self._parts.stories
        story = stories.named(mistake.shown.story, language_of(mistake.locale or "")) if mistake.shown else None
        wrong, title = limits.clip(wrong, MAX_WRONG_CHARACTERS), escaped(story) if story else None
        lines = letter_lines(awaited, wrong, self._parts.catalogue, title)
        try:
            user = self._client.get_user(awaited.user) or await self._client.fetch_user(awaited.user)
            await persist(partial(user.send, unbroken("\n".join(lines)), nonce=f"report-{awaited.report.number}"))
        except SENDING_ERRORS as error:
            log.info("the reporter of report %d could not be told: %s", awaited.report.number, error)
            is_old = self._parts.clock.now() - awaited.settlement.at > GIVE_UP_AFTER
            return is_old or not may_pass(error)
        return True
