"""What is expected takes one line of the log; only bugs have a traceback."""

import logging
import socket

import aiohttp
import discord
import pytest
from discord import app_commands

from bot import JournalUnreachableError
from bot.surface.platform.logs import ExpectedInOneLine, is_expected
from tests.surface.platform.test_failures import refused
from tests.surface.platform.test_sync import command

EXPECTED: list[BaseException] = [
    refused(500, 0),
    refused(503, 0),
    refused(429, 0),
    refused(401, 0),
    *(refused(404, code) for code in (10062, 10008)),
    *(refused(403, code) for code in (50001, 50013)),
    refused(400, 40060),
    discord.RateLimited(31.0),
    aiohttp.ServerDisconnectedError(),
    ConnectionResetError(104, "reset"),
    TimeoutError(),
    JournalUnreachableError("away"),
    app_commands.CommandInvokeError(command("ask"), refused(404, 10062)),
]
BUGS: list[BaseException] = [
    refused(400, 50035),
    ValueError("ours"),
    FileNotFoundError("story.yml"),
    socket.herror(),
    app_commands.CommandInvokeError(command("ask"), ValueError("ours")),
]


def record_of(error: BaseException) -> logging.LogRecord:
    """Return what is logged of an error, as discord.py logs it."""
    with pytest.raises(type(error)):
        raise error
    raised = type(error), error, error.__traceback__
    return logging.LogRecord("discord", logging.ERROR, __file__, 1, "Ignoring exception in %s", ("on_x",), raised)


@pytest.mark.parametrize("error", EXPECTED)
def test_what_is_expected_is_a_warning_in_one_line(error: BaseException) -> None:
    record = record_of(error)
    assert ExpectedInOneLine().filter(record)
    line = logging.Formatter("%(levelname)s %(message)s").format(record)
    assert line.startswith("WARNING Ignoring exception in on_x: ")
    assert "\n" not in line


@pytest.mark.parametrize("error", BUGS)
def test_a_bug_keeps_its_traceback(error: BaseException) -> None:
    assert not is_expected(error)
    record = record_of(error)
    assert ExpectedInOneLine().filter(record)
    line = logging.Formatter("%(levelname)s %(message)s").format(record)
    assert line.startswith("ERROR")
    assert "Traceback" in line
