"""Answer in chat: a mention, a reply to one of our messages, a direct message."""

import logging
from collections import OrderedDict

import discord
from discord.ext import commands

from bot.answering.text import reply_text
from bot.answering.values import Surface
from bot.surface import limits
from bot.surface.services import Services
from bot.surface.suggestions import view_of
from bot.surface.utterance import of_message

log = logging.getLogger(__name__)

REMEMBERED = 5_000  # replies that go when their question is deleted
LOOKED_AT = 20  # messages after a question from before the start, to find its reply among


class ChatCog(commands.Cog):
    """Listens to messages that are meant for the bot, and to their deletion."""

    def __init__(self, bot: commands.Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
        self._since = services.clock.now()
        self._replies: OrderedDict[int, discord.Message] = OrderedDict()
        self._pending: set[int] = set()  # questions whose reply is on its way

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
                self._remember(message.id, sent)
        finally:
            self._pending.discard(message.id)

    async def _answer(self, message: discord.Message, surface: Surface) -> discord.Message | None:
        services = self._services
        reply = await services.assistant.ask(of_message(message, surface, services.clock))
        view = view_of(reply, message.author.id, services) or discord.utils.MISSING
        try:
            if _may_embed(message):
                embed = services.renderer(reply.locale).reply(reply)
                return await message.reply(embed=embed, view=view, mention_author=False)
            text = limits.whole_lines(reply_text(reply, services.catalogue).splitlines(), limits.MESSAGE)
            return await message.reply(text, view=view, mention_author=False)
        except discord.Forbidden:
            log.warning("no permission to answer in channel %s", message.channel.id)
        except discord.HTTPException as error:
            if not _is_gone(error):
                raise
        return None

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

    def _remember(self, question: int, reply: discord.Message) -> None:
        self._replies[question] = reply
        if len(self._replies) > REMEMBERED:
            self._replies.popitem(last=False)

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
        reply = self._replies.pop(question, None)
        if reply is None and discord.utils.snowflake_time(question) < self._since:
            reply = await self._found(question, channel_id)
        if reply is not None:
            await _delete(reply)

    async def _found(self, question: int, channel_id: int) -> discord.Message | None:
        """Look for the reply to a question from before the start, among the messages that came after it."""
        channel = self._bot.get_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            return None
        try:
            async for message in channel.history(limit=LOOKED_AT, after=discord.Object(question)):
                reference = message.reference
                if message.author == self._bot.user and reference and reference.message_id == question:
                    return message
        except discord.HTTPException as error:
            log.info("the reply to a deleted question could not be looked for: %s", error)
        return None


async def _delete(reply: discord.Message) -> None:
    try:
        await reply.delete()
    except discord.HTTPException as error:
        log.info("a reply could not be deleted: %s", error)


def _is_gone(error: discord.HTTPException) -> bool:
    """Tell whether Discord refused a reply because its question is no longer there.

    It says so as an unknown message, or as an invalid form of which the reference is the invalid part.
    """
    return error.code == 10008 or (error.code == 50035 and "message_reference" in error.text)


_SPOKEN = {discord.MessageType.default, discord.MessageType.reply}


def _may_embed(message: discord.Message) -> bool:
    channel = message.channel
    if message.guild is None or isinstance(
        channel, discord.DMChannel | discord.GroupChannel | discord.PartialMessageable
    ):
        return True
    return channel.permissions_for(message.guild.me).embed_links
