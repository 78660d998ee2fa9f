"""Send within the channel's permissions (text if embeds are not allowed) and Discord's deadline (deferred if slow)."""

import asyncio
import logging
from collections.abc import Awaitable
from functools import partial
from typing import Any, TypeVar

import discord

from bot.surface.platform import limits
from bot.surface.platform.attempts import (
    ACKNOWLEDGED,
    ResponseLostError,
    acknowledge,
    is_acknowledged,
    new_nonce,
    persist,
    send_once,
)
from bot.surface.platform.draft import Draft

log = logging.getLogger(__name__)

DEFER_AFTER_SECONDS = 0.8  # Discord's own deadline is three
DEFERRED_EPHEMERALLY = "ephemeral"  # key in an interaction's extras: whether its deferral is ephemeral
PERMISSIONS_LACKING = "permissions_lacking"  # our own event, with the server and the names of the permissions

Result = TypeVar("Result")


def permissions_of(interaction: discord.Interaction) -> discord.Permissions:
    """Return the bot's permissions in an interaction's channel; direct messages allow everything."""
    return discord.Permissions.all() if interaction.guild_id is None else interaction.app_permissions


def permissions_in(channel: object) -> discord.Permissions:
    """Return the bot's permissions in a channel; direct messages, and what it does not know, allow everything.

    A thread whose channel the bot cannot see gets plain text.
    """
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return discord.Permissions.all()
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
    try:
        done, _ = await asyncio.wait({task}, timeout=DEFER_AFTER_SECONDS)
        if not done and not is_acknowledged(interaction):
            await (_acknowledge_later(interaction) if in_place else defer(interaction, ephemeral=ephemeral))
        return await task
    except asyncio.CancelledError:
        task.cancel()
        raise


async def defer(interaction: discord.Interaction, *, ephemeral: bool) -> None:
    """Defer an interaction, and remember whether the deferral is ephemeral."""
    interaction.extras[DEFERRED_EPHEMERALLY] = ephemeral
    await _acknowledge_later(interaction, ephemeral=ephemeral, thinking=True)


async def _acknowledge_later(interaction: discord.Interaction, **options: bool) -> None:
    """Defer an interaction; if Discord does not say whether it did, go on as if it had: "thinking" may be shown."""
    try:
        await acknowledge(interaction, partial(interaction.response.defer, **options))
    except ResponseLostError as error:
        log.warning("a deferral may be lost: %s", error)
        interaction.extras[ACKNOWLEDGED] = True


async def respond(interaction: discord.Interaction, draft: Draft, *, ephemeral: bool = False) -> list[int]:
    """Answer an interaction, deferred or not; return the ids of the public messages that we may edit."""
    permitted = permissions_of(interaction)
    if ephemeral and interaction.extras.get(DEFERRED_EPHEMERALLY) is False:  # the first followup would be public
        await _remove_deferral(interaction)
    found = [await _send(interaction, options, ephemeral=ephemeral) for options in draft.messages(permitted)]
    sent = [message for message in found if message]
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    lacking = draft.lacking(permitted)
    if guild and lacking:
        interaction.client.dispatch(PERMISSIONS_LACKING, guild, lacking)
    return sent if _is_editable(interaction) and not ephemeral else []


async def _remove_deferral(interaction: discord.Interaction) -> None:
    """Take away a public deferral, to which a private answer cannot be added."""
    del interaction.extras[DEFERRED_EPHEMERALLY]
    await persist(partial(interaction.edit_original_response, content="…"))
    try:
        await persist(interaction.delete_original_response)
    except discord.NotFound:
        log.debug("a deferral was deleted, though Discord's response was lost")


async def _send(interaction: discord.Interaction, options: dict[str, Any], *, ephemeral: bool) -> int | None:
    """Send one message of an answer; return its id if it is public and known.

    The first one takes the place of a deferral: an edit may be sent again if its response is lost, a followup may not.
    """
    again = "files" not in options  # which were read, and cannot be sent again
    if interaction.extras.pop(DEFERRED_EPHEMERALLY, None) is not None:
        edited = {"attachments" if name == "files" else name: value for name, value in options.items()}
        edit = partial(interaction.edit_original_response, **edited)
        message: discord.Message = await persist(edit, again=again)
    elif is_acknowledged(interaction):
        message = await send_once(partial(interaction.followup.send, **options, ephemeral=ephemeral, wait=True))
    else:
        send = partial(interaction.response.send_message, **options, ephemeral=ephemeral)
        answered = await acknowledge(interaction, send, again=again)
        if answered:
            return answered.message_id if not answered.is_ephemeral() else None
        try:
            message = await persist(interaction.original_response)
        except discord.NotFound as error:
            raise ResponseLostError("an interaction is already acknowledged, but has no response") from error
    return None if message.flags.ephemeral else message.id


async def replace_message(interaction: discord.Interaction, draft: Draft) -> list[int]:
    """Replace the message whose button was pressed; a text that does not fit continues in followups.

    Return the ids of the messages; none if they are ephemeral or we may not edit them.
    """
    first, *others = draft.messages(permissions_of(interaction))
    whole = {"content": None, "embeds": [], "view": None, **first}
    if is_acknowledged(interaction):
        await persist(partial(interaction.edit_original_response, **whole))
    else:
        await acknowledge(interaction, partial(interaction.response.edit_message, **whole))
    message = interaction.message
    ephemeral = bool(message and message.flags.ephemeral)
    follow_up = partial(interaction.followup.send, ephemeral=ephemeral, wait=True)
    more = [(await send_once(partial(follow_up, **options))).id for options in others]
    return [message.id, *more] if message and _is_editable(interaction) and not ephemeral else []


def _is_editable(interaction: discord.Interaction) -> bool:
    """Return whether the bot may edit its messages later: not in private channels or servers it has not joined."""
    if interaction.guild_id is None:
        return not interaction.context.private_channel
    return interaction.client.get_guild(interaction.guild_id) is not None


async def send_reply(message: discord.Message, **options: Any) -> discord.Message:
    """Reply to a message, or send to its channel if the bot may not read the history there; once, whatever is lost."""
    nonce = new_nonce()
    if permissions_in(message.channel).read_message_history:
        return await persist(partial(message.reply, **options, mention_author=False, nonce=nonce))
    return await persist(partial(message.channel.send, **options, nonce=nonce))


async def notify(interaction: discord.Interaction, sentence: str) -> None:
    """Send the user an ephemeral sentence."""
    await respond(interaction, Draft(limits.clip(sentence, limits.MESSAGE)), ephemeral=True)
