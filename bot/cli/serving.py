"""The commands that start the bot: `run` on Discord, `playground` in a browser."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from bot import JournalUnreachableError
from bot.app import App, open_app
from bot.cli.asking import converse
from bot.cli.browsing import opened_in_browser, write_page
from bot.cli.common import (
    at_terminal,
    error_console,
    fail,
    language_or_exit,
    machine_language,
    run_async,
    stories_or_exit,
)
from bot.cli.defaults import DEFAULT_PORT
from bot.cli.signals import on_stop
from bot.cli.waiting import opening
from bot.settings import Settings, SettingsError

NOT_CONNECTED = (
    "DISCORD_TOKEN is not set, so the bot is not on Discord. To connect it, create a bot at "
    "https://discord.com/developers/applications and put its token in .env (docs/start.md has each step)."
)
NO_PLAYGROUND = "The playground needs the extra `playground`: pip install 'onrecord[playground]'."
NO_DESK = "The desk needs the extra `desk`: pip install 'onrecord[desk]'."
NO_METRICS = "ONRECORD_METRICS_PORT needs the extra `metrics`: pip install 'onrecord[metrics]'."
ANSWERS_TOO = "answers for this token on this database; stop it, or give each a token and a database of its own"


def run(knowledge: Path | None) -> None:
    """Start the bot on Discord; without a token, open the playground in a browser, or else a conversation here."""
    settings = stories_or_exit(knowledge=knowledge)
    try:
        token = settings.token()
    except SettingsError as error:
        fail(str(error))
    if token:
        from bot.operations.logs import set_up_logging

        set_up_logging(settings.log_format)
        run_async(_serve(settings, token))
        return
    error_console.print(NOT_CONNECTED, markup=False)
    if find_spec("simcord"):
        run_async(_play(settings, None, machine_language(), browser=True))
    elif at_terminal():
        run_async(converse(settings, None))
    else:
        fail(NO_PLAYGROUND)


def playground(port: int, locale: str | None, knowledge: Path | None, *, browser: bool) -> None:
    """Try the bot in a browser, without a Discord account; saved facts are reloaded."""
    if not find_spec("simcord"):
        fail(NO_PLAYGROUND)
    settings = stories_or_exit(knowledge=knowledge)
    run_async(_play(settings, port, language_or_exit(locale) or machine_language(), browser=browser))


def desk(port: int, locale: str | None, knowledge: Path | None, *, browser: bool) -> None:
    """Open the editors' desk in a browser: what readers lack and report, and how each fact can be asked for."""
    if not find_spec("starlette"):
        fail(NO_DESK)
    run_async(_serve_desk(stories_or_exit(knowledge=knowledge), port, language_or_exit(locale), browser=browser))


async def _play(settings: Settings, port: int | None, locale: str, *, browser: bool) -> None:
    """Run the playground until Ctrl-C; without a port, use the first free one."""
    from bot.playground.serve import free_port, open_playground

    stopped = asyncio.Event()
    on_stop(stopped.set)
    playground = open_playground(settings, port or free_port(DEFAULT_PORT), locale)
    async with opening(playground) as open_world:
        print(f"The bot, as on Discord: {open_world.address}")
        print(f"For editors:            {open_world.desk_address}")
        print("Press Ctrl-C to stop. Anyone on this machine who has these addresses can use them.", flush=True)
        with opened_in_browser(open_world.address if browser else None):
            await stopped.wait()


async def _serve(settings: Settings, token: str) -> None:
    """Stay connected until a signal; rows waiting for the journal are written before exit."""
    from bot.surface.platform.logs import log_what_is_news

    log_what_is_news()
    async with (
        _logged_app(settings) as parts,
        _desk_beside(parts, settings),
        _operations_beside(parts, settings),
        _alone(parts, settings, token) as alone,
    ):
        serving = asyncio.create_task(parts.client.start(token))
        on_stop(serving.cancel)
        await asyncio.wait([serving, alone], return_when=asyncio.FIRST_COMPLETED)
        if alone.done():
            serving.cancel()
            await asyncio.wait([serving])
            await alone  # raises what it found
        try:
            await serving
        except asyncio.CancelledError:
            logging.getLogger(__name__).info("stopping")


@asynccontextmanager
async def _logged_app(settings: Settings) -> AsyncIterator[App]:
    """Open the app, and log one event for each exchange."""
    from bot.operations.logs import exchange_logger

    async with open_app(settings) as app:
        app.journal.observe(exchange_logger(lambda: app.client.shard_count))
        yield app


@asynccontextmanager
async def _alone(app: App, settings: Settings, token: str) -> AsyncIterator[asyncio.Task[None]]:
    """Be the only process that answers for its shards, or else raise LeaseLostError: two would answer everything twice.

    The task ends only if another process does so meanwhile.
    """
    leases, name = app.journal.leases, sha256(token.encode()).hexdigest()[:16]
    keys = {f"token {name} shard {shard}" for shard in settings.shard_ids or {0}}
    await leases.wait_for(keys, ANSWERS_TOO)
    keeping = asyncio.create_task(leases.keep(keys, ANSWERS_TOO))
    try:
        yield keeping
    finally:
        keeping.cancel()
        with suppress(JournalUnreachableError):  # they end by themselves
            await leases.release(keys)


@asynccontextmanager
async def _desk_beside(app: App, settings: Settings) -> AsyncIterator[None]:
    """Serve the desk of the running bot if the settings give it a port."""
    if settings.desk_port is None:
        yield
        return
    from bot.desk.opening import desk_of
    from bot.desk.server import serve_desk

    async with serve_desk(desk_of(app, settings), settings.desk_port) as address:
        page = settings.cache_folder / f"desk-{settings.desk_port}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        write_page(page, address)  # a log is read by more people than the desk
        logging.getLogger(__name__).info("the editors' desk is open; %s leads there, for its owner alone", page)
        try:
            yield
        finally:
            page.unlink(missing_ok=True)


@asynccontextmanager
async def _operations_beside(app: App, settings: Settings) -> AsyncIterator[None]:
    """Serve the measures of the running bot if the settings give them a port."""
    if settings.metrics_port is None:
        yield
        return
    if not find_spec("prometheus_client"):
        fail(NO_METRICS)
    from bot.operations.measured import MeasuredApp
    from bot.operations.metrics import Metrics
    from bot.operations.server import serve_operations

    bot = MeasuredApp(app)
    metrics = Metrics(bot)
    app.journal.observe(metrics.count)
    async with serve_operations(bot, metrics, settings.metrics_port, settings.metrics_host):
        yield


async def _serve_desk(settings: Settings, port: int, locale: str | None, *, browser: bool) -> None:
    """Serve the desk until a signal, and load what is saved."""
    from bot.desk.opening import open_desk
    from bot.desk.server import serve_desk

    async with opening(open_desk(settings, locale)) as desk, serve_desk(desk, port) as address:
        print(f"The editors' desk: {address}")
        print("Press Ctrl-C to stop. Anyone on this machine who has this address can use it.", flush=True)
        stopped = asyncio.Event()
        on_stop(stopped.set)
        with opened_in_browser(address if browser else None):
            await stopped.wait()
