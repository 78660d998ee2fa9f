"""What a user sees when something unexpected happens: one sentence with a reference that is in the log."""

import logging
from secrets import token_hex

import discord
from discord import app_commands

from bot.answering.catalogue import Catalogue, language_of

log = logging.getLogger(__name__)


async def report(interaction: discord.Interaction, error: BaseException, catalogue: Catalogue) -> None:
    """Log an error and tell the user its reference; an interaction that is gone is only logged."""
    reference = token_hex(4)
    log.error("failure %s", reference, exc_info=error)
    sentence = catalogue.text(language_of(str(interaction.locale)), "failure", reference=reference)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except discord.HTTPException:
        log.warning("failure %s could not be told to the user", reference)


class Tree(app_commands.CommandTree):
    """A command tree whose errors reach the user as one sentence."""

    catalogue: Catalogue

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Tell an unexpected error of a command."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await report(interaction, cause, self.catalogue)
