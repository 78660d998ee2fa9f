"""Keep how the stories change, and tell it: what was added, corrected or withdrawn, and which messages must say so."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.answering.changes import Correction, changes, correction, told
from bot.answering.places import told_at
from bot.answering.ports import Bindings, Clock, History, Library
from bot.answering.records import Change, Revision
from bot.answering.values import Utterance
from bot.story.dates import ImpreciseDate

EDITED_FOR = timedelta(days=7)  # how long a message that showed a fact is corrected


@dataclass(frozen=True)
class ChangeLog:
    """What changed in a story, the newest version first, and since when that is kept."""

    title: str
    locale: str
    since: datetime
    revisions: tuple[Revision, ...]


@dataclass(frozen=True)
class Chronicle:
    """The use cases around versions of stories."""

    library: Library
    bindings: Bindings
    history: History
    clock: Clock

    async def record(self) -> None:
        """Keep what changed since the version that was loaded before; of a new story, that it is there."""
        for edition in self.library.current.editions:
            before, now = await self.history.last_told(edition.story.id), told(edition.story)
            if before != now:
                changed = () if before is None else changes(before, edition.story)
                await self.history.keep(edition.story.id, now, Revision(edition.version, self.clock.now(), changed))

    async def tell(self, utterance: Utterance, since: str | None = None) -> tuple[ChangeLog, ...]:
        """Tell what changed in the stories of a place, from a date on (EDTF); raise DateError where it is no date."""
        first = ImpreciseDate.parse(since).earliest if since else None
        start = datetime.combine(first, time(), UTC) if first else None
        logs = []
        for edition, code in told_at(utterance, self.library, self.bindings):
            story = edition.story
            logs.append(
                ChangeLog(
                    title=story.story.title.get(code),
                    locale=code,
                    since=await self.history.first_loaded(story.id) or self.clock.now(),
                    revisions=tuple(await self.history.revisions(story.id, start)),
                )
            )
        return tuple(logs)

    async def corrections(self) -> list[Correction]:
        """Return what messages of the last days must say from now on."""
        editions = self.library.current.by_id
        messages = await self.history.shown_since(self.clock.now() - EDITED_FOR)
        found = (correction(message, editions[message.story]) for message in messages if message.story in editions)
        return [one for one in found if one]


def text_of(change: Change, locale: str) -> str:
    """Return the text of a fact that changed, in a language where there is one."""
    return change.texts.get(locale) or next(iter(change.texts.values()))
