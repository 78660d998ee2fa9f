"""The loaded stories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Literal

from bot.answering.versions import StoryFiles, checksum_of
from bot.matching.deciding.decide import Decider
from bot.matching.deciding.shortlist import MAX_SHORTLISTED, Shortlist
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
    files: StoryFiles = field(default_factory=StoryFiles)  # as they were read

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

    def indexed(self) -> "Edition":
        """Return the edition with all that commands look up in it, so that the first of them does not wait for it."""
        for index in self.names.values():
            index.find("any")
        story = self.story  # what is read here is computed when it is first read, and kept
        _ = (story.citing, story.asserted, story.concerning, story.replies, story.event, story.source)
        return self


def _names(named: Named) -> list[str]:
    return [*named.name.values(), *(alias for _, alias in named.aliases.values())]


@dataclass(frozen=True)
class Shelf:
    """All loaded stories, ordered by id; replaced as a whole, never changed."""

    editions: tuple[Edition, ...]

    def of(self, story: str | None) -> tuple[Edition, ...]:
        """Return the edition of a story; all editions if it is None or not loaded."""
        return tuple(edition for edition in self.editions if edition.story.id == story) or self.editions

    def asked(self, story: str | None, text: str, last: str | None = None) -> tuple[Edition, ...]:
        """Return the editions that may answer a text: as `of`, but of many stories only those near to the text.

        `last` is the story of the conversation, which is always one of them. The first text after a reload takes 0.1 ms
        for each fact of the stories that changed: call it in a thread.
        """
        editions = self.of(story)
        if editions is not self.editions or len(editions) <= MAX_SHORTLISTED:
            return editions
        near = {editions[number].story.id for number in self._shortlist.nearest(text)}
        return tuple(edition for edition in editions if edition.story.id in near | {last})

    @cached_property
    def _shortlist(self) -> Shortlist:
        return Shortlist([edition.decider.traces for edition in self.editions], self.editions[0].decider.encoder)

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
class Prepared:
    """Stories that were read and checked but are not published; `shelf` is None if an error prevents that."""

    served: Shelf  # the current stories when these were read
    problems: tuple[str, ...]  # errors, or warnings if there are none, as in ReloadReport
    shelf: Shelf | None
    restored: tuple[StoryFiles, ...] = ()  # kept files that have to be written before the shelf is published

    @property
    def is_changed(self) -> bool:
        """Whether publishing would change anything."""
        return self.shelf is not None and _versions(self.shelf) != _versions(self.served)

    @property
    def token(self) -> str:
        """A short checksum of what would be published and what it would replace."""
        now = _versions(self.shelf) if self.shelf else {}
        before = {f"before {story}": version for story, version in _versions(self.served).items()}
        return checksum_of({**before, **now})


def _versions(shelf: Shelf) -> dict[str, str]:
    return {edition.story.id: edition.version for edition in shelf.editions}


@dataclass(frozen=True)
class ReloadReport:
    """The result of a reload; `loaded` is False if the old stories were kept."""

    loaded: bool
    problems: tuple[str, ...]  # errors, or warnings if there are none: `path:line:column: level[rule] message`
    shelf: Shelf
