"""After a new version: correct the bot's own messages, and tell those who wait for an answer."""

import asyncio
import logging

import discord

from bot.answering.changes import Correction, fingerprint
from bot.answering.freshness import as_of
from bot.answering.records import Waiting
from bot.answering.values import Utterance
from bot.answering.views import Views
from bot.surface.failures import is_passing
from bot.surface.sending import Draft
from bot.surface.services import Services
from bot.surface.suggestions import view_of

log = logging.getLogger(__name__)


class Bulletin:
    """Goes through what the last days left open, each time that the stories change."""

    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._services = services
        self._issuing = asyncio.Lock()

    async def run(self) -> None:
        """Issue the bulletin after each change of the stories, until cancelled."""
        seen = self._services.library.current
        while True:
            seen = await self._services.library.changed(seen)
            try:
                await self.issue()
            except Exception:  # the next version must find somebody who watches
                log.exception("the bulletin failed")

    async def issue(self) -> None:
        """Keep what changed, and tell it where it matters; without a connection, only keep it."""
        async with self._issuing:
            await self._services.chronicle.record()
            if not self._client.is_ready():
                return
            for correction in await self._services.chronicle.corrections():
                await self._correct(correction)
            for waiting in await self._services.feedback.waiting():
                await self._answer(waiting)

    async def _correct(self, correction: Correction) -> None:
        """Edit a message that showed what no longer holds; it says so with the date."""
        message, services = correction.message, self._services
        draft = self._corrected(correction)
        try:
            channel = self._client.get_partial_messageable(message.channel)
            shown = channel.get_partial_message(message.message)
            if draft.embeds:
                await shown.edit(content=draft.text, embeds=draft.embeds)
            else:
                await shown.edit(content=draft.text, embeds=(), view=None)
        except discord.HTTPException as error:
            if not is_passing(error):
                raise
            log.info("message %s could not be corrected: %s", message.message, error)
        thread = [] if correction.fact is None else [correction.fact, *correction.edition.story.beside(correction.fact)]
        now = {fact.id: fingerprint(fact) for fact in thread}
        await services.history.show_again(message.message, now)

    def _corrected(self, correction: Correction) -> Draft:
        """Draw a message as it must be now: the fact as it is, or that there is none any more."""
        services, story, fact = self._services, correction.edition.story, correction.fact
        renderer, now = services.renderer(correction.message.locale), services.clock.now()
        day = discord.utils.format_dt(now, "D")
        if fact is None:
            return Draft(renderer.say("bulletin.withdrawn", date=day))
        thread = Views(story, renderer.locale, services.catalogue).thread(fact)
        embed = renderer.answer(thread, as_of(story, now))
        return Draft(renderer.say("bulletin.corrected", date=day), (embed,))

    async def _answer(self, waiting: Waiting) -> None:
        """Write to somebody whose question is answered now, once, and forget that they waited."""
        services = self._services
        utterance = Utterance(
            text=waiting.question,
            locale=waiting.locale,
            author=waiting.user,
            channel=waiting.channel,
            guild=waiting.guild,
            surface="later",
            at=services.clock.now(),
            reply_in=waiting.locale,
            parent=waiting.parent,
        )
        reply = await services.assistant.answer_known(utterance)
        if reply is None or not await services.feedback.stop_waiting(waiting.user, waiting.question):
            return
        renderer = services.renderer(waiting.locale)
        heading = renderer.say("bulletin.answered", question=discord.utils.escape_markdown(waiting.question))
        try:
            user = self._client.get_user(waiting.user) or await self._client.fetch_user(waiting.user)
            await user.send(heading, embed=renderer.reply(reply), view=view_of(reply, waiting.user, services))
        except discord.HTTPException as error:
            if not is_passing(error):
                raise
            log.info("somebody who waited for an answer cannot be written to: %s", error)
