"""The commands as a whole: how often one user may call them, and what happens when one fails."""

import discord
from discord import app_commands

from bot.surface.platform.cooldowns import wait_words
from bot.surface.platform.failures import cause_of, report
from bot.surface.platform.sending import say
from bot.surface.platform.services import Services

FREE = {"privacy", "facts"}  # commands that nobody is kept from: rights, and the editors' work


class Tree(app_commands.CommandTree):
    """A command tree that tells users when to come back, and what went wrong, each in one sentence."""

    services: Services  # set by the client, since discord.py makes the tree itself

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Refuse a command of somebody who calls too many."""
        if interaction.type is discord.InteractionType.autocomplete or _is_free(interaction):
            return True
        wait = self.services.cooldowns.wait(interaction.user.id)
        if wait is None:
            return True
        sentence = wait_words(wait, self.services.renderer(str(interaction.locale)))
        await say(interaction, sentence, self.services)
        return False

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell an unexpected error of a command."""
        await report(interaction, cause_of(error), self.services.catalogue)


def _is_free(interaction: discord.Interaction) -> bool:
    command = interaction.command
    return isinstance(command, app_commands.Command) and command.qualified_name.partition(" ")[0] in FREE
