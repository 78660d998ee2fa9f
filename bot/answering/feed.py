"""The revisions of the stories, as a feed that readers can subscribe to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answering.editions import Edition
from bot.answering.history import Revision
from bot.answering.ports import History
from bot.story.model import Story

MAX_ENTRIES = 100  # newest first
ALL_STORIES = "stories"  # the name of the feed of all of them


@dataclass(frozen=True)
class FeedAddress:
    """Where a feed is published: a domain of the publisher, which the ids contain, and the feed's own address."""

    domain: str
    url: str | None = None


@dataclass(frozen=True)
class FeedEntry:
    """One revision of a story."""

    story: Story  # as it is now
    revision: Revision


@dataclass(frozen=True)
class Feed:
    """Revisions with changes, newest first."""

    address: FeedAddress
    stories: tuple[Story, ...]
    since: datetime  # when recording them began
    updated: datetime
    entries: tuple[FeedEntry, ...]

    @property
    def id(self) -> str:
        """A tag URI (RFC 4151) that stays the same while the domain and the stories do."""
        name = self.stories[0].id if len(self.stories) == 1 else ALL_STORIES
        return tag(self.address, self.since, name)


async def feed_of(editions: Sequence[Edition], history: History, address: FeedAddress, now: datetime) -> Feed:
    """Return the feed of some stories."""
    entries, since = [], []
    for edition in editions:
        story = edition.story
        since.append(await history.first_loaded(story.id) or now)
        entries += [FeedEntry(story, one) for one in await history.revisions(story.id) if one.changes]
    entries.sort(key=lambda entry: entry.revision.at, reverse=True)
    updated = entries[0].revision.at if entries else max(since)
    stories = tuple(edition.story for edition in editions)
    return Feed(address, stories, min(since), updated, tuple(entries[:MAX_ENTRIES]))


def entry_id(entry: FeedEntry, address: FeedAddress) -> str:
    """Return the tag URI of a revision: a story may come back to a version, but not at the same moment."""
    at = entry.revision.at
    return tag(address, at, f"{entry.story.id}/{entry.revision.version}/{at:%H%M%S%f}")


def tag(address: FeedAddress, at: datetime, name: str) -> str:
    """Return a tag URI of the domain on a day."""
    return f"tag:{address.domain},{at:%Y-%m-%d}:{name}"
