"""Make a desk from a running bot, or from its files and database alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.answering.assistant import Assistant
from bot.answering.stories import Stories
from bot.answering.telling.catalogue import catalogue
from bot.app import App, NoJournal, SystemClock, open_records
from bot.desk.desk import Desk
from bot.settings import Settings


def desk_of(app: App, settings: Settings, locale: str | None = None) -> Desk:
    """Return the desk of a running bot; its pages are in the browser's language unless one is given."""
    parts, journal = app.client.parts, app.journal
    return Desk(
        library=app.library,
        stories=parts.stories,
        assistant=app.assistant,
        reports=journal.reports,
        feedback=journal.feedback,
        history=journal.history,
        usage=journal.usage,
        clock=parts.clock,
        catalogue=parts.catalogue,
        articles=settings.articles,
        locale=locale,
    )


@asynccontextmanager
async def open_desk(settings: Settings, locale: str | None = None) -> AsyncIterator[Desk]:
    """Open a desk beside a bot that runs elsewhere on the same files and database.

    Raises JournalError if there is no database, and LibraryError if a story has errors.
    """
    async with open_records(settings) as (library, journal):
        clock, words = SystemClock(), catalogue()
        stories = Stories(library, journal.bindings, clock, words)
        yield Desk(
            library=library,
            stories=stories,
            assistant=Assistant(stories, NoJournal()),
            reports=journal.reports,
            feedback=journal.feedback,
            history=journal.history,
            usage=journal.usage,
            clock=clock,
            catalogue=words,
            articles=settings.articles,
            locale=locale,
        )
