"""Sync commands to Discord, only if they changed."""

import json
import logging
from hashlib import sha256

import discord
from discord import app_commands

from bot.answering.ports import SyncState

log = logging.getLogger(__name__)


async def sync_commands(tree: app_commands.CommandTree, state: SyncState, guilds: frozenset[int]) -> None:
    """Sync the global and the servers' commands, and remove those of servers that are no longer listed."""
    await sync_scope(tree, state, None)
    key = f"commands.{tree.client.application_id}.guilds"  # the servers with commands of their own
    before = {int(part) for part in (await state.read(key) or "").split(",") if part}
    for guild in sorted(before | guilds):
        await sync_scope(tree, state, discord.Object(guild))
    await state.write(key, ",".join(map(str, sorted(guilds))))


async def sync_scope(
    tree: app_commands.CommandTree, state: SyncState, guild: discord.Object | None, *, force: bool = False
) -> None:
    """Sync a server's commands, or the global ones, if they changed since the last sync or `force` is set."""
    key = f"commands.{tree.client.application_id}.{guild.id if guild else 'global'}"
    digest = await _digest(tree, guild)
    if await state.read(key) == digest and not force:
        return
    try:
        synced = await tree.sync(guild=guild)
    except discord.Forbidden:
        log.warning("%s: the bot is not in this server yet, so its commands are not synced", key)
        return
    await state.write(key, digest)
    log.info("%s: %d commands synced", key, len(synced))


async def _digest(tree: app_commands.CommandTree, guild: discord.Object | None) -> str:
    translator = tree.translator
    payloads = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands(guild=guild)
    ]
    return sha256(json.dumps(payloads, sort_keys=True, default=str).encode()).hexdigest()
