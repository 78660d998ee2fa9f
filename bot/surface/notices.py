"""Tell a server's managers, once, what the bot lacks there."""

import logging
from collections.abc import Collection

import discord

from bot.surface.services import Services

log = logging.getLogger(__name__)


async def tell_managers(
    client: discord.Client, guild: discord.Guild, lacking: Collection[str], services: Services
) -> None:
    """Name permissions of Discord's that are missing in a server, each once, also across restarts.

    The notice goes to the channel that the server keeps for moderators, else to its owner.
    """
    new = [name for name in sorted(lacking) if not await services.sync_state.read(_key(guild, name))]
    if not new:
        return
    renderer = services.renderer(str(guild.preferred_locale))
    names = ", ".join(renderer.say(f"permission.{name}") for name in new)
    try:
        await (await _managers(client, guild)).send(renderer.say("permission.lacking", server=guild.name, names=names))
    except discord.HTTPException as error:  # the answer itself has been sent
        log.info("the managers of server %s could not be told that it lacks %s: %s", guild.id, new, error)
    for name in new:  # also where they could not be told: it is not tried at each answer
        await services.sync_state.write(_key(guild, name), services.clock.now().isoformat())


async def _managers(client: discord.Client, guild: discord.Guild) -> discord.abc.Messageable:
    channel = guild.public_updates_channel
    if channel and channel.permissions_for(guild.me).send_messages:
        return channel
    return guild.owner or await client.fetch_user(guild.owner_id or 0)


def _key(guild: discord.Guild, name: str) -> str:
    return f"lacking.{guild.id}.{name}"
