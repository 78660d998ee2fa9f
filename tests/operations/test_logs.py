"""The log: an object of JSON a line, or text on a terminal; one event an exchange, and nothing about a person."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import discord
import pytest

from bot.operations.logs import FIELDS, exchange_logger, set_up_logging
from bot.settings import LogFormat
from bot.surface.platform.logs import log_what_is_news
from tests.conftest import ROOT, OpenApp
from tests.fakes import utterance
from tests.journal.test_journal import exchange

TEXT = "Qui est le pont de Zénobie ?"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """Put back what a test changes of the log."""
    root, alembic, voice = logging.getLogger(), logging.getLogger("alembic"), discord.VoiceClient
    before = root.handlers[:], root.level, alembic.level, voice.warn_nacl, voice.warn_dave
    yield
    root.handlers[:], level, other, voice.warn_nacl, voice.warn_dave = before
    root.setLevel(level)
    alembic.setLevel(other)


def logged(form: LogFormat = "auto", stream: io.StringIO | None = None) -> io.StringIO:
    stream = stream or io.StringIO()
    logging.getLogger().handlers[:] = []  # pytest's own
    set_up_logging(form, stream)
    log_what_is_news()
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_line_is_an_object_whoever_logs_it() -> None:
    stream = logged()
    logging.getLogger("discord.gateway").warning("Shard ID %s is\nslow", 3)
    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"level": "warning", "logger": "discord.gateway", "event": "Shard ID 3 is\nslow"}


def test_a_fault_has_its_traceback_without_the_values_of_variables() -> None:
    for form in get_args(LogFormat):
        stream = logged(form, Terminal())
        try:
            secret = TEXT
            raise ValueError("ours")
        except ValueError:
            logging.getLogger("bot").exception("failed")
        assert secret not in stream.getvalue()
    assert "ValueError: ours" in stream.getvalue()


def test_what_is_expected_is_one_line_without_a_traceback() -> None:
    stream = logged()
    try:
        raise TimeoutError
    except TimeoutError:
        logging.getLogger("discord").exception("Attempting a reconnect")
    (line,) = lines(stream)
    assert (line["level"], line["event"]) == ("warning", "Attempting a reconnect: TimeoutError")
    assert "exception" not in line


@pytest.mark.parametrize(
    ("form", "stream", "is_json"),
    [
        ("auto", Terminal(), False),
        ("auto", io.StringIO(), True),
        ("text", io.StringIO(), False),
        ("json", Terminal(), True),
    ],
)
def test_the_format_is_text_on_a_terminal_unless_it_is_chosen(
    form: LogFormat, stream: io.StringIO, is_json: bool
) -> None:
    logged(form, stream)
    logging.getLogger("bot").info("stopping")
    assert stream.getvalue().startswith("{") == is_json
    assert "stopping" in stream.getvalue()
    assert "\x1b" not in stream.getvalue() or stream.isatty()


def test_neither_the_lack_of_voice_nor_a_step_of_alembic_is_news() -> None:
    stream = logged()
    discord.Client(intents=discord.Intents(guilds=True))
    logging.getLogger("alembic.runtime.migration").info("Running upgrade 0010 -> 0011")
    assert stream.getvalue() == ""


async def test_a_question_is_one_event_without_its_text_or_who_asked(opened: OpenApp) -> None:
    stream = logged()
    async with opened() as app:
        app.journal.observe(exchange_logger(lambda: app.client.shard_count))
        asked = utterance("Pourquoi le pont est-il fermé, demande Zénobie ?")
        reply = await app.assistant.ask(asked)
    events = [line for line in lines(stream) if line["event"] == "exchange"]
    (event,) = events
    assert set(event) <= {"event", "level", "logger", "timestamp", *FIELDS}
    assert (event["story"], event["version"], event["rule"][:1] != "") == (reply.story, reply.version, True)
    assert "Zénobie" not in stream.getvalue()
    assert not {asked.context.user, asked.context.channel, asked.context.guild} & set(event.values())


def test_the_shard_is_that_of_the_server() -> None:
    stream = logged()
    plain = exchange(1, TEXT)
    for guild in (5 << 22, None):
        exchange_logger(lambda: 4)(replace(plain, context=replace(plain.context, guild=guild)))
    assert [line["shard"] for line in lines(stream)] == [1, 0]
    assert [line["fact"] for line in lines(stream)] == ["bridge-closed"] * 2
    assert TEXT not in stream.getvalue()


@pytest.mark.slow
def test_a_command_that_writes_no_log_does_not_load_the_library() -> None:
    code = "import sys; from bot.cli import app; app(['--version'], standalone_mode=False); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    assert "structlog" not in ended.stdout.split()
    assert "bot.cli" in ended.stdout.split()
