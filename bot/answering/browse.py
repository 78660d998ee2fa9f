"""Look things up by name: a person or organisation, an event, who says what, the story in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_hex

from bot.answering.cited import CitationView, FactView, Pair
from bot.answering.context import Utterance
from bot.answering.editions import Edition
from bot.answering.exchange import Exchange
from bot.answering.head import AsOf
from bot.answering.places import thing_of, told_at
from bot.answering.ports import Bindings, Clock, Journal, Library
from bot.answering.telling.catalogue import Catalogue, language_of
from bot.answering.telling.dates import when_words
from bot.answering.telling.text import attribution
from bot.answering.telling.views import Views
from bot.matching.nameindex import NameIndex
from bot.story.dates import ImpreciseDate
from bot.story.model import Entity, EntityKind, Event, Fact, Story

NEAREST = 3
OF_STORY = ":"  # between a story's id and that of a thing in it
Named = Entity | Event
Things = Callable[[Story], Sequence[Named]]  # those of a story that a command shows


@dataclass(frozen=True)
class EntityCard:
    """Who somebody is in the story, what they said, what is said of them."""

    exchange: str
    story: str
    version: str
    locale: str
    id: str
    name: str
    kind: EntityKind
    role: str
    citations: tuple[CitationView, ...]
    said: tuple[Pair, ...]
    about: tuple[Pair, ...]
    as_of: AsOf


@dataclass(frozen=True)
class EventCard:
    """When something happened, at its true precision, and the facts that tell it."""

    exchange: str
    story: str
    version: str
    locale: str
    id: str
    name: str
    when: str
    when_words: str
    facts: tuple[FactView, ...]
    as_of: AsOf


@dataclass(frozen=True)
class Shown:
    """Facts of a story that a command lists, each with what must stand beside it."""

    exchange: str
    story: str
    version: str
    locale: str
    as_of: AsOf
    about: str | None  # the id of the person whose they are; None for everybody's
    name: str | None
    threads: tuple[Pair, ...]


@dataclass(frozen=True)
class TimelineRow:
    """A dated event, from the earliest to the latest day that its source allows."""

    id: str
    name: str
    when_words: str
    earliest: date
    latest: date
    approximate: bool
    facts: tuple[FactView, ...]


@dataclass(frozen=True)
class Timeline:
    """A story's dated events in order."""

    story: str
    title: str
    version: str
    locale: str
    as_of: AsOf
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True)
class NotFound:
    """A name or an event that the story does not hold, with the nearest ones it does."""

    asked: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """One completion of a partly typed name."""

    id: str
    name: str


@dataclass(frozen=True)
class StoryCard:
    """A story that is loaded, whether it answers here, and whether it does so because the place is bound to it."""

    id: str
    title: str
    answers: bool
    is_bound: bool


@dataclass(frozen=True)
class Found:
    """What a name names, and in which story; the id is None where no story knows it."""

    edition: Edition
    locale: str
    id: str | None


