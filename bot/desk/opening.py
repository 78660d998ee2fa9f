"""Make a desk from a running bot, or from its files and database alone."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.answering.assistant import Assistant
from bot.answering.gaps import Gaps
from bot.answering.ports import History, Library
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.app import App, NoJournal, SystemClock, open_attaching, published_library, running
from bot.desk.desk import Desk
from bot.library.library import FileLibrary
from bot.library.watch import reload_on_save
from bot.settings import Settings


class BotHere:
    """The running bot beside which the desk is served."""

    is_here = True

    def __init__(self, app: App) -> None:
        self._app = app

    async def library(self) -> Library:
        """Return the bot's own library."""
        return self._app.library

    async def follow(self) -> Mapping[tuple[str, str], int]:
        """Record what was published, and tell readers."""
        await self._app.publishing.record()
        return await self._app.client.bulletin.issue()


class BotElsewhere:
    """A bot that runs in another process on the same files and database."""

    is_here = False

    def __init__(self, settings: Settings, own: FileLibrary, history: History) -> None:
        self._settings = settings
        self._own = own
        self._history = history
        self._published: tuple[list[int], FileLibrary] | None = None

    async def library(self) -> Library:
        """Return a library of what the bot published last."""
        numbers = [one.number for one in await self._history.published()]
        if self._published is None or self._published[0] != numbers:
            found = await published_library(self._settings, self._history, self._own.encoder)
            self._published = numbers, found
        return self._published[1]

    async def follow(self) -> Mapping[tuple[str, str], int]:
        """Load what was written, so that the pages show it; the bot tells readers itself."""
        await self._own.reload()
        return {}


def desk_of(app: App, settings: Settings, locale: str | None = None) -> Desk:
    """Return the desk of a running bot; its pages are in the browser's language unless one is given."""
    parts, journal = app.client.parts, app.journal
    return Desk(
        library=app.library,
        stories=parts.stories,
        assistant=app.assistant,
        question_log=journal.question_log,
        feedback=journal.feedback,
        history=journal.history,
        usage=journal.usage,
        gaps=parts.gaps,
        attaching=parts.attaching,
        bot=BotHere(app),
        clock=parts.clock,
        catalogue=parts.catalogue,
        articles=settings.articles,
        locale=locale,
    )


@asynccontextmanager
async def open_desk(settings: Settings, locale: str | None = None) -> AsyncIterator[Desk]:
    """Open a desk beside a bot that runs elsewhere on the same files and database; files that are saved are loaded.

    Raises JournalError if there is no database, and LibraryError if a story has errors.
    """
    async with open_attaching(settings) as (library, journal, attaching):
        clock, words = SystemClock(), catalogue()
        stories = Stories(library, journal.bindings, clock, words)
        async with running(reload_on_save(library, (settings.knowledge, settings.seeds_folder))):
            yield Desk(
                library=library,
                stories=stories,
                assistant=Assistant(stories, NoJournal()),
                question_log=journal.question_log,
                feedback=journal.feedback,
                history=journal.history,
                usage=journal.usage,
                gaps=Gaps(library, journal.question_log),
                attaching=attaching,
                bot=BotElsewhere(settings, library, journal.history),
                clock=clock,
                catalogue=words,
                articles=settings.articles,
                locale=locale,
            )
