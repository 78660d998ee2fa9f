"""Tell a server's managers, once, what the bot lacks there."""

import logging
from collections.abc import Collection

import discord

from bot.surface.platform.services import Services

log = logging.getLogger(__name__)


async def tell_managers(
    client: discord.Client, guild: discord.Guild, lacking: Collection[str], services: Services
) -> None:
    """Name permissions of Discord's that are missing in a server, each once, also across restarts.

    The notice goes to the channel that the server keeps for moderators, else to its owner.
    """
    try:
        new = [name for name in sorted(lacking) if not await services.sync_state.read(_key(guild, name))]
        for name in new:  # first, so that it is not tried at each answer where they cannot be told
            await services.sync_state.write(_key(guild, name), services.clock.now().isoformat())
        if new:
            renderer = services.renderer(str(guild.preferred_locale))
            names = ", ".join(renderer.say(f"permission.{name}") for name in new)
            sentence = renderer.say("permission.lacking", server=guild.name, names=names)
            await (await _managers(client, guild)).send(sentence)
    except discord.HTTPException as error:
        log.info("the managers of server %s could not be told what it lacks: %s", guild.id, error)
    except Exception:  # the answer itself has been sent
        log.exception("the managers of server %s could not be told what it lacks", guild.id)


async def _managers(client: discord.Client, guild: discord.Guild) -> discord.abc.Messageable:
    channel = guild.public_updates_channel
    if channel and channel.permissions_for(guild.me).send_messages:
        return channel
    return guild.owner or await client.fetch_user(guild.owner_id or 0)


def _key(guild: discord.Guild, name: str) -> str:
    return f"lacking.{guild.id}.{name}"
