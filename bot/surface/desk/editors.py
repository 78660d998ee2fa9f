"""Who may publish, for the editors' commands and their buttons."""

from dataclasses import dataclass
from typing import Protocol, cast

import discord

from bot.surface.platform.parts import renderer_of
from bot.surface.platform.sending import notify


@dataclass(frozen=True)
class Editors:
    """Who may publish: the managers of an editors' server and the bot's owners, and only in such a server."""

    guilds: frozenset[int]
    owners: frozenset[int]

    def include(self, interaction: discord.Interaction) -> bool:
        """Return whether the user of an interaction may publish."""
        is_trusted = interaction.permissions.manage_guild or interaction.user.id in self.owners
        return interaction.guild_id in self.guilds and is_trusted


class HasEditors(Protocol):
    """Our own client, as opposed to any discord.py client."""

    editors: Editors


async def admit_editor(interaction: discord.Interaction) -> bool:
    """Return whether the user of an interaction may publish; if not, say so."""
    if cast(HasEditors, interaction.client).editors.include(interaction):
        return True
    await notify(interaction, renderer_of(interaction).text("facts.forbidden"))
    return False
