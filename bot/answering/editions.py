"""The stories that are served, each as it was loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

from bot.matching.deciding.decide import Decider
from bot.matching.nameindex import NameIndex
from bot.story.model import Entity, Event, Fact, Story

EVERY_STORY = "*"  # in place of a story's id
Named = Entity | Event
NameKind = Literal["entity", "event", "claimant", "speaker"]


def mark_of(story: str) -> str:
    """Return eight digits for a story's id, if there is no room for the id itself."""
    return sha256(story.encode()).hexdigest()[:8]


def short_id(story: str, identity: str) -> str:
    """Return an id that names something of a story and is short enough for a button."""
    return f"{mark_of(story)}:{identity}"


@dataclass(frozen=True)
class Edition:
    """One story as it was loaded, with what decides its answers; replaced whole, never changed."""

    story: Story
    decider: Decider
    version: str
    answered: float  # share of the story's own questions in scope that get their fact

    @cached_property
    def named(self) -> Mapping[NameKind, Mapping[str, Named]]:
        """What can be looked up by name: each kind by id."""
        facts, entities = self.story.shown_facts.values(), self.story.entity
        claimants, speakers = {fact.by for fact in facts if fact.kind == "claim"}, {fact.by for fact in facts}
        return {
            "entity": entities,
            "event": {event.id: event for event in self.story.events if event.when},
            "claimant": {key: entity for key, entity in entities.items() if key in claimants},
            "speaker": {key: entity for key, entity in entities.items() if key in speakers},
        }

    @cached_property
    def names(self) -> Mapping[NameKind, NameIndex]:
        """The index of the names of each kind."""
        return {
            kind: NameIndex.build(((key, _names(one)) for key, one in things.items()), self.story.languages)
            for kind, things in self.named.items()
        }


def _names(named: Named) -> list[str]:
    return [*named.name.values(), *(alias for _, alias in named.aliases.values())]


@dataclass(frozen=True)
class Shelf:
    """The stories that are loaded, in the order of their ids; replaced whole, never changed."""

    editions: tuple[Edition, ...]

    def of(self, story: str | None) -> tuple[Edition, ...]:
        """Return the edition of that story alone; all of them if it is not loaded."""
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
    """The result of a reload; `loaded` is False if the old stories stay."""

    loaded: bool
    problems: tuple[str, ...]  # errors, else warnings: `path:line:column: level[rule] message`
    shelf: Shelf
