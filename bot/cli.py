"""The command line: `onrecord run`, `playground`, `ask`, `check`, `schema`."""

import asyncio
import json
import logging
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine
from contextlib import suppress
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import StartError, __version__
from bot.answering.context import Utterance
from bot.answering.machine import machine_readable
from bot.answering.reply import Explanation
from bot.answering.telling.catalogue import LANGUAGES, catalogue, language_of
from bot.answering.telling.text import reply_text
from bot.app import SystemClock, open_app, open_assistant, open_encoder
from bot.library.library import read_knowledge
from bot.library.problems import has_errors
from bot.library.schema import schemas
from bot.library.votes import UNFITTED
from bot.matching.deciding.context import CONTEXT_SIGNALS
from bot.matching.deciding.signals import SIGNALS
from bot.settings import Settings, SettingsError, read_settings

app = typer.Typer(
    name="onrecord",
    help="Answer questions about a news story from curated, sourced facts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
MAX_CANDIDATES = 5  # rows in the --why table
MEANINGS = {name: signal.meaning for name, signal in (*SIGNALS.items(), *CONTEXT_SIGNALS.items())}
FILE_TABLE_COLUMNS = 200  # width of a table that is written to a file
TABLE_HEADINGS = (
    *("fact", "probability", "as typed", "as read", "nearest utterance", "by words", "by meaning"),
    *("known", "unknown", "against it"),
)
error_console = Console(stderr=True, highlight=False, soft_wrap=True)

NOT_CONNECTED = (
    "DISCORD_TOKEN is not set, so the bot is not on Discord. To connect it, create a bot at "
    "https://discord.com/developers/applications and put its token in .env (see the README)."
)
NO_PLAYGROUND = "The playground needs the extra `playground`: pip install 'onrecord[playground]'."
DEFAULT_PORT = 8765


class SchemaName(StrEnum):
    """The files that have a schema."""

    STORY = "story"
    SOURCE = "source"


def main() -> None:
    """Run the command line."""
    app()


def _version(*, wanted: bool) -> None:
    if wanted:
        print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def onrecord(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda wanted: _version(wanted=wanted), is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Answer questions about a news story from curated, sourced facts."""


@app.command()
def run() -> None:
    """Start the bot on Discord; without a token, open the playground in a browser, or else a conversation here."""
    settings = _settings()
    try:
        token = settings.token()
    except SettingsError as error:
        _fail(str(error))
    if token:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        _run_async(_serve(settings, token))
        return
    error_console.print(NOT_CONNECTED, markup=False)
    if find_spec("simcord"):
        _run_async(_play(settings, None, _machine_language(), browser=True))
    elif _at_terminal():
        _run_async(_converse(settings, None))
    else:
        _fail(NO_PLAYGROUND)


@app.command()
def playground(
    *,
    port: Annotated[int, typer.Option(min=1024, max=65_500, help="Port of the page.")] = DEFAULT_PORT,
    locale: Annotated[str | None, typer.Option(help="Language of the pages: fr or en.")] = None,
    knowledge: Annotated[Path | None, typer.Option(help="Folder of the fact base.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Try the bot in a browser, without a Discord account; saved facts are reloaded."""
    if not find_spec("simcord"):
        _fail(NO_PLAYGROUND)
    settings = _settings(knowledge=knowledge)
    _run_async(_play(settings, port, _language(locale) or _machine_language(), browser=browser))


@app.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="A question, or - for one per line on standard input.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per question.")] = False,
    locale: Annotated[str | None, typer.Option(help="Answer in this language: fr or en.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Show the nearest facts, and what counts against each.")] = False,
    conversation: Annotated[
        bool,
        typer.Option("--conversation", help="Treat the lines as one conversation, so that follow-ups work."),
    ] = False,
) -> None:
    """Ask a question; without one, open a conversation."""
    settings, locale = _settings(), _language(locale)
    if text is None and _at_terminal():
        _run_async(_converse(settings, locale))
        return
    questions = _questions(None if text in {None, "-"} else text, locale, conversation=conversation)
    _run_async(_explain(settings, questions) if why else _answer(settings, questions, as_json=as_json))


@app.command()
def check(
    articles: Annotated[Path | None, typer.Option(help="Folder of the articles' texts, to verify quotations.")] = None,
    knowledge: Annotated[Path | None, typer.Option(help="Folder of the fact base.")] = None,
) -> None:
    """Check the fact base: every rule, every quotation, and each story's own questions."""
    settings = _settings(articles=articles, knowledge=knowledge)
    if settings.articles and not settings.articles.is_dir():
        _fail(f"ONRECORD_ARTICLES: there is no folder {settings.articles}.")
    try:
        reading = read_knowledge(settings.knowledge, settings.seeds_folder, settings.articles, open_encoder(settings))
    except SettingsError as error:
        _fail(str(error))
    for problem in reading.problems:
        print(problem)
    errors = sum(problem.level == "error" for problem in reading.problems)
    warnings = sum(problem.level == "warning" for problem in reading.problems)
    for edition in reading.shelf.editions if reading.shelf else ():
        story = edition.story
        print(
            f"{story.id}: {len(story.facts)} facts, {len(story.entities)} entities, {len(story.events)} events, "
            f"{len(story.questions)} questions ({edition.answered:.0%} of those in scope answered)"
        )
    print(f"{errors} errors, {warnings} warnings")
    if has_errors(reading.problems):
        raise typer.Exit(1)