@dataclass(frozen=True)
class Browser:
    """The use cases that need no question: cards of what the stories of a place hold."""

    library: Library
    bindings: Bindings
    journal: Journal
    clock: Clock
    catalogue: Catalogue

    def who(self, utterance: Utterance) -> EntityCard | NotFound:
        """Show who somebody is, what they said and what is said of them; the text is a name, an alias or an id."""
        started, found = self.clock.perf(), self._find(utterance, _entities)
        story, code = found.edition.story, found.locale
        entity = story.entity.get(found.id or "")
        said = [fact for fact in story.shown_facts.values() if entity and fact.by == entity.id]
        about = [fact for fact in story.shown_facts.values() if entity and fact not in said and entity.id in fact.about]
        exchange = self._record(utterance, found, [*said, *about] if entity else None, started)
        if entity is None:
            return NotFound(utterance.text, self._nearest(utterance, _entities))
        views = Views(story, code, self.catalogue)
        return EntityCard(
            exchange=exchange,
            story=story.id,
            version=found.edition.version,
            locale=code,
            id=entity.id,
            name=entity.name.get(code),
            kind=entity.kind,
            role=entity.role.get(code),
            citations=tuple(map(views.citation, entity.citations)),
            said=views.pairs(said),
            about=views.pairs(about),
            as_of=AsOf.of(story, self.clock.now()),
        )

    def when(self, utterance: Utterance) -> EventCard | NotFound:
        """Show when something happened, no more precisely than the source; the text is a name, an alias or an id."""
        started, found = self.clock.perf(), self._find(utterance, _dated_events)
        story, code = found.edition.story, found.locale
        event = next((event for event in story.events if event.id == found.id), None)
        facts = [story.shown_facts[fact] for fact in event.facts if fact in story.shown_facts] if event else []
        exchange = self._record(utterance, found, facts or None, started)
        if event is None or event.when is None or not facts:
            return NotFound(utterance.text, self._nearest(utterance, _dated_events))
        views = Views(story, code, self.catalogue)
        published = story.source[facts[0].citations[0].source].published
        return EventCard(
            exchange=exchange,
            story=story.id,
            version=found.edition.version,
            locale=code,
            id=event.id,
            name=event.name.get(code),
            when=event.when.edtf,
            when_words=when_words(event.when, story, published, code, self.catalogue),
            facts=views.threads(facts),
            as_of=AsOf.of(story, self.clock.now()),
        )

    def claims(self, utterance: Utterance) -> Shown | NotFound:
        """Show who claims what, each claim with what answers it; the text names a person, or is empty for everybody."""
        return self._said_by(utterance, _claimants, _is_claim, Views.thread)

    def quotes(self, utterance: Utterance) -> Shown | NotFound:
        """Show exact words and whose they are; the text names a person, or is empty for everybody."""
        return self._said_by(utterance, _speakers, _is_said, Views.pair)

    def complete_claimants(self, utterance: Utterance, limit: int) -> list[Choice]:
        """Complete the name of somebody who claims something."""
        return self._complete(utterance, _claimants, limit)

    def complete_speakers(self, utterance: Utterance, limit: int) -> list[Choice]:
        """Complete the name of somebody who asserts something: a claim, a denial, or words."""
        return self._complete(utterance, _speakers, limit)

    def _said_by(
        self,
        utterance: Utterance,
        people: Things,
        wanted: Callable[[Fact], bool],
        beside: Callable[[Views, Fact], Pair],
    ) -> Shown | NotFound:
        started, everybody = self.clock.perf(), not utterance.text.strip()
        found = Found(*self._told(utterance)[0], None) if everybody else self._find(utterance, people)
        story = found.edition.story
        facts = [
            fact
            for fact in story.shown_facts.values()
            if wanted(fact) and (everybody or (found.id is not None and fact.by == found.id))
        ]
        exchange = self._record(utterance, found, facts or None, started)
        if not facts:
            return NotFound(utterance.text, self._nearest(utterance, people))
        views = Views(story, found.locale, self.catalogue)
        return Shown(
            exchange=exchange,
            story=story.id,
            version=found.edition.version,
            locale=found.locale,
            as_of=AsOf.of(story, self.clock.now()),
            about=found.id,
            name=story.entity[found.id].name.get(found.locale) if found.id else None,
            threads=tuple(beside(views, fact) for fact in facts),
        )

    def timeline(self, utterance: Utterance, since: str | None = None, until: str | None = None) -> Timeline:
        """Show the dated events in order, those that may lie between two dates (EDTF).

        Raises DateError where one of them is no date.
        """
        edition, code = self._told(utterance)[0]
        story, views = edition.story, Views(edition.story, code, self.catalogue)
        first = ImpreciseDate.parse(since).earliest if since else date.min
        last = ImpreciseDate.parse(until).latest if until else date.max
        rows = []
        for event in _dated_events(story):
            facts = [story.shown_facts[fact] for fact in event.facts if fact in story.shown_facts]
            if not facts or event.when is None:
                continue
            when = ImpreciseDate.parse(event.when.edtf)
            published = story.source[facts[0].citations[0].source].published
            told = views.threads(facts)
            by = f" ({attribution(told[0], code, self.catalogue)})" if told[0].by else ""
            row = TimelineRow(
                id=event.id,
                name=f"{event.name.get(code)}{by}",
                when_words=when_words(event.when, story, published, code, self.catalogue),
                earliest=when.earliest,
                latest=when.latest,
                approximate=when.approximate,
                facts=told,
            )
            if row.latest >= first and row.earliest <= last:
                rows.append(row)
        return Timeline(
            story=story.id,
            title=story.story.title.get(code),
            version=edition.version,
            locale=code,
            as_of=AsOf.of(story, self.clock.now()),
            rows=tuple(sorted(rows, key=lambda row: (row.earliest, row.latest))),
        )

    def complete_who(self, utterance: Utterance, limit: int) -> list[Choice]:
        """Complete the name of an entity."""
        return self._complete(utterance, _entities, limit)

    def complete_when(self, utterance: Utterance, limit: int) -> list[Choice]:
        """Complete the name of a dated event."""
        return self._complete(utterance, _dated_events, limit)

    def examples(self, utterance: Utterance, limit: int = 3) -> tuple[str, ...]:
        """Give questions that the stories answer."""
        asked = [
            texts[0]
            for edition, code in self._told(utterance)
            for fact in edition.story.shown_facts.values()
            if (texts := fact.asked.get(code))
        ]
        step = max(1, len(asked) // limit)
        return tuple(asked[::step][:limit])

    def stories(self, utterance: Utterance) -> tuple[StoryCard, ...]:
        """List the stories that are loaded, and tell which of them answer here."""
        bound, code = (
            self.bindings.story_of(utterance.guild, utterance.channel, utterance.parent),
            language_of(utterance.locale),
        )
        shelf = self.library.current
        asked = shelf.of(bound)
        return tuple(
            StoryCard(
                id=edition.story.id,
                title=edition.story.story.title.get(code),
                answers=edition in asked,
                is_bound=edition.story.id == bound,
            )
            for edition in shelf.editions
        )

    def _told(self, utterance: Utterance) -> list[tuple[Edition, str]]:
        return told_at(utterance, self.library, self.bindings)

    def _find(self, utterance: Utterance, things: Things) -> Found:
        """Find what a name, an alias or an id names, in the first story that knows it."""
        told = self._told(utterance)
        for edition, code in told:
            index = _index(edition.story, things)
            identity = utterance.text.removeprefix(thing_of(edition.story.id, ""))
            identity = identity.removeprefix(f"{edition.story.id}{OF_STORY}")
            known = identity if index.knows(identity) else index.find(utterance.text)
            if known:
                return Found(edition, code, known)
        return Found(*told[0], None)

    def _nearest(self, utterance: Utterance, things: Things) -> tuple[str, ...]:
        return tuple(choice.name for choice in self._complete(utterance, things, NEAREST))

    def _complete(self, utterance: Utterance, things: Things, limit: int) -> list[Choice]:
        """Complete a name; where there are several stories, the id says which one is meant."""
        told = self._told(utterance)
        choices: list[Choice] = []
        for edition, code in told:
            names = {named.id: named.name.get(code) for named in things(edition.story)}
            found = _index(edition.story, things).complete(utterance.text, limit)
            story = f"{edition.story.id}{OF_STORY}" if len(told) > 1 else ""
            choices += [Choice(f"{story}{identity}", names[identity]) for identity in found]
        return choices[:limit]

    def _record(self, utterance: Utterance, found: Found, facts: list[Fact] | None, started: float) -> str:
        exchange = token_hex(6)
        self.journal.record(
            Exchange(
                id=exchange,
                follows=None,
                utterance=utterance,
                understood=utterance.text,
                locale=found.locale,
                outcome="abstain" if facts is None else "answer",
                cause="unknown_name" if facts is None else None,
                facts=tuple(fact.id for fact in facts or ()),
                score=None,
                story=found.edition.story.id,
                version=found.edition.version,
                elapsed_ms=(self.clock.perf() - started) * 1000,
            )
        )
        return exchange


def _entities(story: Story) -> Sequence[Entity]:
    return story.entities


def _is_claim(fact: Fact) -> bool:
    return fact.kind == "claim"


def _is_said(fact: Fact) -> bool:
    return bool(fact.by)


def _claimants(story: Story) -> Sequence[Entity]:
    claiming = {fact.by for fact in story.shown_facts.values() if _is_claim(fact)}
    return [entity for entity in story.entities if entity.id in claiming]


def _speakers(story: Story) -> Sequence[Entity]:
    speaking = {fact.by for fact in story.shown_facts.values()}
    return [entity for entity in story.entities if entity.id in speaking]


def _dated_events(story: Story) -> Sequence[Event]:
    return [event for event in story.events if event.when]


def _index(story: Story, things: Things) -> NameIndex:
    return NameIndex.build(((named.id, _names(named)) for named in things(story)), story.languages)


def _names(named: Named) -> list[str]:
    return [*named.name.values(), *(alias for _, alias in named.aliases.values())]
