"""List the changes in the stories, version by version."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.answering.amendments import Amendment
from bot.answering.context import Context
from bot.answering.head import Headed
from bot.answering.ports import History
from bot.answering.stories import Stories
from bot.answering.telling.amended import amendment
from bot.story.dates import ImpreciseDate


@dataclass(frozen=True)
class ListedChange:
    """How a fact changed in a version."""

    version: str
    at: datetime
    amendment: Amendment


@dataclass(frozen=True)
class ChangeLog(Headed):
    """The changes in a story, newest version first, and when recording them began."""

    since: datetime
    changes: tuple[ListedChange, ...]


async def change_logs(
    stories: Stories, history: History, context: Context, since: str | None = None
) -> tuple[ChangeLog, ...]:
    """List the changes in the context's stories since a date (EDTF); raise DateError if the date is invalid."""
    first = ImpreciseDate.parse(since).earliest if since else None
    start = datetime.combine(first, time(), UTC) if first else None
    logs = []
    for local in stories.localized_for(context):
        loaded = await history.first_loaded(local.story.id) or stories.clock.now()
        revisions = await history.revisions(local.story.id, start)
        changes = tuple(
            ListedChange(revision.version, revision.at, amendment(change, local.locale, stories.catalogue))
            for revision in revisions
            for change in revision.changes
        )
        logs.append(ChangeLog(local.head, loaded, changes))
    return tuple(logs)
