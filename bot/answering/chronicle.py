"""Keep how the stories change, and tell it: what was added, corrected or withdrawn, and which messages must say so."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.answering.changes import Correction, changes, correction, fingerprints, later
from bot.answering.cited import Pair
from bot.answering.context import Utterance
from bot.answering.history import Change, Revision, What
from bot.answering.places import told_at
from bot.answering.ports import Bindings, Clock, History, Library
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.views import Views
from bot.story.dates import ImpreciseDate
from bot.story.model import Story

EDITED_FOR = timedelta(days=7)  # how long a message that showed a fact is corrected


@dataclass(frozen=True)
class ChangeView:
    """What became of a fact in a version, with the fact as it is now; one that is no longer shown is only named."""

    version: str
    at: datetime
    what: What
    fact: str
    now: Pair


@dataclass(frozen=True)
class ChangeLog:
    """What changed in a story, the newest version first, and since when that is kept."""

    story: str
    version: str
    title: str
    locale: str
    since: datetime
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True)
class Chronicle:
    """The use cases around versions of stories."""

    library: Library
    bindings: Bindings
    history: History
    clock: Clock
    catalogue: Catalogue

    async def record(self) -> None:
        """Keep what changed since the version that was loaded before; of a new story, that it is there."""
        for edition in self.library.current.editions:
            before, now = await self.history.last_told(edition.story.id), fingerprints(edition.story)
            if before != now:
                changed = () if before is None else changes(before, edition.story)
                await self.history.keep(edition.story.id, now, Revision(edition.version, self.clock.now(), changed))

    async def tell(self, utterance: Utterance, since: str | None = None) -> tuple[ChangeLog, ...]:
        """Tell what changed in the stories of a place, from a date on (EDTF); raise DateError where it is no date."""
        first = ImpreciseDate.parse(since).earliest if since else None
        start = datetime.combine(first, time(), UTC) if first else None
        logs = []
        for edition, code in told_at(utterance, self.library, self.bindings):
            story, views = edition.story, Views(edition.story, code, self.catalogue)
            logs.append(
                ChangeLog(
                    story=story.id,
                    version=edition.version,
                    title=story.story.title.get(code),
                    locale=code,
                    since=await self.history.first_loaded(story.id) or self.clock.now(),
                    changes=tuple(
                        _view(row, change, story, views)
                        for row in await self.history.revisions(story.id, start)
                        for change in row.changes
                    ),
                )
            )
        return tuple(logs)

    async def corrections(self) -> list[Correction]:
        """Return what messages of the last days must say from now on."""
        start, editions = self.clock.now() - EDITED_FOR, self.library.current.by_id
        revisions = {story: await self.history.revisions(story, start) for story in editions}
        found = []
        for message in await self.history.shown_since(start):
            edition = editions.get(message.story)
            version, story = (edition.version, edition.story) if edition else ("", None)
            changed = later(message, version, revisions.get(message.story, []))
            found.append(correction(message, version, story, changed))
        return [one for one in found if one]


def _view(revision: Revision, change: Change, story: Story, views: Views) -> ChangeView:
    """Show a fact with its other side as both are now: what was withdrawn is not told again."""
    fact = story.shown_facts.get(change.fact)
    return ChangeView(revision.version, revision.at, change.what, change.fact, views.pair(fact) if fact else ())
