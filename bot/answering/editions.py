"""The stories that are served, each as it was loaded."""

from dataclasses import dataclass
from hashlib import sha256

from bot.matching.deciding.decide import Decider
from bot.story.model import Fact, Story

EVERY_STORY = "*"  # in the place of a story's id


def mark_of(story: str) -> str:
    """Return eight digits that stand for a story's id where there is little room."""
    return sha256(story.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Edition:
    """One story as it was loaded, with what decides its answers; replaced whole, never changed."""

    story: Story
    decider: Decider
    version: str
    answered: float  # share of the story's own questions in scope that get their fact


@dataclass(frozen=True)
class Shelf:
    """The stories that are loaded, in the order of their ids; replaced whole, never changed."""

    editions: tuple[Edition, ...]

    def of(self, story: str | None) -> tuple[Edition, ...]:
        """Return the edition of that story alone; all of them where it is none that is loaded."""
        return tuple(edition for edition in self.editions if edition.story.id == story) or self.editions

    def find(self, mark: str, fact: str) -> tuple[Edition, Fact] | None:
        """Return a fact that is shown, and its edition, by the mark of its story."""
        for edition in self.editions:
            found = edition.story.shown_facts.get(fact)
            if found and mark_of(edition.story.id) == mark:
                return edition, found
        return None

    @property
    def by_id(self) -> dict[str, Edition]:
        """The editions by the id of their story."""
        return {edition.story.id: edition for edition in self.editions}


@dataclass(frozen=True)
class ReloadReport:
    """What came of a reload; `loaded` is False where the old stories were kept."""

    loaded: bool
    problems: tuple[str, ...]  # the errors that kept it out, else the warnings: `path:line:column: level[rule] message`
    shelf: Shelf
