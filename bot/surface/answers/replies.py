"""Show a reply: the fact with its buttons, or, where it was just shown in the same channel, where it stands."""

from typing import Any

import discord

from bot.answering.reply import Reply
from bot.surface.answers.suggestions import view_of
from bot.surface.platform.draft import Draft
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import PERMISSIONS_LACKING, respond
from bot.surface.platform.sent_log import Destination, SentLog

HISTORY = "read_message_history"  # the permission without which Discord takes no reply to a message


async def answer_interaction(
    interaction: discord.Interaction, reply: Reply, sent_log: SentLog, renderer: Renderer
) -> None:
    """Answer a command: everybody sees it, but for an abstention and for what the channel has just seen."""
    channel = interaction.client.get_partial_messageable(interaction.channel_id or 0, guild_id=interaction.guild_id)
    pointer = _pointer(reply, channel, sent_log, renderer)
    if pointer:
        await respond(interaction, pointer, ephemeral=True)
        return
    draft = draft_of(reply, interaction.user.id, renderer)
    sent = await respond(interaction, draft, ephemeral=reply.outcome == "abstain")
    sent_log.add_reply(reply, Destination.of(interaction), sent)


async def answer_message(
    message: discord.Message, reply: Reply, client: discord.Client, sent_log: SentLog, renderer: Renderer
) -> list[discord.Message]:
    """Answer a message of chat, as a reply to it where the bot may read what stands in the channel."""
    permitted = permissions_in(message)
    guild = message.guild
    channel = client.get_partial_messageable(message.channel.id, guild_id=guild.id if guild else None)
    pointer = _pointer(reply, channel, sent_log, renderer)
    draft = pointer or draft_of(reply, message.author.id, renderer)
    sent = [await speak(message, **options) for options in draft.messages(permitted)]
    if pointer is None:
        sent_log.add_reply(reply, Destination.of(message), [one.id for one in sent])
    lacking = draft.lacking(permitted) | (set() if permitted.read_message_history else {HISTORY})
    if guild and lacking:
        client.dispatch(PERMISSIONS_LACKING, guild, lacking)
    return sent


async def speak(message: discord.Message, **options: Any) -> discord.Message:
    """Reply to a message; where the bot may not read what stands in the channel, send without replying."""
    if permissions_in(message).read_message_history:
        return await message.reply(**options, mention_author=False)
    return await message.channel.send(**options)


def draft_of(reply: Reply, asker: int, renderer: Renderer) -> Draft:
    """Draw a reply with its buttons."""
    return Draft(renderer.heading(reply), renderer.reply(reply), view_of(reply, asker, renderer))


def permissions_in(message: discord.Message) -> discord.Permissions:
    """Return what the bot may do in a message's channel; a direct message permits everything."""
    channel = message.channel
    if message.guild is None or isinstance(
        channel, discord.DMChannel | discord.GroupChannel | discord.PartialMessageable
    ):
        return discord.Permissions.all()
    return channel.permissions_for(message.guild.me)


def _pointer(reply: Reply, channel: discord.PartialMessageable, sent_log: SentLog, renderer: Renderer) -> Draft | None:
    """Return a pointer to a fact that a server's channel saw less than a minute ago."""
    found = sent_log.just_sent(reply, channel.id) if channel.guild_id else None
    return Draft(renderer.text("reply.just_now", link=f"{channel.jump_url}/{found}")) if found else None
