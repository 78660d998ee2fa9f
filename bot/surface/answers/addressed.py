"""How a chat message addresses the bot, and which texts it may be a copy of."""

from collections import deque
from dataclasses import dataclass
from typing import TypeGuard

import discord

from bot.answering.context import Surface

CHAT_MESSAGE_TYPES = {discord.MessageType.default, discord.MessageType.reply}
MAX_COPIES = 200  # of the last messages that webhooks posted


def surface_of(message: discord.Message, me: discord.ClientUser | None) -> Surface | None:
    """Return how a message addresses the bot; None if it does not, or has no text."""
    if me is None or not message.content or not is_chat(message):
        return None
    if message.guild is None:
        return "direct"
    if me not in message.mentions and not mentions_role_of(message, me):
        return None
    original = message.reference.resolved if message.reference else None
    return "reply" if isinstance(original, discord.Message) and original.author == me else "mention"


def is_chat(message: discord.Message) -> bool:
    """Return whether a message was written by a person."""
    return not message.author.bot and message.type in CHAT_MESSAGE_TYPES


def mentions_role_of(message: discord.Message, me: discord.ClientUser | None) -> bool:
    """Return whether a message mentions the role with the bot's name, which Discord makes and people take for it."""
    roles = (role for role in message.role_mentions if role.tags)
    return me is not None and any(role.tags.bot_id == me.id for role in roles if role.tags)


def is_copy(message: discord.Message) -> TypeGuard[discord.Message]:
    """Return whether a webhook posted a message with a text, as bots do that let people write under other names."""
    return message.webhook_id is not None and bool(message.content)


@dataclass(frozen=True)
class _Copy:
    message: int
    channel: int
    text: str


class Copies:
    """The last messages of webhooks: they post a question again and delete it, and its answer should stay."""

    def __init__(self) -> None:
        self._last: deque[_Copy] = deque(maxlen=MAX_COPIES)

    def add(self, message: discord.Message) -> None:
        """Remember a message of a webhook."""
        self._last.append(_Copy(message.id, message.channel.id, message.content.strip()))

    def of(self, question: int, text: str, channel: int) -> int | None:
        """Return the message that repeats a question; a webhook may leave out signs at its beginning or end."""
        later = (one for one in self._last if one.channel == channel and one.message > question)
        return next((one.message for one in later if one.text and one.text in text), None)
