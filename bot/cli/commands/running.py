"""The commands that start the bot or ask it, and what those who run it need."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.commands.options import Browser, Knowledge, Port
from bot.cli.defaults import DEFAULT_DESK_PORT, DEFAULT_PORT
from bot.cli.waiting import loading


def run(*, knowledge: Knowledge = None) -> None:
    """Start the bot on Discord; without a token, open the playground in a browser, or else a conversation here."""
    from bot.cli import serving

    serving.run(knowledge)


def playground(
    *,
    port: Port = DEFAULT_PORT,
    locale: Annotated[str | None, typer.Option(help="Language of the pages, such as fr.")] = None,
    knowledge: Knowledge = None,
    browser: Browser = True,
) -> None:
    """Try the bot in a browser, without a Discord account; saved facts are reloaded."""
    from bot.cli import serving

    serving.playground(port, locale, knowledge, browser=browser)


def desk(
    *,
    port: Port = DEFAULT_DESK_PORT,
    locale: Annotated[str | None, typer.Option(help="Language of the pages; the browser's if left out.")] = None,
    knowledge: Knowledge = None,
    browser: Browser = True,
) -> None:
    """Open the editors' desk in a browser: what readers lack and report, and how each fact can be asked for."""
    from bot.cli import serving

    serving.desk(port, locale, knowledge, browser=browser)


def ask(
    text: Annotated[str | None, typer.Argument(help="A question, or - for one per line on standard input.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per question.")] = False,
    locale: Annotated[str | None, typer.Option(help="Answer in this language, such as fr.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Show the nearest facts, and what counts against each.")] = False,
    conversation: Annotated[
        bool,
        typer.Option("--conversation", help="Treat the lines as one conversation, so that follow-ups work."),
    ] = False,
    knowledge: Knowledge = None,
) -> None:
    """Ask a question; without one, open a conversation."""
    with loading():
        from bot.cli import asking

    asking.ask(text, locale, knowledge, as_json=as_json, why=why, conversation=conversation)


def backup(folder: Annotated[Path, typer.Argument(help="A new folder for the copies.")]) -> None:
    """Copy the bot's database and its key while the bot runs."""
    from bot.cli import keeping

    keeping.backup(folder)
