"""Answer questions: by `/ask`, and in chat (a mention, a reply to one of our messages, a direct message)."""

import asyncio
import logging
from bisect import bisect_left
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from functools import partial

import discord
from cachetools import LRUCache
from discord import app_commands
from discord.ext import commands

from bot.answering.assistant import Assistant
from bot.answering.context import Context, Surface, Utterance
from bot.answering.ports import Clock
from bot.answering.telling.catalogue import Catalogue
from bot.answering.workload import BusyError
from bot.surface.answers.addressed import Copies, is_chat, is_copy, mentions_role_of, surface_of
from bot.surface.answers.replies import answer_interaction, answer_message
from bot.surface.platform import limits
from bot.surface.platform.cooldowns import BUSY_RATE, QUESTION_RATE, Cooldowns, cooldown_message
from bot.surface.platform.failures import failure_sentence, is_passing, tell_rate_limit
from bot.surface.platform.locales import Locales
from bot.surface.platform.logs import one_line
from bot.surface.platform.parts import SPOKEN, admit, renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, send_reply
from bot.surface.platform.sent_log import SentLog
from bot.surface.platform.threads import in_open_thread
from bot.surface.platform.underway import Underway
from bot.surface.platform.utterance import context_of, strip_markup, utterance_of

log = logging.getLogger(__name__)

RECALL_TIMEOUT_SECONDS = 0.5  # for looking up the answer that a question replies to
MAX_TRACKED_QUESTIONS = 5_000  # whose replies are edited and deleted with them
COPY_GRACE_SECONDS = 1.0  # for a webhook to post a deleted question again
REPLIED_WITHIN = 60_000 << 22  # in Discord's ids, whose upper bits are milliseconds
UNKNOWN_TEXT = "\0"  # of a question from before the bot's start: no message's text, not even a hidden one
MAX_SEARCHED_MESSAGES = 20  # searched for the reply to a question from before the bot's start


@dataclass(eq=False)
class Question:
    """A message that was taken for a question, and the replies to it."""

    text: str
    is_direct: bool = False
    replies: list[discord.Message] = field(default_factory=list)
    is_deleted: bool = False
    answering: asyncio.Lock = field(default_factory=asyncio.Lock)


