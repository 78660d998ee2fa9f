"""Put the bot together: the only place that names every concrete class.

Discord and the database are imported when they are needed: a question in the terminal needs neither, and both take
longer to import than the story takes to load.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.answering.articles import Archive
from bot.answering.assistant import Assistant
from bot.answering.browse import Browser
from bot.answering.chronicle import Chronicle
from bot.answering.ports import Clock, Journal
from bot.answering.records import ShownMessage
from bot.answering.statements import Checker
from bot.answering.telling.catalogue import catalogue
from bot.answering.values import Exchange
from bot.library.cachefile import CacheFile
from bot.library.encoders import load_encoder
from bot.library.library import FileLibrary
from bot.library.vectors import VectorCache
from bot.library.watch import reload_on_save
from bot.matching.ranking.encoder import Encoder, installed
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.journal.journal import SqlJournal
    from bot.surface.client import OnRecordClient

NEVER_ON_DISK = "?"  # a text that loads the model: what a story says has lost its punctuation when it is encoded


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(UTC)

    def perf(self) -> float:
        """Return seconds that only go forward."""
        return time.perf_counter()


class NoJournal:
    """Keeps nothing: for questions that nobody put to the bot."""

    def record(self, exchange: Exchange) -> None:
        """Let the exchange go."""

    def show(self, shown: ShownMessage) -> None:
        """Let it go too."""

    def hide(self, message: int) -> None:
        """Forget nothing, since nothing is kept."""


class NoBindings:
    """Binds nothing: for questions from a terminal, which is nobody's server."""

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        """Say that no place is bound."""

    async def bind(self, place: int, story: str | None) -> None:
        """Leave the place unbound."""


@dataclass(frozen=True)
class App:
    """The parts of a running bot."""

    client: "OnRecordClient"
    assistant: Assistant
    library: FileLibrary
    journal: "SqlJournal"


@asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock | None = None, library: FileLibrary | None = None
) -> AsyncIterator[App]:
    """Load the stories, open the journal, build the client; close all of them on the way out.

    A library that is handed in is used as it is. Raises LibraryError where a story has errors, JournalError where the
    database cannot be used, and SettingsError where the encoder cannot.
    """
    from bot.journal.journal import open_journal
    from bot.surface.client import OnRecordClient
    from bot.surface.desk.facts import Editors
    from bot.surface.lookups.cog import paged_lists
    from bot.surface.platform.cooldowns import Cooldowns
    from bot.surface.platform.parts import Lookups, Parts, Readers
    from bot.surface.platform.sent_log import SentLog

    clock = clock or SystemClock()
    library = library or await _open_library(settings, loaded=True)
    hash_key = settings.hash_key.get_secret_value() if settings.hash_key else None
    async with open_journal(settings.database_url, hash_key) as journal:
        words = catalogue()
        assistant = Assistant(library, journal.bindings, journal, clock, words)
        lookups = Lookups(
            archive=Archive(library, journal.bindings, words),
            browser=Browser(library, journal.bindings, journal, clock, words),
            checker=Checker(library, journal.bindings, clock, words),
            chronicle=Chronicle(library, journal.bindings, journal.history, clock, words),
            bindings=journal.bindings,
        )
        parts = Parts(
            assistant=assistant,
            lookups=lookups,
            readers=Readers(journal.reports, journal.feedback, journal.privacy),
            lists=paged_lists(lookups, words),
            sent=SentLog(journal, journal.history, clock),
            cooldowns=Cooldowns(clock, settings.owners),
            catalogue=words,
            clock=clock,
        )
        editors = Editors(settings.editor_guilds, settings.owners)
        with _pointed_at(settings):
            async with (
                _watching(library, settings),
                OnRecordClient(parts, editors, library, journal, settings.contact) as client,
                _running(client.bulletin.run(library)),
            ):
                yield App(client, assistant, library, journal)


@asynccontextmanager
async def open_assistant(settings: Settings, *, keep: bool = False) -> AsyncIterator[tuple[Assistant, FileLibrary]]:
    """Load the stories and answer without Discord; exchanges are journalled where `keep` says so."""
    library = await _open_library(settings)
    async with AsyncExitStack() as stack:
        journal: Journal = NoJournal()
        if keep:
            from bot.journal.journal import open_journal

            hash_key = settings.hash_key.get_secret_value() if settings.hash_key else None
            journal = await stack.enter_async_context(open_journal(settings.database_url, hash_key))
        yield Assistant(library, NoBindings(), journal, SystemClock(), catalogue()), library


def open_encoder(settings: Settings) -> Encoder | None:
    """Return the encoder that the settings name, else the installed one; its vectors of the stories are kept on disk.

    Raises SettingsError if it cannot be found.
    """
    encoder = load_encoder(settings.encoder, settings.cache_folder) if settings.encoder else installed()
    return VectorCache(encoder, CacheFile(settings.cache_folder)) if encoder else None


async def _open_library(settings: Settings, *, loaded: bool = False) -> FileLibrary:
    """Load the stories; a bot has its model loaded too, so that the first reader need not wait for it."""
    encoder = await asyncio.to_thread(open_encoder, settings)
    library = await FileLibrary.open(settings.knowledge, settings.seeds_folder, settings.articles, encoder)
    if encoder and loaded:
        await asyncio.to_thread(encoder.encode, [NEVER_ON_DISK])
    return library


@asynccontextmanager
async def _watching(library: FileLibrary, settings: Settings) -> AsyncIterator[None]:
    """Reload the stories when their files are saved, where the settings say so."""
    if not settings.auto_reload:
        yield
        return
    async with _running(reload_on_save(library, (settings.knowledge, settings.seeds_folder))):
        yield


@asynccontextmanager
async def _running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Keep a long task going until the end of the block."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextmanager
def _pointed_at(settings: Settings) -> Iterator[None]:
    """Speak to another server than Discord's, where the settings name one; discord.py keeps its address in a class."""
    from discord.gateway import DiscordWebSocket
    from discord.http import Route
    from yarl import URL

    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    if settings.discord_api:
        Route.BASE = settings.discord_api.rstrip("/")
    if settings.discord_gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.discord_gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
