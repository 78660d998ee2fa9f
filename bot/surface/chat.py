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


class ChatCog(commands.Cog):
    """Listens to messages that are meant for the bot, and to their deletion."""

    def __init__(self, bot: commands.Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
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
        title = services.title(reply.locale)
        view = view_of(reply, message.author.id, services) or discord.utils.MISSING
        try:
            if _may_embed(message):
                embed = services.renderer(reply.locale).reply(reply, title)
                return await message.reply(embed=embed, view=view, mention_author=False)
            text = limits.whole_lines(reply_text(reply, title, services.catalogue).splitlines(), limits.MESSAGE)
            return await message.reply(text, view=view, mention_author=False)
        except discord.Forbidden:
            log.warning("no permission to answer in channel %s", message.channel.id)
        except discord.HTTPException as error:
            if error.code not in _QUESTION_GONE:
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
        self._pending.discard(payload.message_id)
        reply = self._replies.pop(payload.message_id, None)
        if reply is not None:
            await _delete(reply)


async def _delete(reply: discord.Message) -> None:
    try:
        await reply.delete()
    except discord.HTTPException as error:
        log.info("a reply could not be deleted: %s", error)


# Unknown message, or an invalid form: what Discord answers to a reply whose message is no longer there.
_QUESTION_GONE = {10008, 50035}
_SPOKEN = {discord.MessageType.default, discord.MessageType.reply}


def _may_embed(message: discord.Message) -> bool:
    channel = message.channel
    if message.guild is None or isinstance(
        channel, discord.DMChannel | discord.GroupChannel | discord.PartialMessageable
    ):
        return True
    return channel.permissions_for(message.guild.me).embed_links
