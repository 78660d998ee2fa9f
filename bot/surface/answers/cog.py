"""Answer a question: by `/ask`, and in chat by a mention, a reply to one of our messages, a direct message."""

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
from bot.surface.answers.replies import answer_interaction, answer_message, speak
from bot.surface.platform import limits
from bot.surface.platform.cooldowns import QUESTION_RATE, Cooldowns, cooldown_message
from bot.surface.platform.failures import is_passing, reference_of
from bot.surface.platform.parts import admit
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow
from bot.surface.platform.sent_log import SentLog
from bot.surface.platform.utterance import context_of, strip_markup, utterance_of

log = logging.getLogger(__name__)

RECALLED_WITHIN = 0.5  # seconds that a question waits for what it replies to
REMEMBERED = 5_000  # replies that go when their question is deleted
LOOKED_AT = 20  # messages after a question from before the start, to find its reply among


class AnswersCog(commands.Cog):
    """Answers questions; listens to messages that are meant for the bot, and to their deletion."""

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
        self._replies: LRUCache[int, list[discord.Message]] = LRUCache(REMEMBERED)
        self._pending: set[int] = set()  # questions whose reply is on its way

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Let everybody ask, but not too often."""
        return await admit(interaction, QUESTION_RATE)

    @app_commands.command(description="Ask a question about the story")
    @app_commands.describe(question="Your question, in your own words")
    async def ask(self, interaction: discord.Interaction, question: str) -> None:
        """Answer a question put by the command."""
        utterance = Utterance.of(context_of(interaction), strip_markup(question), "ask")
        reply = await defer_if_slow(interaction, self._assistant.ask(utterance))
        await answer_interaction(interaction, reply, self._sent, Renderer.of(self._catalogue, reply.locale))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot and whose words are delivered."""
        surface = self._surface(message)
        if surface is None:
            return
        self._pending.add(message.id)
        try:
            sent = await self._answer(message, surface)
            if sent and message.id not in self._pending:
                await _delete(sent)  # the question went while the reply was on its way
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
                return [await speak(message, content=notice)] if refusal.is_first_notice else []
            utterance = utterance_of(message, surface, self._clock)
            if message.reference and message.reference.message_id:
                await self._recall(utterance.context, message.reference.message_id)
            reply = await self._assistant.ask(utterance)
            told_in = Renderer.of(self._catalogue, reply.locale)
            return await answer_message(message, reply, self._bot, self._sent, told_in)
        except Exception as error:  # noqa: BLE001 - the last stop before discord.py, which would show the user nothing
            if is_passing(error) or _is_unanswerable(error):
                log.warning("a message in channel %s could not be answered: %s", message.channel.id, error)
                return []
            return await self._failed(message, error, renderer)

    async def _recall(self, context: Context, message: int) -> None:
        """Let a question go on from the answer that it replies to."""
        try:
            shown = await asyncio.wait_for(self._sent.shown_by(message), RECALLED_WITHIN)
        except Exception as error:  # noqa: BLE001 - an answer does not depend on the journal
            log.warning("the answer that a question replies to could not be looked up: %r", error)
            return
        if shown and not shown.is_list:
            self._assistant.recall(context, shown.story, shown.facts[0])

    @staticmethod
    async def _failed(message: discord.Message, error: Exception, renderer: Renderer) -> list[discord.Message]:
        """Tell an unexpected error by the reference that finds it in the log."""
        reference = reference_of(error)
        try:
            return [await speak(message, content=renderer.text("failure", reference=reference))]
        except discord.HTTPException:
            log.warning("failure %s could not be told to the user", reference)
            return []

    def _surface(self, message: discord.Message) -> Surface | None:
        """Tell how a message reaches the bot; None where it is not for the bot or carries no words."""
        me = self._bot.user
        if message.author.bot or me is None or not message.content or message.type not in _SPOKEN:
            return None
        if message.guild is None:
            return "direct"
        if me not in message.mentions:
            return None
        original = message.reference.resolved if message.reference else None
        return "reply" if isinstance(original, discord.Message) and original.author == me else "mention"

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Take the reply away when its question is deleted."""
        await self._take_away(payload.message_id, payload.channel_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Take the replies away when a moderator deletes many messages at once."""
        for question in payload.message_ids:
            await self._take_away(question, payload.channel_id)

    async def _take_away(self, question: int, channel_id: int) -> None:
        self._pending.discard(question)
        self._sent.forget(question)  # it may have been an answer of the bot's
        replies = self._replies.pop(question, [])
        if not replies and discord.utils.snowflake_time(question) < self._since:
            replies = await self._found(question, channel_id)
        for reply in replies:
            self._sent.forget(reply.id)
        await _delete(replies)

    async def _found(self, question: int, channel_id: int) -> list[discord.Message]:
        """Look for the reply to a question from before the start, among the messages that came after it."""
        channel = self._bot.get_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            return []
        try:
            async for message in channel.history(limit=LOOKED_AT, after=discord.Object(question)):
                reference = message.reference
                if message.author == self._bot.user and reference and reference.message_id == question:
                    return [message]
        except discord.HTTPException as error:
            log.info("the reply to a deleted question could not be looked for: %s", error)
        return []


async def _delete(replies: list[discord.Message]) -> None:
    for reply in replies:
        try:
            await reply.delete()
        except discord.HTTPException as error:
            log.info("a reply could not be deleted: %s", error)


def _is_unanswerable(error: Exception) -> bool:
    """Tell whether Discord refused a reply because its question is gone: the reference is then the invalid part."""
    return isinstance(error, discord.HTTPException) and (
        error.code == limits.INVALID_FORM_BODY and "message_reference" in error.text
    )


_SPOKEN = {discord.MessageType.default, discord.MessageType.reply}
