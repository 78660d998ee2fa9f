"""The loaded stories."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

from bot.matching.deciding.decide import Decider
from bot.matching.nameindex import NameIndex
from bot.story.model import Entity, Event, Fact, Story

EVERY_STORY = "*"  # instead of a story's id
Named = Entity | Event
NameKind = Literal["entity", "event", "claimant", "speaker"]


def mark_of(story: str) -> str:
    """Return a short hash of a story's id, for custom_ids, where the id itself may not fit."""
    return sha256(story.encode()).hexdigest()[:8]


def short_id(story: str, identity: str) -> str:
    """Return an id, prefixed with its story's mark, that fits in a custom_id."""
    return f"{mark_of(story)}:{identity}"


@dataclass(frozen=True)
class Edition:
    """One story as it was loaded, with its decider; replaced as a whole, never changed."""

    story: Story
    decider: Decider
    version: str
    answered: float | None  # share of the story's own answerable questions that get their fact; None if it has none

    @cached_property
    def named(self) -> Mapping[NameKind, Mapping[str, Named]]:
        """What can be looked up by name, by kind and id."""
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
        """The name index of each kind."""
        return {
            kind: NameIndex.build(((key, _names(one)) for key, one in things.items()), self.story.languages)
            for kind, things in self.named.items()
        }


def _names(named: Named) -> list[str]:
    return [*named.name.values(), *(alias for _, alias in named.aliases.values())]


@dataclass(frozen=True)
class Shelf:
    """All loaded stories, ordered by id; replaced as a whole, never changed."""

    editions: tuple[Edition, ...]

    def of(self, story: str | None) -> tuple[Edition, ...]:
        """Return the edition of a story; all editions if it is None or not loaded."""
        return tuple(edition for edition in self.editions if edition.story.id == story) or self.editions

    def find(self, mark: str, fact: str) -> tuple[Edition, Fact] | None:
        """Find a shown fact by its story's mark and its own id; return its edition and the fact."""
        for edition in self.editions:
            found = edition.story.shown_facts.get(fact)
            if found and mark_of(edition.story.id) == mark:
                return edition, found
        return None

    @property
    def by_id(self) -> dict[str, Edition]:
        """The editions by story id."""
        return {edition.story.id: edition for edition in self.editions}


@dataclass(frozen=True)
class ReloadReport:
    """The result of a reload; `loaded` is False if the old stories were kept."""

    loaded: bool
    problems: tuple[str, ...]  # errors, or warnings if there are none: `path:line:column: level[rule] message`
    shelf: Shelf