@app.command()
def schema(name: Annotated[SchemaName, typer.Argument(help="Which kind of file.")] = SchemaName.STORY) -> None:
    """Print the JSON Schema of story files, or of article records."""
    print(json.dumps(schemas()[name], ensure_ascii=False, indent=2))


def _settings(**overrides: Any) -> Settings:
    try:
        return read_settings(**overrides)
    except SettingsError as error:
        _fail(str(error))


def _fail(sentence: str) -> NoReturn:
    error_console.print(sentence, style="red", markup=False)
    raise typer.Exit(2)


def _run_async(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end; if the admin has to correct something, print it without a traceback."""
    try:
        asyncio.run(work)
    except StartError as error:
        _fail(str(error))
    except BrokenPipeError:  # the reader of the output, such as head, has closed it
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for the flush at exit
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


async def _play(settings: Settings, port: int | None, locale: str, *, browser: bool) -> None:
    """Run the playground until Ctrl-C or until its page closes it; without a port, use the first free one."""
    from bot.playground.serve import free_port, open_playground

    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with open_playground(settings, port or free_port(DEFAULT_PORT), locale) as open_world:
        print(f"The bot, as on Discord: {open_world.address}")
        print(f"For curators:           {open_world.pane_address}")
        print("Press Ctrl-C to stop. Anyone on this machine who has these addresses can use them.", flush=True)
        if browser:  # in a thread, since a text browser blocks until it is closed
            threading.Thread(target=webbrowser.open, args=(open_world.address,), daemon=True).start()
        ended = asyncio.create_task(open_world.preview.wait_closed())
        await asyncio.wait([ended, asyncio.create_task(stopped.wait())], return_when=asyncio.FIRST_COMPLETED)


async def _serve(settings: Settings, token: str) -> None:
    """Stay connected until a signal; rows waiting for the journal are written before exit."""
    import discord

    async with open_app(settings) as parts:
        loop, serving = asyncio.get_running_loop(), asyncio.create_task(parts.client.start(token))
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, serving.cancel)
        try:
            await serving
        except asyncio.CancelledError:
            logging.getLogger(__name__).info("stopping")
        except discord.LoginFailure:
            _fail("DISCORD_TOKEN: Discord rejects this token; copy it again from the developer portal.")
        except (OSError, discord.DiscordException) as error:
            _fail(f"Discord cannot be reached: {error}")


async def _answer(settings: Settings, questions: AsyncIterable[Utterance], *, as_json: bool) -> None:
    async with open_assistant(settings) as (assistant, _library):
        async for question in questions:
            reply = await assistant.ask(question)
            said = reply_text(reply, catalogue())
            print(json.dumps(machine_readable(reply, said), ensure_ascii=False) if as_json else said, flush=True)


async def _explain(settings: Settings, questions: AsyncIterable[Utterance]) -> None:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else FILE_TABLE_COLUMNS)
    async with open_assistant(settings) as (assistant, _library):
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


async def _converse(settings: Settings, locale: str | None) -> None:
    async with open_assistant(settings, journalled=True) as (assistant, library):
        stories = [edition.story for edition in library.current.editions]
        print(*(story.story.title.get(locale or story.languages[0]) for story in stories), sep="\n", end="\n\n")
        while (question := await _read_line(lambda: input("> "))) is not None:
            reply = await assistant.ask(_terminal_utterance(question, locale, 0))
            print(f"{reply_text(reply, catalogue())}\n")


def _language(locale: str | None) -> str | None:
    """Return the interface language of a locale such as fr-FR; exit with an error if there is none."""
    code = (locale or "").partition("-")[0].lower()
    if locale is not None and code not in LANGUAGES:
        _fail(f"--locale: {locale!r} is not one of {', '.join(LANGUAGES)}.")
    return code or None


def _machine_language() -> str:
    """Return the interface language of the machine's locale."""
    return language_of((os.environ.get("LC_ALL") or os.environ.get("LANG") or "").replace("_", "-"))


def _at_terminal() -> bool:
    return sys.stdin.isatty()


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
    loop = asyncio.get_running_loop()
    line: asyncio.Future[str | None] = loop.create_future()

    def wait() -> None:
        try:
            typed: str | None = read()
        except EOFError:
            typed = None
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(lambda: None if line.done() else line.set_result(typed))

    threading.Thread(target=wait, daemon=True).start()
    return await line


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
