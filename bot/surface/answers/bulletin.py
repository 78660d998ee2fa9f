"""After a new version: correct the bot's own messages, and answer readers whose answer an editor has confirmed."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace
from functools import partial
from typing import Any

import discord

from bot import JournalUnreachableError
from bot.answering.amendments import Amendment
from bot.answering.context import Utterance
from bot.answering.corrections import Correction, corrections
from bot.answering.feedback import Waiting
from bot.answering.head import AsOf
from bot.answering.reply import Reply
from bot.answering.telling.amended import amendment
from bot.answering.telling.presenter import Presenter
from bot.surface.answers.suggestions import view_of
from bot.surface.platform import limits
from bot.surface.platform.attempts import new_nonce, persist
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.failures import is_passing
from bot.surface.platform.parts import Parts
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import permissions_in
from bot.surface.platform.sent_log import Destination
from bot.surface.platform.threads import in_open_thread

log = logging.getLogger(__name__)

ConfirmedFact = tuple[str, str]  # the story and the fact
Told = tuple[int, str | None, str | None]  # the user, the story and the fact

MAX_CORRECTIONS = 200  # in one bulletin: Discord bans bots that send too many failing requests
MAX_AMENDMENT_CHARACTERS = 700  # of what a message said before, or of the editors' note


class Bulletin:
    """Handles all outstanding corrections and answers, after each version and periodically (`Publishing.run`)."""

    def __init__(self, client: discord.Client, parts: Parts) -> None:
        self._client = client
        self._parts = parts
        self._issuing = asyncio.Lock()
        self._told: set[Told] = set()  # answered waits that are still stored

    async def issue(self) -> Counter[ConfirmedFact]:
        """Send all outstanding corrections and answers, if connected, and if the database can be reached.

        Return how many readers were told each confirmed fact.
        """
        if not self._client.is_ready():
            return Counter()
        try:
            async with self._parts.turns.turn("bulletin") as is_ours:  # other processes have the same to send
                return await self._issue() if is_ours else Counter()
        except JournalUnreachableError as error:
            log.warning("nothing is corrected, and nobody who waits is answered, until the next bulletin: %s", error)
            return Counter()

    async def _issue(self) -> Counter[ConfirmedFact]:
        sent: Counter[ConfirmedFact] = Counter()
        async with self._issuing:
            found = await corrections(self._parts.stories, self._parts.history)
            for correction in found[:MAX_CORRECTIONS]:
                await _attempt(self._correct(correction))
            for waiting in await self._parts.readers.feedback.waiting():
                if waiting.story and waiting.fact:
                    await _attempt(self._answer(waiting, (waiting.story, waiting.fact), sent))
            if self._told:
                stored = await self._parts.readers.feedback.waiting()
                self._told &= {(waiting.context.user, waiting.story, waiting.fact) for waiting in stored}
        for (story, fact), count in sent.items():
            log.info("readers who waited and were told the fact %s of %s: %d", fact, story, count)
        return sent

    async def _correct(self, correction: Correction) -> None:
        """Edit a message whose facts have changed, with a dated notice.

        A message that cannot be edited now, such as one in a locked thread, is tried again with the next bulletin.
        """
        message = correction.message
        arguments, facts = self._edit_of(correction)
        shown = self._client.get_partial_messageable(message.channel).get_partial_message(message.message)
        try:
            await in_open_thread(self._client, message.channel, lambda: shown.edit(**arguments))
        except discord.HTTPException as error:
            if not is_passing(error):
                raise
            log.info("message %s could not be corrected: %s", message.message, error)
            if error.code in limits.CLOSED_CODES:
                return  # discord.py does not know archived threads
            if error.code not in limits.PERMANENT_CODES and self._client.get_channel(message.channel):
                return  # it may be possible later
        await self._parts.sent.correct(message, correction.version, facts)

    def _edit_of(self, correction: Correction) -> tuple[dict[str, Any], list[str]]:
        """Return discord.py's arguments for an edit, and the ids of the facts that the message then shows."""
        story, fact = correction.story, correction.fact
        permitted = permissions_in(self._client.get_channel(correction.message.channel))
        first, *more = self._corrected(correction).messages(permitted)
        if more:  # an edit cannot add messages, and a fact must not be shown in part
            (first,) = Draft(self._notice(correction, "bulletin.listed")).messages(permitted)
        facts = [one.id for one in (fact, *story.beside(fact))] if story and fact and not more else []
        gone = {} if facts else {"attachments": (), "view": None}
        return {"content": None, "embeds": (), **first, **gone}, facts

    def _corrected(self, correction: Correction) -> Draft:
        """Return the corrected message: the fact as it is now, or only a notice if it is no longer shown."""
        notice = self._notice(correction, f"bulletin.{correction.what}", told=True)
        story, fact = correction.story, correction.fact
        if story is None or fact is None:
            return Draft(notice)
        renderer = self._parts.renderer(correction.message.locale)
        sides = Presenter(story, correction.message.locale, self._parts.catalogue).with_replies(fact)
        title = self._parts.stories.named(story.story.id, correction.message.locale)
        return Draft(notice, (renderer.answer(sides, AsOf.of(story, self._parts.clock.now(), title)),))

    def _notice(self, correction: Correction, key: str, *, told: bool = False) -> str:
        """Return the dated notice; if `told`, with what the message said before and what the editors say about it."""
        day = discord.utils.format_dt(self._parts.clock.now(), "D")
        notice = self._parts.renderer(correction.message.locale).text(key, date=day)
        lines = self._amended(correction) if told else []
        clipped = (limits.clip(line, MAX_AMENDMENT_CHARACTERS) for line in lines)
        return limits.join_lines([notice, *clipped], limits.MESSAGE)

    def _amended(self, correction: Correction) -> list[str]:
        """Return what was wrong in the message; a list does not show the facts as they are now, so this does."""
        message = correction.message
        renderer = self._parts.renderer(message.locale)
        amendments = [amendment(change, message.locale, self._parts.catalogue) for change in correction.changes]
        return [line for one in amendments for line in _told(one, renderer, is_list=message.is_list)]

    async def _answer(self, waiting: Waiting, confirmed: ConfirmedFact, sent: Counter[ConfirmedFact]) -> None:
        """Send a user the fact that an editor confirmed as their answer, once, if it is shown; delete their waits."""
        parts = self._parts
        context = replace(waiting.context, at=parts.clock.now())
        utterance = Utterance.of(context, waiting.question, "later", context.locale)
        key = waiting.context.user, *confirmed
        reply = None if key in self._told else await parts.assistant.answer_known(utterance, *confirmed)
        if reply:
            sent[confirmed] += await self._send_answer(waiting, reply)
            self._told.add(key)
        if key in self._told:
            await parts.readers.feedback.stop_waiting(waiting)

    async def _send_answer(self, waiting: Waiting, reply: Reply) -> bool:
        """Send an answer by direct message and return True; give up if the user does not accept direct messages."""
        parts = self._parts
        renderer = parts.renderer(waiting.context.locale)
        question = limits.clip(escaped(waiting.question), limits.MESSAGE // 2)
        heading = renderer.text("bulletin.letter", question=question)
        try:
            with parts.sent.delivering(reply.exchange):
                asker = waiting.context.user
                user = self._client.get_user(asker) or await self._client.fetch_user(asker)
                view = view_of(reply, asker, parts.renderer(reply.locale))
                letter = partial(user.send, heading, embeds=renderer.reply(reply), view=view, nonce=new_nonce())
                sent = await persist(letter)
            parts.sent.add_reply(reply, Destination(sent.channel.id, waiting.context.user), [sent.id])
            return True
        except discord.HTTPException as error:
            if not is_passing(error) or error.status == limits.TOO_MANY_REQUESTS:
                raise
            log.info("a user who waited for an answer could not be sent it: %s", error)
            return False


def _told(amendment: Amendment, renderer: Renderer, *, is_list: bool) -> list[str]:
    """Return how a fact changed; what was withdrawn is not repeated where it was shown as a fact."""
    return renderer.amendment(amendment) if is_list and amendment.after else renderer.earlier(amendment)


async def _attempt(work: Awaitable[None]) -> None:
    """Await one part of a bulletin; log any failure, so that the other parts are still sent.

    Without the database, none is sent: it would be sent again with the next bulletin.
    """
    try:
        await work
    except JournalUnreachableError:
        raise
    except Exception:
        log.exception("a part of the bulletin failed; it is tried again with the next one")
