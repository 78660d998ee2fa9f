"""List what changed in the stories, version by version."""

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
    """How a fact changed in a version, with the fact as it is now; one that is no longer shown is only named."""

    version: str
    at: datetime
    what: What
    fact: str
    now: Sides


@dataclass(frozen=True)
class ChangeLog(Headed):
    """What changed in a story, the newest version first, and since when that is recorded."""

    since: datetime
    changes: tuple[ListedChange, ...]


async def change_logs(
    stories: Stories, history: History, context: Context, since: str | None = None
) -> tuple[ChangeLog, ...]:
    """List what changed in the stories of a place since a date (EDTF); raise DateError if it is no date."""
    first = ImpreciseDate.parse(since).earliest if since else None
    start = datetime.combine(first, time(), UTC) if first else None
    logs = []
    for told in stories.told(context):
        loaded = await history.first_loaded(told.story.id) or stories.clock.now()
        revisions = await history.revisions(told.story.id, start)
        changes = tuple(_listed(revision, change, told) for revision in revisions for change in revision.changes)
        logs.append(ChangeLog(told.head, loaded, changes))
    return tuple(logs)


def _listed(revision: Revision, change: Change, told: LocalEdition) -> ListedChange:
    """Show a fact and its other side as both are now: what was withdrawn is not repeated."""
    fact = told.story.shown_facts.get(change.fact)
    now = told.presenter.both_sides(fact) if fact else ()
    return ListedChange(revision.version, revision.at, change.what, change.fact, now)