class AnswersCog(commands.Cog):
    """Answers `/ask` and chat messages to the bot; a reply is edited and deleted with its question."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        assistant: Assistant,
        sent: SentLog,
        cooldowns: Cooldowns,
        catalogue: Catalogue,
        clock: Clock,
        underway: Underway,
        locales: Locales,
    ) -> None:
        self._bot = bot
        self._locales = locales
        self._underway = underway
        self._assistant = assistant
        self._sent = sent
        self._cooldowns = cooldowns
        self._catalogue = catalogue
        self._clock = clock
        self._since = clock.now()
        self._questions: LRUCache[int, Question] = LRUCache(MAX_TRACKED_QUESTIONS)
        self._copies = Copies()

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Apply the cooldown, told in the language of the question."""
        asked = strip_markup(str(getattr(interaction.namespace, "question", "")))
        interaction.extras[SPOKEN] = partial(self._assistant.language, context_of(interaction), asked)
        self._underway.begin(interaction, partial(renderer_of, interaction))
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
        """Answer a message to the bot, once, even if Discord delivers it again."""
        if is_copy(message):
            self._copies.add(message)
        elif message.id not in self._questions:
            await self._attend(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a question again that was edited, in the same message; and one whose mention was forgotten.

        Discord also reports an edit when it adds the preview of a link.
        """
        message = payload.message
        if message.edited_at is None:
            return
        known = self._questions.get(message.id) or await self._old_question(message)
        if known is None:
            if surface_of(message, self._bot.user):
                await self._attend(message)
        elif known.text != message.content:
            async with known.answering:
                await self._redraw(message, known)

    async def _attend(self, message: discord.Message) -> None:
        """Answer a message if it addresses the bot; only a role's mention may come without the words."""
        me = self._bot.user
        surface = surface_of(message, me)
        is_wordless = is_chat(message) and not message.content and mentions_role_of(message, me)
        if surface is None and not is_wordless:
            return
        question = self._questions[message.id] = Question(message.content, is_direct=message.guild is None)
        async with question.answering:
            question.replies = await (self._answer(message, surface) if surface else self._ask_to_mention(message))
        if question.is_deleted:
            await self._delete(question.replies)

    async def _redraw(self, message: discord.Message, question: Question) -> None:
        """Replace the reply to an edited question; delete it if the message is no longer for the bot."""
        question.text = message.content
        surface, old = surface_of(message, self._bot.user), question.replies
        if surface and not question.is_deleted:
            self._assistant.take_back(self._utterance(message, surface).context)
            question.replies = await self._answer(message, surface, tuple(old))
        elif old:
            question.replies = []
            await self._delete_all(old)

    async def _ask_to_mention(self, message: discord.Message) -> list[discord.Message]:
        """Say whom to mention: without the privileged intent, Discord hides the words of a message to a role."""
        refusal = self._cooldowns.count(message.author.id, QUESTION_RATE)
        if refusal or self._bot.user is None:
            return []
        sentence = self._renderer(message).text("chat.role", bot=self._bot.user.mention)
        try:
            return [await send_reply(message, content=sentence)]
        except discord.HTTPException as error:
            log.info("a message in channel %s could not be answered: %s", message.channel.id, error)
            return []

    async def _answer(
        self, message: discord.Message, surface: Surface, old: tuple[discord.Message, ...] = ()
    ) -> list[discord.Message]:
        """Answer a message, in place of the old replies if it was edited; return the replies that it has then."""
        try:
            self._underway.begin(message, partial(self._renderer, message))
            refusal = self._cooldowns.count(message.author.id, QUESTION_RATE)
            utterance = self._utterance(message, surface)
            if refusal:
                notice = cooldown_message(refusal, self._renderer(message))
                return [*old, await send_reply(message, content=notice)] if refusal.is_first_notice else [*old]
            if message.reference and message.reference.message_id:
                await self._recall(utterance.context, message.reference.message_id)
            reply = await self._assistant.ask(utterance)
            in_language = Renderer.of(self._catalogue, reply.locale)
            return await answer_message(message, reply, self._bot, self._sent, in_language, old)
        except BusyError as error:
            if self._cooldowns.count(message.author.id, BUSY_RATE):
                return [*old]
            return [*old, *await self._failed(message, error, self._renderer(message))]
        except Exception as error:  # noqa: BLE001 - discord.py would only log it, and the user would see nothing
            if isinstance(error, discord.RateLimited):
                await tell_rate_limit(message, error, self._renderer(message))
                return [*old]
            if is_passing(error) or _is_unanswerable(error):
                log.warning("a message in channel %s could not be answered: %s", message.channel.id, error)
                return [*old]
            return [*old, *await self._failed(message, error, self._renderer(message))]

    def _utterance(self, message: discord.Message, surface: Surface) -> Utterance:
        return utterance_of(message, surface, self._clock, self._locales)

    def _renderer(self, message: discord.Message) -> Renderer:
        """Return the renderer in the language of a message, else in its author's, else in its server's."""
        utterance = self._utterance(message, "mention")
        return Renderer.of(self._catalogue, self._assistant.language(utterance.context, utterance.text))

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
        except Exception as untold:  # noqa: BLE001 - nobody could be told of that one either
            log.warning("the user could not be notified of a failure: %s", one_line(untold))
            return []

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Delete the reply to a deleted question."""
        await self._delete_replies({payload.message_id}, payload.channel_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the replies to questions that a moderator deletes in bulk."""
        await self._delete_replies(payload.message_ids, payload.channel_id)

    async def _delete_replies(self, deleted: Set[int], channel_id: int) -> None:
        for message in deleted:
            self._sent.forget(message)  # the deleted message may be one of the bot's answers
        known = {one: self._questions[one] for one in deleted if one in self._questions}
        if known and not all(question.is_direct for question in known.values()):
            await asyncio.sleep(COPY_GRACE_SECONDS)
        for number, question in known.items():
            await asyncio.sleep(0)  # others are answered between the hundred messages of a bulk deletion
            copy = self._copies.of(number, question.text, channel_id)
            if copy is not None:
                self._questions[copy] = question  # the replies stay with the copy of the question, and go with it
                continue
            question.is_deleted = True
            replies, question.replies = question.replies, []
            await self._delete_all(replies)
        channel = self._bot.get_channel(channel_id)
        if isinstance(channel, discord.abc.Messageable):
            for number in await self._old_questions(deleted - known.keys(), channel_id):
                await asyncio.sleep(0)
                await self._delete_all(await self._find_reply(number, channel))

    async def _old_questions(self, messages: Iterable[int], channel: int) -> list[int]:
        """Return which messages from before the bot's start may be questions: the journal knows an answer after them.

        Most messages of a channel are not, and each search for a reply costs a request.
        """
        old = sorted(one for one in messages if discord.utils.snowflake_time(one) < self._since)
        if not old:
            return []
        try:
            shown = await self._sent.shown_between(channel, old[0], old[-1] + REPLIED_WITHIN)
        except Exception as error:  # noqa: BLE001 - the answers to other questions do not depend on it
            log.warning("the replies to old questions could not be looked up: %r", error)
            return []
        after = ((one, bisect_left(shown, one)) for one in old)
        return [one for one, at in after if at < len(shown) and shown[at] <= one + REPLIED_WITHIN]

    async def _old_question(self, message: discord.Message) -> Question | None:
        """Return a message that may be a question from before the bot's start, with its reply; None if it is none."""
        if not await self._old_questions([message.id], message.channel.id):
            return None
        replies = await self._find_reply(message.id, message.channel)
        found = Question(UNKNOWN_TEXT if replies else message.content, message.guild is None, replies)
        return self._questions.setdefault(message.id, found)

    async def _find_reply(self, question: int, channel: discord.abc.Messageable) -> list[discord.Message]:
        """Return the reply to a question, searching the messages after it."""
        try:
            async for message in channel.history(limit=MAX_SEARCHED_MESSAGES, after=discord.Object(question)):
                reference = message.reference
                if message.author == self._bot.user and reference and reference.message_id == question:
                    return [message]
        except discord.HTTPException as error:
            log.info("the reply to an old question could not be searched for: %s", error)
        return []

    async def _delete_all(self, replies: list[discord.Message]) -> None:
        for reply in replies:
            self._sent.forget(reply.id)
        await self._delete(replies)

    async def _delete(self, replies: list[discord.Message]) -> None:
        for reply in replies:
            try:
                await in_open_thread(self._bot, reply.channel.id, reply.delete)
            except discord.HTTPException as error:
                log.info("a reply could not be deleted: %s", error)


def _is_unanswerable(error: Exception) -> bool:
    """Return whether Discord rejected a reply because the question is gone: its message_reference is then invalid."""
    return isinstance(error, discord.HTTPException) and (
        error.code == limits.INVALID_FORM_BODY and "message_reference" in error.text
    )
