"""Send in what a place permits: embeds as text where they are not, and in time, deferred where an answer takes long."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import discord

from bot.surface.platform import limits
from bot.surface.platform.draft import Draft

SOON = 0.8  # seconds until a user is told that the answer is coming; Discord itself waits for three
ALONE = "alone"  # in an interaction's extras: whether what was deferred is for its user alone
PERMISSIONS_LACKING = "permissions_lacking"  # an event of our own, with a server and what the bot may not do there

Found = TypeVar("Found")


def permissions_of(interaction: discord.Interaction) -> discord.Permissions:
    """Return what the bot may do where an interaction comes from; a direct message permits everything."""
    return discord.Permissions.all() if interaction.guild_id is None else interaction.app_permissions


async def in_time(
    interaction: discord.Interaction, work: Awaitable[Found], *, alone: bool = False, in_place: bool = False
) -> Found:
    """Do the work; where it takes longer than a moment, tell Discord meanwhile that the answer is coming.

    `alone` says that it will be for the user alone, which can be told only once; `in_place`, that it will replace the
    message whose button was pressed (`replace`).
    """
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=SOON)
    if not done and not interaction.response.is_done():
        if in_place:
            await interaction.response.defer()
        else:
            await announce(interaction, alone=alone)
    return await task


async def announce(interaction: discord.Interaction, *, alone: bool) -> None:
    """Say that the answer is coming, for the user alone or for everybody."""
    interaction.extras[ALONE] = alone
    await interaction.response.defer(ephemeral=alone, thinking=True)


async def respond(interaction: discord.Interaction, draft: Draft, *, alone: bool = False) -> list[int]:
    """Answer an interaction, deferred or not; return the ids of the messages that everybody sees and we may edit."""
    permitted = permissions_of(interaction)
    if alone and interaction.extras.get(ALONE) is False:  # what comes first would be seen by everybody
        await interaction.edit_original_response(content="…")
        await interaction.delete_original_response()
    sent: list[int] = []
    for options in draft.parts(permitted):
        if interaction.response.is_done():
            message = await interaction.followup.send(**options, ephemeral=alone, wait=True)
            sent += [] if message.flags.ephemeral else [message.id]
        else:
            answered = await interaction.response.send_message(**options, ephemeral=alone)
            sent += [answered.message_id] if answered.message_id and not answered.is_ephemeral() else []
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    lacking = draft.lacking(permitted)
    if guild and lacking:
        interaction.client.dispatch(PERMISSIONS_LACKING, guild, lacking)
    return sent if _is_ours(interaction) and not alone else []


async def replace(interaction: discord.Interaction, draft: Draft) -> list[int]:
    """Replace the message whose button was pressed; what does not fit one message as text follows it.

    Return the ids of the messages, none where they are for the user alone or we may not edit them.
    """
    first, *others = draft.parts(permissions_of(interaction))
    whole = {"content": None, "embeds": [], "view": None, **first}
    if interaction.response.is_done():
        await interaction.edit_original_response(**whole)
    else:
        await interaction.response.edit_message(**whole)
    alone = bool(interaction.message and interaction.message.flags.ephemeral)
    more = [(await interaction.followup.send(**options, ephemeral=alone, wait=True)).id for options in others]
    return [interaction.message.id, *more] if interaction.message and _is_ours(interaction) and not alone else []


def _is_ours(interaction: discord.Interaction) -> bool:
    """Tell whether the bot may edit its messages there later: where a user alone installed it, it is no member."""
    if interaction.guild_id is None:
        return not interaction.context.private_channel
    return interaction.client.get_guild(interaction.guild_id) is not None


async def say(interaction: discord.Interaction, sentence: str) -> None:
    """Say a sentence to the user of an interaction alone."""
    await respond(interaction, Draft(limits.clip(sentence, limits.MESSAGE)), alone=True)
