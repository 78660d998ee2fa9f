"""List the changes in the stories, version by version."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.answering.cited import Sides
from bot.answering.context import Context
from bot.answering.head import Headed
from bot.answering.history import Change, Revision, What
from bot.answering.ports import History
from bot.answering.stories import LocalEdition, Stories
from bot.story.dates import ImpreciseDate


@dataclass(frozen=True)
class ListedChange:
    """How a fact changed in a version, and the fact as it is now; `now` is empty if it is no longer shown."""

    version: str
    at: datetime
    what: What
    fact: str
    now: Sides


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
        changes = tuple(_listed(revision, change, local) for revision in revisions for change in revision.changes)
        logs.append(ChangeLog(local.head, loaded, changes))
    return tuple(logs)


def _listed(revision: Revision, change: Change, local: LocalEdition) -> ListedChange:
    """Return a change with the fact and its other side as they are now; a withdrawn fact is not repeated."""
    fact = local.story.shown_facts.get(change.fact)
    now = local.presenter.both_sides(fact) if fact else ()
    return ListedChange(revision.version, revision.at, change.what, change.fact, now)
