"""Make a context or an utterance of what Discord delivers."""

import re

import discord

from bot.answering.context import Context, Surface, Utterance
from bot.answering.ports import Clock
from bot.surface.platform.parts import parts_of

# Mentions, commands, custom emoji, timestamps.
_MARKUP = re.compile(r"<(?:@[!&]?|#|/[^:>]*:|a?:\w+:|t:)[^>]*>|@(?:everyone|here)\b")


def plain(text: str) -> str:
    """Take out Discord's markup of mentions and emoji: it is no word of the question."""
    return _MARKUP.sub(" ", text).strip()


def context_of(interaction: discord.Interaction) -> Context:
    """Return the context of a command or a button."""
    return Context(
        user=interaction.user.id,
        channel=interaction.channel_id or 0,
        guild=interaction.guild_id,
        locale=str(interaction.locale),
        at=parts_of(interaction).clock.now(),
        parent=getattr(interaction.channel, "parent_id", None),
    )


def of_message(message: discord.Message, surface: Surface, clock: Clock) -> Utterance:
    """Return the utterance of a chat message; its locale is the server's, since a message carries none."""
    context = Context(
        user=message.author.id,
        channel=message.channel.id,
        guild=message.guild.id if message.guild else None,
        locale=str(message.guild.preferred_locale) if message.guild else "",
        at=clock.now(),
        parent=getattr(message.channel, "parent_id", None),
    )
    return Utterance.of(context, plain(message.content), surface)
