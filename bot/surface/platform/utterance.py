"""Convert Discord's interactions and messages to contexts and utterances."""

import re

import discord

from bot.answering.context import Context, Surface, Utterance
from bot.answering.ports import Clock
from bot.surface.platform.locales import Locales
from bot.surface.platform.parts import parts_of

# Mentions, commands, custom emoji, timestamps; of bounded length, or unclosed tags would take quadratic time.
_MARKUP = re.compile(r"<(?:@[!&]?|#|/[^:<>]{1,100}:|a?:\w{1,32}:|t:|id:)[^<>]{0,40}>|@(?:everyone|here)\b")


def strip_markup(text: str) -> str:
    """Remove Discord's markup (mentions, commands, emoji, timestamps), which is not part of the question."""
    return _MARKUP.sub(" ", text).strip()


def text_of(message: discord.Message) -> str:
    """Return the text of a message and of those forwarded in it, without Discord's markup."""
    parts = (message.content, *(snapshot.content for snapshot in message.message_snapshots))
    return strip_markup("\n".join(filter(None, parts)))


def context_of(interaction: discord.Interaction) -> Context:
    """Return the context of an interaction."""
    return Context(
        user=interaction.user.id,
        channel=interaction.channel_id or 0,
        guild=interaction.guild_id,
        locale=str(interaction.locale),
        at=parts_of(interaction).clock.now(),
        parent=getattr(interaction.channel, "parent_id", None),
    )


def utterance_of(message: discord.Message, surface: Surface, clock: Clock, locales: Locales) -> Utterance:
    """Return the utterance of a chat message; its locale is its author's if that is known, else the server's."""
    context = Context(
        user=message.author.id,
        channel=message.channel.id,
        guild=message.guild.id if message.guild else None,
        locale=locales.of(message.author.id, str(message.guild.preferred_locale) if message.guild else ""),
        at=clock.now(),
        parent=getattr(message.channel, "parent_id", None),
    )
    return Utterance.of(context, strip_markup(message.content), surface)
