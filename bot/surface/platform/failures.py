"""Unexpected errors: logged with a reference, which the user sees in one sentence."""

import logging
from secrets import token_hex

import discord
from discord import app_commands

from bot import JournalUnreachableError
from bot.answering.workload import BusyError
from bot.surface.platform.attempts import ResponseLostError
from bot.surface.platform.limits import GONE_CODES, SERVER_ERROR, TOO_MANY_REQUESTS
from bot.surface.platform.logs import one_line
from bot.surface.platform.parts import renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import notify

log = logging.getLogger(__name__)

# what sending a message may raise
SENDING_ERRORS = (discord.HTTPException, discord.RateLimited, ResponseLostError, OSError)


def is_passing(error: BaseException) -> bool:
    """Return whether an error is not a bug: the target is gone or closed to the bot, or a rate limit was hit."""
    if isinstance(error, discord.RateLimited | ResponseLostError):  # what was lost may have been done
        return True
    return isinstance(error, discord.HTTPException) and (error.code in GONE_CODES or error.status == TOO_MANY_REQUESTS)


def may_pass(error: BaseException) -> bool:
    """Return whether the same request may succeed later: a rate limit, an error of Discord's, no connection."""
    if isinstance(error, discord.HTTPException):
        return error.status >= SERVER_ERROR or error.status == TOO_MANY_REQUESTS
    return isinstance(error, SENDING_ERRORS)


def reference_of(error: BaseException) -> str:
    """Log an error under a new reference, and return the reference."""
    reference = token_hex(4)
    log.error("failure %s", reference, exc_info=error)
    return reference


def failure_sentence(error: BaseException, renderer: Renderer) -> str:
    """Log an unexpected error, and return what to tell the user.

    The journal itself logs that it cannot be reached, and the workload that there is too much of it.
    """
    if isinstance(error, discord.RateLimited):
        log.warning("Discord takes no message for %.0f seconds, so a user is not answered", error.retry_after)
        return renderer.text("failure.rate_limit")
    if isinstance(error, JournalUnreachableError):
        return renderer.text("failure.unreachable")
    if isinstance(error, BusyError):
        return renderer.text("failure.busy")
    return renderer.text("failure", reference=reference_of(error))


async def tell_rate_limit(message: discord.Message, error: discord.RateLimited, renderer: Renderer) -> None:
    """Tell a message's author in a direct message that its channel takes no reply for now, and never raise."""
    try:
        sentence = failure_sentence(error, renderer)
        if message.guild:  # else the limit is that of the direct messages themselves
            await message.author.send(sentence)
    except Exception as untold:  # noqa: BLE001 - nobody could be told of that one either
        log.warning("the user could not be notified of a failure: %s", one_line(untold))


async def report_failure(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell the user of a failure, and never raise; an expired interaction is only logged."""
    if is_passing(error) and not isinstance(error, discord.RateLimited):
        log.warning("an interaction could not be answered: %s", error)
        return
    try:
        sentence = failure_sentence(error, renderer_of(interaction))
        await notify(interaction, sentence)
    except Exception as untold:  # noqa: BLE001 - nobody could be told of that one either
        log.warning("the user could not be notified of a failure: %s", one_line(untold))


async def report_command_failure(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
    """Log a command's unexpected error and send its reference; a failed check has already sent its own message."""
    if isinstance(error, app_commands.CommandInvokeError):
        await report_failure(interaction, error.original)
    elif not isinstance(error, app_commands.CheckFailure):
        await report_failure(interaction, error)
