"""The commands that start the bot: `run` on Discord, `playground` in a browser."""

import asyncio
import logging
import signal
import threading
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_app
from bot.cli.asking import converse
from bot.cli.common import (
    at_terminal,
    error_console,
    fail,
    language_or_exit,
    machine_language,
    run_async,
    settings_or_exit,
)
from bot.settings import Settings, SettingsError

NOT_CONNECTED = (
    "DISCORD_TOKEN is not set, so the bot is not on Discord. To connect it, create a bot at "
    "https://discord.com/developers/applications and put its token in .env (see the README)."
)
NO_PLAYGROUND = "The playground needs the extra `playground`: pip install 'onrecord[playground]'."
DEFAULT_PORT = 8765


def run() -> None:
    """Start the bot on Discord; without a token, open the playground in a browser, or else a conversation here."""
    settings = settings_or_exit()
    try:
        token = settings.token()
    except SettingsError as error:
        fail(str(error))
    if token:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        run_async(_serve(settings, token))
        return
    error_console.print(NOT_CONNECTED, markup=False)
    if find_spec("simcord"):
        run_async(_play(settings, None, machine_language(), browser=True))
    elif at_terminal():
        run_async(converse(settings, None))
    else:
        fail(NO_PLAYGROUND)


def playground(
    *,
    port: Annotated[int, typer.Option(min=1024, max=65_500, help="Port of the page.")] = DEFAULT_PORT,
    locale: Annotated[str | None, typer.Option(help="Language of the pages: fr or en.")] = None,
    knowledge: Annotated[Path | None, typer.Option(help="Folder of the fact base.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Try the bot in a browser, without a Discord account; saved facts are reloaded."""
    if not find_spec("simcord"):
        fail(NO_PLAYGROUND)
    settings = settings_or_exit(knowledge=knowledge)
    run_async(_play(settings, port, language_or_exit(locale) or machine_language(), browser=browser))


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
            fail("DISCORD_TOKEN: Discord rejects this token; copy it again from the developer portal.")
        except (OSError, discord.DiscordException) as error:
            fail(f"Discord cannot be reached: {error}")
