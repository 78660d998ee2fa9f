"""Log lines for operators: what is expected takes one line, and only bugs have a traceback."""

import logging

import aiohttp
import discord
from discord import app_commands

from bot import JournalUnreachableError
from bot.surface.platform import limits

ONE_LINE = 300  # characters
EXPECTED = (
    *(discord.RateLimited, discord.GatewayNotFound, discord.ConnectionClosed),
    *(aiohttp.ClientError, ConnectionError, TimeoutError, JournalUnreachableError),
)


def is_expected(error: BaseException | None) -> bool:
    """Return whether an error is no bug: Discord is away, refuses too late, or has reset the token; no connection."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, discord.HTTPException):
        statuses = error.status >= limits.SERVER_ERROR or error.status in {
            limits.TOO_MANY_REQUESTS,
            limits.UNAUTHORIZED,
        }
        return statuses or error.code in limits.GONE_CODES
    return isinstance(error, EXPECTED)


def one_line(error: BaseException) -> str:
    """Return an error's class and text on one line, clipped."""
    return limits.clip(" ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":"), ONE_LINE)


class ExpectedInOneLine(logging.Filter):
    """Logs what is expected as a warning in one line, whoever logs it; discord.py would log a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the traceback of an expected error by the error's own line."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and is_expected(error):
            record.msg, record.args = f"{record.getMessage()}: {one_line(error)}", None
            record.exc_info = record.exc_text = None
            if record.levelno > logging.WARNING:
                record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True


def log_what_is_news() -> None:
    """Let every handler of the root logger log what is expected in one line, and nothing that is no news."""
    logging.getLogger("alembic").setLevel(logging.WARNING)  # each step of a start
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # voice is not used
    for handler in logging.getLogger().handlers:
        handler.addFilter(ExpectedInOneLine())
