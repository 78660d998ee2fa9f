"""What the commands share: settings, errors as sentences, the terminal, and the language of the user's machine."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.console import Console

from bot import StartError

if TYPE_CHECKING:
    from bot.settings import Settings

NO_STORIES = (
    "There is no folder {folder}, where the stories should be. `onrecord init` makes a working folder with an example; "
    "--knowledge, or ONRECORD_KNOWLEDGE in .env, names a folder elsewhere."
)
INSIDE = " You are inside a folder of stories: `--knowledge {folder}` names it."
AROUND = {".": "*/story.yml", "..": "story.yml"}  # the folder of the stories, if such a file is here

error_console = Console(stderr=True, highlight=False, soft_wrap=True)


def settings_or_exit(**overrides: Any) -> "Settings":
    """Return the settings; exit with a sentence if one cannot be used."""
    from bot.settings import SettingsError, read_settings

    try:
        return read_settings(**overrides)
    except SettingsError as error:
        fail(str(error))


def stories_or_exit(**overrides: Any) -> "Settings":
    """Return the settings; exit with what to do next if the folder of the fact base is not there."""
    settings = settings_or_exit(**overrides)
    if not settings.knowledge.is_dir():
        around = [folder for folder, files in AROUND.items() if any(Path().glob(files))]
        inside = INSIDE.format(folder=around[0]) if around else ""
        fail(NO_STORIES.format(folder=settings.knowledge) + inside)
    return settings


def fail(sentence: str, status: int = StartError.status) -> NoReturn:
    """Print what is wrong and exit."""
    error_console.print(sentence, style="red", markup=False)
    raise typer.Exit(status)


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end; if the admin has to correct something, print it without a traceback."""
    try:
        asyncio.run(work)
    except StartError as error:
        fail(str(error), error.status)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def language_or_exit(locale: str | None) -> str | None:
    """Return the interface language of a locale such as fr-FR; exit with an error if there is none."""
    from bot.answering.telling.catalogue import LANGUAGES

    code = (locale or "").partition("-")[0].lower()
    if locale is not None and code not in LANGUAGES:
        fail(f"--locale: {locale!r} is not one of {', '.join(LANGUAGES)}.")
    return code or None


def since_or_exit(date: str | None) -> datetime | None:
    """Return the first moment of the date (EDTF) of `--since`, in UTC; exit with an error if it is none."""
    from bot.story.dates import DateError, ImpreciseDate

    if date is None:
        return None
    try:
        return datetime.combine(ImpreciseDate.parse(date).earliest, time(), UTC)
    except DateError as error:
        fail(f"--since: {error}.")


def printable(text: str) -> str:
    """Return what a reader typed on one line, without characters that could control the terminal."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def machine_language() -> str:
    """Return the interface language of the machine's locale."""
    from bot.answering.telling.catalogue import language_of

    return language_of((os.environ.get("LC_ALL") or os.environ.get("LANG") or "").replace("_", "-"))


def at_terminal() -> bool:
    """Return whether somebody can type answers."""
    return sys.stdin.isatty()
