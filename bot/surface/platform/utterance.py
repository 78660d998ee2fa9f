"""Make an utterance of what Discord delivers."""

import re

import discord

from bot.answering.context import Surface, Utterance
from bot.answering.ports import Clock
from bot.surface.platform.parts import parts_of

# Mentions, commands, custom emoji, timestamps.
_MARKUP = re.compile(r"<(?:@[!&]?|#|/[^:>]*:|a?:\w+:|t:)[^>]*>|@(?:everyone|here)\b")


def plain(text: str) -> str:
    """Take out Discord's markup of mentions and emoji: it is no word of the question."""
    return _MARKUP.sub(" ", text).strip()


def of_interaction(interaction: discord.Interaction, text: str, surface: Surface) -> Utterance:
    """Return the utterance of a command or a button."""
    return Utterance(
        text=plain(text),
        locale=str(interaction.locale),
        author=interaction.user.id,
        channel=interaction.channel_id or 0,
        guild=interaction.guild_id,
        surface=surface,
        at=parts_of(interaction).clock.now(),
        parent=getattr(interaction.channel, "parent_id", None),
    )


def of_message(message: discord.Message, surface: Surface, clock: Clock) -> Utterance:
    """Return the utterance of a chat message; its locale is the server's, since a message carries none."""
    return Utterance(
        text=plain(message.content),
        locale=str(message.guild.preferred_locale) if message.guild else "",
        author=message.author.id,
        channel=message.channel.id,
        guild=message.guild.id if message.guild else None,
        surface=surface,
        at=clock.now(),
        parent=getattr(message.channel, "parent_id", None),
    )
