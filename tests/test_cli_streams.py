"""Standard input, output and signals of any machine: other encodings, and loops that take no handlers."""

import asyncio
import errno
import io
import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest

from bot.cli.asking import _read_line
from bot.cli.signals import STOPPING, on_stop
from bot.cli.streams import (
    data_output,
    json_text,
    open_closed_streams,
    output_that_may_fail,
    replace_what_does_not_fit,
)
from tests.conftest import PATIENCE

SAID = "élu au § 3 — 佐藤"


@pytest.fixture
def kept_handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in STOPPING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def _output(monkeypatch: pytest.MonkeyPatch, encoding: str) -> io.BytesIO:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    return written


def print_here_unflushed(text: str) -> None:
    sys.stdout.write(text)


def print_here(text: str) -> None:
    print_here_unflushed(text)
    sys.stdout.flush()


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("ascii", "?lu au ? 3 ? ??"), ("cp1251", "?lu au § 3 — ??"), ("cp437", "élu au ? 3 ? ??"), ("utf-8", SAID)],
)
def test_letters_that_the_terminal_lacks_are_printed_as_question_marks(
    monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str
) -> None:
    written = _output(monkeypatch, encoding)
    replace_what_does_not_fit()
    print_here(SAID)
    assert written.getvalue().decode(encoding).strip() == shown


@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "cp437", "utf-8"])
def test_json_loses_no_letter_whatever_the_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    written = _output(monkeypatch, encoding)
    print_here(json_text({"answer": SAID}))
    assert json.loads(written.getvalue().decode(encoding)) == {"answer": SAID}


def test_an_export_that_is_redirected_is_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    written = _output(monkeypatch, "cp1252")
    data_output()
    print_here(SAID)
    assert written.getvalue().decode("utf-8").strip() == SAID


def test_bytes_that_are_no_text_are_read_as_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Qui a \xe9t\xe9 ?\n"), encoding="utf-8"))
    replace_what_does_not_fit()
    assert sys.stdin.readline() == "Qui a \ufffdt\ufffd ?\n"


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_closed_stream_reads_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    monkeypatch.setattr(sys, stream, None)
    open_closed_streams()
    with getattr(sys, stream) as opened:
        assert opened.readline() == "" if stream == "stdin" else opened.write(SAID) == len(SAID)


class BadOutput(io.StringIO):
    """An output that cannot be written in the end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def flush(self) -> None:
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize(
    ("number", "ends", "said"),
    [
        (errno.ENOSPC, pytest.raises(SystemExit), "The output cannot be written: No space left on device.\n"),
        (errno.EPIPE, nullcontext(), ""),
        (errno.EBADF, pytest.raises(OSError, match="Bad file"), ""),
    ],
)
def test_an_output_that_cannot_be_written_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    ends: AbstractContextManager[object],
    said: str,
) -> None:
    """A full disk is told, a reader who has seen enough is not, and what nobody expects is raised."""
    monkeypatch.setattr(sys, "stdout", BadOutput(number))
    with ends, output_that_may_fail():
        print_here_unflushed(SAID)
    assert capsys.readouterr().err == said
    sys.stdout.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("{onrecord} --version > /dev/full", 74, "The output cannot be written: No space left on device."),
        ("{onrecord} --help > /dev/full", 74, "The output cannot be written: No space left on device."),
        ("{onrecord} --version >&-", 0, ""),
        ("{onrecord} schema | head -n 1", 0, "{"),
        ("PYTHONIOENCODING=ascii {onrecord} chekc", 2, "Did you mean 'check'?"),
    ],
)
def test_a_shell_is_told_what_is_wrong_without_a_traceback(command: str, status: int, said: str) -> None:
    line = command.format(onrecord=f"{shlex.quote(sys.executable)} -m bot")
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert said in done.stdout + done.stderr


async def test_an_input_that_cannot_be_read_ends_the_wait_for_it() -> None:
    def read() -> str:
        raise OSError("the terminal has gone")

    with pytest.raises(OSError, match="has gone"):
        await _read_line(read)


@pytest.mark.parametrize("number", STOPPING)
async def test_a_loop_that_takes_no_handlers_stops_on_signals_too(
    monkeypatch: pytest.MonkeyPatch, kept_handlers: None, number: signal.Signals
) -> None:
    def refuse(*_args: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(asyncio.get_running_loop(), "add_signal_handler", refuse)
    stopped = asyncio.Event()
    on_stop(stopped.set)
    signal.raise_signal(number)
    async with asyncio.timeout(PATIENCE):
        await stopped.wait()
