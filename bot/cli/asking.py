"""The command `ask`: a question, a list of them, or a conversation in the terminal."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterable, AsyncIterator, Callable
from concurrent.futures import Future
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.answering.context import Utterance
from bot.answering.languages import title_of
from bot.answering.machine import machine_readable
from bot.answering.reply import Explanation
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.text import reply_text
from bot.app import SystemClock, open_assistant
from bot.cli.common import at_terminal, fail, language_or_exit, printable, run_async, stories_or_exit
from bot.cli.streams import json_text
from bot.cli.waiting import opening
from bot.library.votes import UNFITTED
from bot.matching.deciding.context import CONTEXT_SIGNALS
from bot.matching.deciding.signals import SIGNALS
from bot.settings import Settings

MAX_CANDIDATES = 5  # rows in the --why table
MEANINGS = {name: signal.meaning for name, signal in (*SIGNALS.items(), *CONTEXT_SIGNALS.items())}
FILE_TABLE_COLUMNS = 200  # width of a table that is written to a file
TABLE_HEADINGS = (
    *("fact", "probability", "as typed", "as read", "nearest utterance", "by words", "by meaning"),
    *("known", "unknown", "against it"),
)


def ask(
    text: str | None,
    locale: str | None,
    knowledge: Path | None,
    *,
    as_json: bool,
    why: bool,
    conversation: bool,
) -> None:
    """Ask a question; without one, open a conversation."""
    if as_json and why:
        fail("--json and --why are two forms of a reply; give one of them.")
    settings, locale = stories_or_exit(knowledge=knowledge), language_or_exit(locale)
    if text is None and at_terminal():
        run_async(converse(settings, locale))
        return
    questions = _questions(None if text in {None, "-"} else text, locale, conversation=conversation)
    if why:
        run_async(_explain(settings, questions))
    else:
        run_async(_answer(settings, questions, as_json=as_json, is_list=text in {None, "-"}))


async def _answer(settings: Settings, questions: AsyncIterable[Utterance], *, as_json: bool, is_list: bool) -> None:
    """Print the answers; those of a list each under its question, with an empty line between them."""
    separator = ""
    async with opening(open_assistant(settings)) as (assistant, _library):
        async for question in questions:
            reply = await assistant.ask(question)
            said = reply_text(reply, catalogue())
            if as_json:
                print(json_text(machine_readable(reply, said)), flush=True)
                continue
            if is_list:
                print(f"{separator}> {printable(question.text)}")
                separator = "\n"
            print(said, flush=True)


async def _explain(settings: Settings, questions: AsyncIterable[Utterance]) -> None:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else FILE_TABLE_COLUMNS)
    async with opening(open_assistant(settings)) as (assistant, _library):
        async for question in questions:
            explanation = await assistant.explain(question.context, question.text, in_conversation=True)
            table = Table(title=escape(_heading(explanation)), title_justify="left")
            for column in TABLE_HEADINGS:
                table.add_column(column)
            for item in explanation.candidates[:MAX_CANDIDATES]:
                scores = (f"{score:.2f}" for score in (item.probability, item.as_typed, item.as_read))
                near = ("" if cosine is None else f"{cosine:.2f}" for cosine in (item.lexical, item.semantic))
                evidence = item.evidence
                words = (", ".join(part) for part in (evidence.known, evidence.unknown, evidence.against))
                table.add_row(item.fact, *scores, escape(item.utterance), *near, *map(escape, words))
            console.print(table)
            console.print(catalogue().text("en", f"why.rule.{explanation.rule}"), markup=False)
            if not explanation.is_fitted:
                console.print(UNFITTED, markup=False)
            for item in explanation.candidates[:1]:
                console.print(f"What moved the vote on {item.fact} most:")
                for name, added in item.strongest:
                    console.print(f"  {added:+.1f} {MEANINGS[name]}")


def _heading(explanation: Explanation) -> str:
    cause = f", {explanation.cause}" if explanation.cause else ""
    understood = f" (understood as: {explanation.understood})" if explanation.understood != explanation.question else ""
    outcome = (
        f"{explanation.outcome}{cause} by the rule '{explanation.rule}' (an answer needs {explanation.answer:.2f})"
    )
    return f"{explanation.question}{understood}: {outcome}"


async def converse(settings: Settings, locale: str | None) -> None:
    """Answer one line of the terminal after the other until the input ends."""
    async with opening(open_assistant(settings, journalled=True)) as (assistant, library):
        stories = [edition.story for edition in library.current.editions]
        print(*(title_of(story, locale or story.languages[0]) for story in stories), sep="\n", end="\n\n")
        while (question := await _read_line(lambda: input("> "))) is not None:
            reply = await assistant.ask(_terminal_utterance(question, locale, 0))
            print(f"{reply_text(reply, catalogue())}\n")


async def _questions(text: str | None, locale: str | None, *, conversation: bool) -> AsyncIterator[Utterance]:
    """Yield the question, or one per line of standard input as it arrives.

    The last question is remembered by channel, so without a conversation each line gets its own channel.
    """
    if text is not None:
        yield _terminal_utterance(text, locale, 0)
        return
    number = 0
    while line := await _read_line(sys.stdin.readline):
        yield _terminal_utterance(line.rstrip("\r\n"), locale, 0 if conversation else number)
        number += 1


async def _read_line(read: Callable[[], str]) -> str | None:
    """Read a line in a daemon thread, so that Ctrl-C does not wait for it; return None at the end of the input."""
    line: Future[str | None] = Future()
    line.set_running_or_notify_cancel()  # so that Ctrl-C does not cancel it under the thread

    def wait() -> None:
        try:
            line.set_result(read())
        except EOFError:
            line.set_result(None)
        except Exception as error:  # noqa: BLE001 - raised where the line is awaited
            line.set_exception(error)

    threading.Thread(target=wait, daemon=True).start()
    return await asyncio.wrap_future(line)


def _terminal_utterance(text: str, locale: str | None, channel: int) -> Utterance:
    return Utterance(
        text=text,
        locale=locale or "",
        author=0,
        channel=channel,
        guild=None,
        surface="terminal",
        at=SystemClock().now(),
        reply_in=locale,
    )
