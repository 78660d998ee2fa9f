"""What a user sees when something unexpected happens: one sentence with a reference that is in the log."""

import logging
from secrets import token_hex

import discord
from discord import app_commands

from bot.surface.platform.limits import GONE, TOO_MANY_REQUESTS
from bot.surface.platform.parts import renderer_of

log = logging.getLogger(__name__)


def is_passing(error: BaseException) -> bool:
    """Tell whether nobody is at fault: what was to be answered is gone, is closed to the bot, or came too often."""
    if isinstance(error, discord.RateLimited):
        return True
    return isinstance(error, discord.HTTPException) and (error.code in GONE or error.status == TOO_MANY_REQUESTS)


def reference_of(error: BaseException) -> str:
    """Log an error; return the reference that finds it there."""
    reference = token_hex(4)
    log.error("failure %s", reference, exc_info=error)
    return reference


async def report(interaction: discord.Interaction, error: BaseException) -> None:
    """Log an error and tell the user its reference; an interaction that is gone is only logged."""
    if is_passing(error):
        log.warning("an interaction could not be answered: %s", error)
        return
    reference = reference_of(error)
    sentence = renderer_of(interaction).say("failure", reference=reference)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except discord.HTTPException:
        log.warning("failure %s could not be told to the user", reference)


async def report_command(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
    """Tell an unexpected error of a command; a check that refused somebody has told them why."""
    if isinstance(error, app_commands.CommandInvokeError):
        await report(interaction, error.original)
    elif not isinstance(error, app_commands.CheckFailure):
        await report(interaction, error)
