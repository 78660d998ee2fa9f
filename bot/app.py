"""The composition root: the only module that names every concrete class.

Discord and the database are imported only when needed: a question in the terminal needs neither, and importing either
takes longer than loading a story.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.answering.assistant import Assistant
from bot.answering.attaching import Attaching
from bot.answering.editions import ReloadReport
from bot.answering.exchange import Exchange
from bot.answering.gaps import Gaps
from bot.answering.history import ShownMessage
from bot.answering.outbox import Outbox
from bot.answering.ports import Clock, History, Journal
from bot.answering.publishing import Publishing
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.answering.workload import Workload
from bot.library.background import collections_brief
from bot.library.cachefile import CacheFile
from bot.library.checked import CheckedCache
from bot.library.editing import FileEditing
from bot.library.encoders import load_encoder
from bot.library.library import FileLibrary, shelf_of
from bot.library.vectors import VectorCache
from bot.library.watch import reload_on_save
from bot.matching.ranking.encoder import Encoder, installed
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.journal.journal import SqlJournal
    from bot.surface.client import OnRecordClient

WARM_UP_TEXT = "?"  # never cached (the stories' texts are encoded without punctuation), so encoding it loads the model

# How long a thread may hold Python's lock: questions are decided in threads, and with Python's 5 ms the event loop and
# the journal would wait several times that long for every row and every event.
SWITCH_SECONDS = 0.001


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current time in UTC, timezone-aware."""
        return datetime.now(UTC)

    def perf(self) -> float:
        """Return seconds from a clock that never goes back."""
        return time.perf_counter()


class NoJournal:
    """A journal that stores nothing, for questions that no user asked the bot."""

    def record(self, exchange: Exchange) -> None:
        """Do not store the exchange."""

    def add_message(self, shown: ShownMessage) -> None:
        """Do not store the message."""

    def remove_message(self, message: int) -> None:
        """Do nothing: no message is stored."""


class NoBindings:
    """No bindings, for questions from a terminal, which is not in a server."""

    def story_of(self, guild: int | None, channel: int, parent: int | None = None) -> str | None:
        """Return None: nothing is bound."""

    async def bind(self, place: int, story: str | None, user: int | None = None) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class App:
    """The parts of a running bot."""

    client: "OnRecordClient"
    assistant: Assistant
    library: FileLibrary
    journal: "SqlJournal"
    publishing: Publishing
    workload: Workload


@asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock | None = None, library: FileLibrary | None = None
) -> AsyncIterator[App]:
    """Load the stories, open the journal and build the client; close them all at the end.

    Raises LibraryError if a story has errors, JournalError if the database cannot be used, and SettingsError if the
    encoder cannot. A `library` that is passed in is used as is.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    clock = clock or SystemClock()
    library = library or await _open_library(settings, warmed_up=True)
    async with _open_journal(settings) as journal:
        stories, outbox = Stories(library, journal.bindings, clock, catalogue()), Outbox(journal)
        workload = Workload(settings.questions_at_once)
        assistant, publishing = Assistant(stories, outbox, workload), Publishing(library, journal.history, clock)
        await publishing.record()
        journal.history.follow(publishing.follow)
        with _other_server(settings), closing(workload), closing(outbox), collections_brief():
            async with (
                _client(settings, library, journal, outbox, assistant, stories, clock) as client,
                _watching(library, settings, client.news.note_reload),
                running(publishing.run(client.bulletin.issue)),
                running(journal.retention.run(clock)),
                running(client.run_desk()),
            ):
                yield App(client, assistant, library, journal, publishing, workload)


def _client(
    settings: Settings,
    library: FileLibrary,
    journal: "SqlJournal",
    outbox: Outbox,
    assistant: Assistant,
    stories: Stories,
    clock: Clock,
) -> "OnRecordClient":
    """Build the client on its parts; it connects when it is started."""
    from bot.surface.client import DeskSettings, OnRecordClient, Shards
    from bot.surface.desk.editors import Editors
    from bot.surface.lookups.cog import paged_lists
    from bot.surface.platform.cooldowns import Cooldowns
    from bot.surface.platform.locales import Locales
    from bot.surface.platform.parts import Parts, Readers
    from bot.surface.platform.sent_log import SentLog
    from bot.surface.platform.underway import Underway

    parts = Parts(
        assistant=assistant,
        stories=stories,
        history=journal.history,
        readers=Readers(journal.question_log, journal.feedback, journal.privacy, journal.usage),
        lists=paged_lists(stories, journal.history),
        gaps=Gaps(library, journal.question_log),
        attaching=_attaching(settings, library, journal),
        sent=SentLog(outbox, journal.history, clock),
        cooldowns=Cooldowns(clock, settings.owners, journal.shared_uses),
        underway=Underway(clock),
        locales=Locales(),
        turns=journal.leases,
        catalogue=catalogue(),
        clock=clock,
    )
    editors = Editors(settings.editor_guilds, settings.owners)
    shards = Shards(settings.shard_count, tuple(sorted(settings.shard_ids)))
    desk = DeskSettings(settings.desk_channel, settings.desk_gap_readers)
    return OnRecordClient(parts, editors, library, outbox, journal, settings.contact, desk, journal.desk_log, shards)


@asynccontextmanager
async def open_assistant(
    settings: Settings, *, journalled: bool = False
) -> AsyncIterator[tuple[Assistant, FileLibrary]]:
    """Load the stories and answer without Discord; exchanges are stored only if `journalled`."""
    library = await _open_library(settings)
    async with AsyncExitStack() as stack:
        journal: Journal = NoJournal()
        if journalled:
            journal = await stack.enter_async_context(_open_journal(settings))
        yield Assistant(Stories(library, NoBindings(), SystemClock(), catalogue()), journal), library


@asynccontextmanager
async def open_records(settings: Settings) -> AsyncIterator[tuple[FileLibrary, "SqlJournal"]]:
    """Load the stories and open the journal of a bot that has run, for the editors' commands.

    Raises JournalError if there is no journal yet.
    """
    _require_database(settings)
    library = await _open_library(settings)
    async with _open_journal(settings) as journal:
        yield library, journal


@asynccontextmanager
async def open_versions(settings: Settings) -> AsyncIterator[tuple[FileLibrary, "SqlJournal"]]:
    """Open the journal of a bot that has run, and a library that serves what was last published, not the files.

    Raises JournalError if there is no journal yet.
    """
    _require_database(settings)
    encoder = await asyncio.to_thread(open_encoder, settings)
    async with _open_journal(settings) as journal:
        yield await published_library(settings, journal.history, encoder), journal


async def published_library(settings: Settings, history: History, encoder: Encoder | None) -> FileLibrary:
    """Return a library that serves what was last published, not the files."""
    files = [await history.files(one) for one in await history.published()]
    shelf = await asyncio.to_thread(shelf_of, files, encoder)
    return FileLibrary(settings.knowledge, settings.seeds_folder, settings.articles, encoder, shelf)


def _require_database(settings: Settings) -> None:
    """Raise JournalError if the database is a file that does not exist."""
    from bot.journal.database import JournalError, database_file

    file = database_file(settings.database_url)
    if file is not None and not file.is_file():
        raise JournalError(
            f"there is no database {file} yet: the bot makes it when it runs. If yours is elsewhere, "
            "set ONRECORD_DATABASE_URL to the same value as the bot's."
        )


def _open_journal(settings: Settings) -> AbstractAsyncContextManager["SqlJournal"]:
    from bot.journal.journal import open_journal

    return open_journal(settings.database_url, settings.secret_key, settings.retention_days)


@asynccontextmanager
async def open_attaching(settings: Settings) -> AsyncIterator[tuple[FileLibrary, "SqlJournal", Attaching]]:
    """Open what acts on gaps, beside a bot that runs elsewhere on the same files and database (see `open_records`)."""
    async with open_records(settings) as (library, journal):
        yield library, journal, _attaching(settings, library, journal)


def _attaching(settings: Settings, library: FileLibrary, journal: "SqlJournal") -> Attaching:
    folders = settings.knowledge, settings.seeds_folder, settings.articles
    return Attaching(FileEditing(library, *folders, library.encoder), journal.question_log, journal.feedback)


def open_encoder(settings: Settings) -> Encoder | None:
    """Return the encoder in the settings, else the installed one; the stories' vectors are cached on disk.

    Raises SettingsError if the encoder cannot be found.
    """
    encoder = load_encoder(settings.encoder, settings.cache_folder) if settings.encoder else installed()
    return VectorCache(encoder, CacheFile(settings.cache_folder)) if encoder else None


async def _open_library(settings: Settings, *, warmed_up: bool = False) -> FileLibrary:
    """Load the stories and, if `warmed_up`, the encoder's model, so that the first reader does not wait for it."""
    encoder = await asyncio.to_thread(open_encoder, settings)
    cache = CheckedCache(CacheFile(settings.cache_folder), encoder)
    library = await FileLibrary.open(settings.knowledge, settings.seeds_folder, settings.articles, encoder, cache)
    if encoder and warmed_up:
        await asyncio.to_thread(encoder.encode, [WARM_UP_TEXT])
    return library


@asynccontextmanager
async def _watching(
    library: FileLibrary, settings: Settings, note: Callable[[ReloadReport], None]
) -> AsyncIterator[None]:
    """Reload the stories when their files are saved, if the settings say so, and note each result."""
    if not settings.auto_reload:
        yield
        return
    async with running(reload_on_save(library, (settings.knowledge, settings.seeds_folder), note)):
        yield


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run a task in the background until the end of the block."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextmanager
def _other_server(settings: Settings) -> Iterator[None]:
    """Connect to another server if the settings name one; discord.py has Discord's address in class attributes."""
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
