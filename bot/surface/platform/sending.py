"""Send within the channel's permissions (text if embeds are not allowed) and Discord's deadline (deferred if slow)."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import discord

from bot.surface.platform import limits
from bot.surface.platform.draft import Draft

DEFER_AFTER_SECONDS = 0.8  # Discord's own deadline is three
DEFERRED_EPHEMERALLY = "ephemeral"  # key in an interaction's extras: whether its deferral is ephemeral
PERMISSIONS_LACKING = "permissions_lacking"  # our own event, with the server and the names of the permissions

Result = TypeVar("Result")


def permissions_of(interaction: discord.Interaction) -> discord.Permissions:
    """Return the bot's permissions in an interaction's channel; direct messages allow everything."""
    return discord.Permissions.all() if interaction.guild_id is None else interaction.app_permissions


def permissions_for_bot(channel: discord.abc.GuildChannel | discord.Thread) -> discord.Permissions:
    """Return the bot's permissions in a channel of a server; a thread whose channel it cannot see gets plain text."""
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return discord.Permissions(send_messages=True, send_messages_in_threads=True, read_message_history=True)
    return channel.permissions_for(channel.guild.me)


async def defer_if_slow(
    interaction: discord.Interaction, work: Awaitable[Result], *, ephemeral: bool = False, in_place: bool = False
) -> Result:
    """Await the work; if it is slow, defer the interaction meanwhile.

    The deferral decides whether the answer is ephemeral, and this cannot be changed later. With `in_place` the answer
    will replace the message whose button was pressed (see `replace_message`).
    """
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=DEFER_AFTER_SECONDS)
    if not done and not interaction.response.is_done():
        if in_place:
            await interaction.response.defer()
        else:
            await defer(interaction, ephemeral=ephemeral)
    return await task


async def defer(interaction: discord.Interaction, *, ephemeral: bool) -> None:
    """Defer an interaction, and remember whether the deferral is ephemeral."""
    interaction.extras[DEFERRED_EPHEMERALLY] = ephemeral
    await interaction.response.defer(ephemeral=ephemeral, thinking=True)


async def respond(interaction: discord.Interaction, draft: Draft, *, ephemeral: bool = False) -> list[int]:
    """Answer an interaction, deferred or not; return the ids of the public messages that we may edit."""
    permitted = permissions_of(interaction)
    if ephemeral and interaction.extras.get(DEFERRED_EPHEMERALLY) is False:  # the first followup would be public
        await interaction.edit_original_response(content="…")
        await interaction.delete_original_response()
    sent: list[int] = []
    for options in draft.messages(permitted):
        if interaction.response.is_done():
            message = await interaction.followup.send(**options, ephemeral=ephemeral, wait=True)
            sent += [] if message.flags.ephemeral else [message.id]
        else:
            answered = await interaction.response.send_message(**options, ephemeral=ephemeral)
            sent += [answered.message_id] if answered.message_id and not answered.is_ephemeral() else []
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    lacking = draft.lacking(permitted)
    if guild and lacking:
        interaction.client.dispatch(PERMISSIONS_LACKING, guild, lacking)
    return sent if _is_editable(interaction) and not ephemeral else []


async def replace_message(interaction: discord.Interaction, draft: Draft) -> list[int]:
    """Replace the message whose button was pressed; a text that does not fit continues in followups.

    Return the ids of the messages; none if they are ephemeral or we may not edit them.
    """
    first, *others = draft.messages(permissions_of(interaction))
    whole = {"content": None, "embeds": [], "view": None, **first}
    if interaction.response.is_done():
        await interaction.edit_original_response(**whole)
    else:
        await interaction.response.edit_message(**whole)
    message = interaction.message
    ephemeral = bool(message and message.flags.ephemeral)
    more = [(await interaction.followup.send(**options, ephemeral=ephemeral, wait=True)).id for options in others]
    return [message.id, *more] if message and _is_editable(interaction) and not ephemeral else []


def _is_editable(interaction: discord.Interaction) -> bool:
    """Return whether the bot may edit its messages later: not in private channels or servers it has not joined."""
    if interaction.guild_id is None:
        return not interaction.context.private_channel
    return interaction.client.get_guild(interaction.guild_id) is not None


async def notify(interaction: discord.Interaction, sentence: str) -> None:
    """Send the user an ephemeral sentence."""
    await respond(interaction, Draft(limits.clip(sentence, limits.MESSAGE)), ephemeral=True)
