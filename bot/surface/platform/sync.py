"""Send the commands to Discord when they changed, and only then."""

import json
import logging
from hashlib import sha256

import discord
from discord import app_commands

from bot.answering.ports import SyncState

log = logging.getLogger(__name__)


async def sync_commands(tree: app_commands.CommandTree, state: SyncState, guilds: frozenset[int]) -> None:
    """Sync the global commands, those of each server, and take them from servers that no longer have any."""
    await sync_scope(tree, state, None)
    kept = f"commands.{tree.client.application_id}.guilds"  # the servers that hold commands of their own
    before = {int(part) for part in (await state.read(kept) or "").split(",") if part}
    for guild in sorted(before | guilds):
        await sync_scope(tree, state, discord.Object(guild))
    await state.write(kept, ",".join(map(str, sorted(guilds))))


async def sync_scope(
    tree: app_commands.CommandTree, state: SyncState, guild: discord.Object | None, *, anyway: bool = False
) -> None:
    """Sync one server's commands, or the global ones, where their hash is not the one last sent, or `anyway`."""
    key = f"commands.{tree.client.application_id}.{guild.id if guild else 'global'}"
    digest = await _digest(tree, guild)
    if await state.read(key) == digest and not anyway:
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
