"""Sync commands to Discord, only if they changed, and again until Discord has taken them."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256

import discord
from discord import app_commands

from bot.answering.ports import SyncState
from bot.surface.platform.logs import one_line
from bot.surface.platform.pauses import growing

log = logging.getLogger(__name__)

SYNC_SECONDS = 60.0  # the longest that Discord may take for one sync
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 3600.0  # Discord lets a bot create 200 commands a day
Failures = Mapping[str, Exception]  # by what could not be synced


async def sync_commands(tree: app_commands.CommandTree, state: SyncState, guilds: frozenset[int]) -> None:
    """Sync the global and the servers' commands, and remove those of servers that are no longer listed.

    Returns once all are synced: what fails is logged and tried again, with growing pauses.
    """
    await _until_synced(lambda: _sync_all(tree, state, guilds))


async def sync_joined(tree: app_commands.CommandTree, state: SyncState, guild: int) -> None:
    """Sync the commands of a server that the bot has joined, even if they are unchanged; try again as above."""

    async def attempt() -> Failures:
        try:
            await sync_scope(tree, state, discord.Object(guild), force=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
            return {f"of server {guild}": error}
        return {}

    await _until_synced(attempt)


async def _until_synced(attempt: Callable[[], Awaitable[Failures]]) -> None:
    told: dict[str, str] = {}
    for pause in growing(FIRST_PAUSE, LONGEST_PAUSE):
        failures = await attempt()
        if not failures:
            return
        waits = [error.retry_after for error in failures.values() if isinstance(error, discord.RateLimited)]
        _tell(failures, told)
        await asyncio.sleep(max([pause, *waits]))


def _tell(failures: Failures, told: dict[str, str]) -> None:
    """Log a failure when it is new, and not each time that it is the same."""
    for name, error in failures.items():
        reason = one_line(error)
        if told.get(name) != reason:
            told[name] = reason
            log.warning(
                "the commands %s are not synced (%s); mentions and direct messages are answered meanwhile, "
                "and it is tried again with growing pauses, of an hour at most",
                name,
                reason,
            )


async def _sync_all(tree: app_commands.CommandTree, state: SyncState, guilds: frozenset[int]) -> Failures:
    """Sync what has changed; return what failed."""
    failures: dict[str, Exception] = {}
    key = f"commands.{tree.client.application_id}.guilds"  # the servers with commands of their own
    try:
        before = {int(part) for part in (await state.read(key) or "").split(",") if part}
        scopes = [None, *(discord.Object(guild) for guild in sorted(before | guilds))]
        for scope in scopes:
            try:
                await sync_scope(tree, state, scope)
            except Exception as error:  # noqa: BLE001 - the others are synced all the same
                failures[f"of server {scope.id}" if scope else "of all servers"] = error
        remembered = before | guilds if failures else guilds
        await state.write(key, ",".join(map(str, sorted(remembered))))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
        failures["of editors' servers"] = error
    return failures


async def sync_scope(
    tree: app_commands.CommandTree, state: SyncState, guild: discord.Object | None, *, force: bool = False
) -> None:
    """Sync a server's commands, or the global ones, if they changed since the last sync or `force` is set."""
    key = f"commands.{tree.client.application_id}.{guild.id if guild else 'global'}"
    digest = await _digest(tree, guild)
    if await state.read(key) == digest and not force:
        return
    try:
        async with asyncio.timeout(SYNC_SECONDS):
            synced = await tree.sync(guild=guild)
    except discord.Forbidden:
        if guild is None:
            raise
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
