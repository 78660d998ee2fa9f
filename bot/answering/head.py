"""The version of a story that something is drawn from, and the language of the interface."""

from dataclasses import dataclass
from datetime import datetime

from bot.answering.editions import Edition
from bot.answering.languages import title_of
from bot.story.dates import ImpreciseDate
from bot.story.model import Story


@dataclass(frozen=True)
class AsOf:
    """How fresh a story is: the date of its sources, when it expired if it has; and its title if there are several."""

    date: str  # EDTF
    expired: str | None = None  # EDTF
    title: str | None = None  # None if no other story is loaded, so that it need not be named

    @classmethod
    def of(cls, story: Story, now: datetime, title: str | None = None) -> "AsOf":
        """Return how fresh a story is; it expires at the end of its last day."""
        head = story.story
        is_over = head.expires is not None and ImpreciseDate.parse(head.expires).latest < now.date()
        return cls(head.as_of, head.expires if is_over else None, title)


@dataclass(frozen=True)
class Head:
    """The version of a story that a reply, a card or a list is drawn from, and its language."""

    story: str  # its id
    title: str
    version: str
    locale: str
    as_of: AsOf

    @classmethod
    def of(cls, edition: Edition, locale: str, now: datetime, *, is_named: bool = False) -> "Head":
        """Return the head of an edition in a language; `is_named` if readers must be told which story it is."""
        story, title = edition.story, title_of(edition.story, locale)
        return cls(story.id, title, edition.version, locale, AsOf.of(story, now, title if is_named else None))


@dataclass(frozen=True)
class Headed:
    """A value drawn from one version of a story, for one language of the interface."""

    head: Head

    @property
    def story(self) -> str:
        """The id of the story."""
        return self.head.story

    @property
    def title(self) -> str:
        """The title of the story."""
        return self.head.title

    @property
    def version(self) -> str:
        """The version of the story."""
        return self.head.version

    @property
    def locale(self) -> str:
        """The language of the interface."""
        return self.head.locale

    @property
    def as_of(self) -> AsOf:
        """How fresh the story is."""
        return self.head.as_of
