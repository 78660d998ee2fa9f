"""Send the commands to Discord when they changed, and only then."""

import json
import logging
from hashlib import sha256

import discord
from discord import app_commands

from bot.answering.ports import SyncState

log = logging.getLogger(__name__)

GUILDS = "commands.guilds"  # the servers that hold commands of their own


async def sync_commands(tree: app_commands.CommandTree, state: SyncState, guilds: frozenset[int]) -> None:
    """Sync the global commands, those of each server, and take them from servers that no longer have any."""
    await sync_scope(tree, state, None)
    before = {int(part) for part in (await state.read(GUILDS) or "").split(",") if part}
    for guild in sorted(before | guilds):
        await sync_scope(tree, state, discord.Object(guild))
    await state.write(GUILDS, ",".join(map(str, sorted(guilds))))


async def sync_scope(tree: app_commands.CommandTree, state: SyncState, guild: discord.Object | None) -> None:
    """Sync one server's commands, or the global ones, where their hash is not the one last sent."""
    key = f"commands.{guild.id if guild else 'global'}"
    digest = await _digest(tree, guild)
    if await state.read(key) == digest:
        return
    try:
        synced = await tree.sync(guild=guild)
    except discord.Forbidden:
        log.warning("%s: the bot is not in this server yet, so its commands are not there", key)
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
