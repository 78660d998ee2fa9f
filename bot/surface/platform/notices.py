"""Notify a server's managers once of permissions that the bot lacks there."""

import logging
from collections.abc import Collection

import discord
from discord.ext import commands

from bot import JournalUnreachableError
from bot.answering.ports import Clock, SyncState
from bot.answering.telling.catalogue import Catalogue
from bot.surface.platform.locales import Locales
from bot.surface.platform.render import Renderer

log = logging.getLogger(__name__)


class NoticesCog(commands.Cog):
    """Listens for `permissions_lacking`, our own event: `sending` dispatches it without knowing its listeners."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        sync_state: SyncState,
        catalogue: Catalogue,
        clock: Clock,
        locales: Locales,
    ) -> None:
        self._bot = bot
        self._locales = locales
        self._sync_state = sync_state
        self._catalogue = catalogue
        self._clock = clock

    @commands.Cog.listener()
    async def on_permissions_lacking(
        self, guild: discord.Guild, lacking: Collection[str], desk: str | None = None
    ) -> None:
        """Send the names of missing permissions, each once per server, even across restarts.

        `desk` is the mention of the editors' channel, if they are missing there and nothing can be posted to it. The
        notice goes to the channel for Discord's updates to moderators, else to the server's owner.
        """
        try:
            keys = {name: _key(guild, f"desk.{name}" if desk else name) for name in sorted(lacking)}
            new = [name for name, key in keys.items() if not await self._sync_state.read(key)]
            for name in new:  # stored before sending, so that a failed notice is not retried with every answer
                await self._sync_state.write(keys[name], self._clock.now().isoformat())
            if new:
                managers, locale = await self._managers(guild), str(guild.preferred_locale)
                if isinstance(managers, discord.abc.User):
                    locale = self._locales.of(managers.id, locale)
                renderer = Renderer.of(self._catalogue, locale)
                names = ", ".join(renderer.text(f"permission.{name}") for name in new)
                sentence = renderer.text("permission.lacking", server=guild.name, names=names)
                if desk:
                    sentence = renderer.text("permission.desk", server=guild.name, names=names, channel=desk)
                await managers.send(sentence)
        except (discord.HTTPException, JournalUnreachableError) as error:
            log.info("the managers of server %s could not be notified of missing permissions: %s", guild.id, error)
        except Exception:  # the answer itself has already been sent
            log.exception("the managers of server %s could not be notified of missing permissions", guild.id)

    async def _managers(self, guild: discord.Guild) -> discord.TextChannel | discord.Member | discord.User:
        channel = guild.public_updates_channel
        if channel and channel.permissions_for(guild.me).send_messages:
            return channel
        return guild.owner or await self._bot.fetch_user(guild.owner_id or 0)


def _key(guild: discord.Guild, name: str) -> str:
    return f"lacking.{guild.id}.{name}"
