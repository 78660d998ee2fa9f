"""Answer questions: by `/ask`, and in chat (a mention, a reply to one of our messages, a direct message)."""

import asyncio
import logging

import discord
from cachetools import LRUCache
from discord import app_commands
from discord.ext import commands

from bot.answering.assistant import Assistant
from bot.answering.context import Context, Surface, Utterance
from bot.answering.ports import Clock
from bot.answering.telling.catalogue import Catalogue
from bot.surface.answers.replies import answer_interaction, answer_message, send_reply
from bot.surface.platform import limits
from bot.surface.platform.cooldowns import QUESTION_RATE, Cooldowns, cooldown_message
from bot.surface.platform.failures import failure_sentence, is_passing
from bot.surface.platform.parts import admit
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow
from bot.surface.platform.sent_log import SentLog
from bot.surface.platform.utterance import context_of, strip_markup, utterance_of

log = logging.getLogger(__name__)

RECALL_TIMEOUT_SECONDS = 0.5  # for looking up the answer that a question replies to
MAX_TRACKED_REPLIES = 5_000  # a tracked reply is deleted with its question
MAX_SEARCHED_MESSAGES = 20  # searched for the reply to a deleted question from before the bot's start


class AnswersCog(commands.Cog):
    """Answers `/ask` and chat messages to the bot, and deletes a reply when its question is deleted."""

    def __init__(
        self,
        bot: commands.Bot,
        assistant: Assistant,
        sent: SentLog,
        cooldowns: Cooldowns,
        catalogue: Catalogue,
        clock: Clock,
    ) -> None:
        self._bot = bot
        self._assistant = assistant
        self._sent = sent
        self._cooldowns = cooldowns
        self._catalogue = catalogue
        self._clock = clock
        self._since = clock.now()
        self._replies: LRUCache[int, list[discord.Message]] = LRUCache(MAX_TRACKED_REPLIES)
        self._pending: set[int] = set()  # questions that are being answered

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Apply the cooldown."""
        return await admit(interaction, QUESTION_RATE)

    @app_commands.command(description="Ask a question about the story")
    @app_commands.describe(question="Your question, in your own words")
    async def ask(self, interaction: discord.Interaction, question: str) -> None:
        """Answer a question."""
        utterance = Utterance.of(context_of(interaction), strip_markup(question), "ask")
        reply = await defer_if_slow(interaction, self._assistant.ask(utterance))
        await answer_interaction(interaction, reply, self._sent, Renderer.of(self._catalogue, reply.locale))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message to the bot."""
        surface = self._surface(message)
        if surface is None:
            return
        self._pending.add(message.id)
        try:
            sent = await self._answer(message, surface)
            if sent and message.id not in self._pending:
                await _delete(sent)  # the question was deleted while it was being answered
            elif sent:
                self._replies[message.id] = sent
        finally:
            self._pending.discard(message.id)

    async def _answer(self, message: discord.Message, surface: Surface) -> list[discord.Message]:
        renderer = Renderer.of(self._catalogue, str(message.guild.preferred_locale) if message.guild else "")
        try:
            refusal = self._cooldowns.count(message.author.id, QUESTION_RATE)
            if refusal:
                notice = cooldown_message(refusal, renderer)
                return [await send_reply(message, content=notice)] if refusal.is_first_notice else []
            utterance = utterance_of(message, surface, self._clock)
            if message.reference and message.reference.message_id:
                await self._recall(utterance.context, message.reference.message_id)
            reply = await self._assistant.ask(utterance)
            in_language = Renderer.of(self._catalogue, reply.locale)
            return await answer_message(message, reply, self._bot, self._sent, in_language)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it, and the user would see nothing
            if is_passing(error) or _is_unanswerable(error):
                log.warning("a message in channel %s could not be answered: %s", message.channel.id, error)
                return []
            return await self._failed(message, error, renderer)

    async def _recall(self, context: Context, message: int) -> None:
        """Make a question that replies to an answer a follow-up to it."""
        try:
            shown = await asyncio.wait_for(self._sent.shown_by(message), RECALL_TIMEOUT_SECONDS)
        except Exception as error:  # noqa: BLE001 - answering must not depend on the journal
            log.warning("the answer that a question replies to could not be looked up: %r", error)
            return
        if shown and not shown.is_list:
            self._assistant.recall(context, shown.story, shown.facts[0])

    @staticmethod
    async def _failed(message: discord.Message, error: Exception, renderer: Renderer) -> list[discord.Message]:
        """Tell the user of a failure."""
        sentence = failure_sentence(error, renderer)
        try:
            return [await send_reply(message, content=sentence)]
        except discord.HTTPException:
            log.warning("the user could not be notified of a failure")
            return []

    def _surface(self, message: discord.Message) -> Surface | None:
        """Return how a message addresses the bot; None if it does not, or has no text."""
        me = self._bot.user
        if message.author.bot or me is None or not message.content or message.type not in _CHAT_MESSAGE_TYPES:
            return None
        if message.guild is None:
            return "direct"
        if me not in message.mentions:
            return None
        original = message.reference.resolved if message.reference else None
        return "reply" if isinstance(original, discord.Message) and original.author == me else "mention"

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Delete the reply to a deleted question."""
        await self._delete_replies(payload.message_id, payload.channel_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the replies to questions that a moderator deletes in bulk."""
        for question in payload.message_ids:
            await self._delete_replies(question, payload.channel_id)

    async def _delete_replies(self, question: int, channel_id: int) -> None:
        self._pending.discard(question)
        self._sent.forget(question)  # the deleted message may be one of the bot's answers
        replies = self._replies.pop(question, [])
        if not replies and discord.utils.snowflake_time(question) < self._since:
            replies = await self._find_reply(question, channel_id)
        for reply in replies:
            self._sent.forget(reply.id)
        await _delete(replies)

    async def _find_reply(self, question: int, channel_id: int) -> list[discord.Message]:
        """Return the reply to a question from before the bot's start, searching the messages after it."""
        channel = self._bot.get_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            return []
        try:
            async for message in channel.history(limit=MAX_SEARCHED_MESSAGES, after=discord.Object(question)):
                reference = message.reference
                if message.author == self._bot.user and reference and reference.message_id == question:
                    return [message]
        except discord.HTTPException as error:
            log.info("the reply to a deleted question could not be searched for: %s", error)
        return []


async def _delete(replies: list[discord.Message]) -> None:
    for reply in replies:
        try:
            await reply.delete()
        except discord.HTTPException as error:
            log.info("a reply could not be deleted: %s", error)


def _is_unanswerable(error: Exception) -> bool:
    """Return whether Discord rejected a reply because the question is gone: its message_reference is then invalid."""
    return isinstance(error, discord.HTTPException) and (
        error.code == limits.INVALID_FORM_BODY and "message_reference" in error.text
    )


_CHAT_MESSAGE_TYPES = {discord.MessageType.default, discord.MessageType.reply}
