"""Look things up by name: a person or organisation, an event, the sources."""

from dataclasses import dataclass
from secrets import token_hex

from bot.answering.catalogue import Catalogue, language_of
from bot.answering.dates import when_words
from bot.answering.ports import Clock, Journal, Library
from bot.answering.values import (
    Choice,
    EntityCard,
    EventCard,
    Exchange,
    FactView,
    NotFound,
    SourceCard,
    Utterance,
)
from bot.answering.views import Views
from bot.matching.complete import NameIndex
from bot.story.model import Entity, Event, Fact, Story

NEAREST = 3


@dataclass(frozen=True)
class Browser:
    """The use cases that need no question: cards of what the story holds."""

    library: Library
    journal: Journal
    clock: Clock
    catalogue: Catalogue

    def who(self, utterance: Utterance) -> EntityCard | NotFound:
        """Show who somebody is, what they said and what is said of them; the text is a name, an alias or an id."""
        started, (story, code), name = self.clock.perf(), self._story(utterance.locale), utterance.text
        index = _entities(story)
        entity = story.entity.get(name) or story.entity.get(index.find(name) or "")
        said = [fact for fact in story.shown_facts.values() if entity and fact.by == entity.id]
        about = [fact for fact in story.shown_facts.values() if entity and fact not in said and entity.id in fact.about]
        self._record(utterance, code, [*said, *about] if entity else None, started)
        if entity is None:
            nearest = index.complete(name, NEAREST)
            return NotFound(name, tuple(story.entity[identity].name.get(code) for identity in nearest))
        views = Views(story, code, self.catalogue)
        return EntityCard(
            id=entity.id,
            name=entity.name.get(code),
            kind=entity.kind,
            role=entity.role.get(code),
            citations=tuple(map(views.citation, entity.citations)),
            said=tuple(map(views.pair, said)),
            about=tuple(map(views.pair, about)),
        )

    def when(self, utterance: Utterance) -> EventCard | NotFound:
        """Show when something happened, no more precisely than the source; the text is a name, an alias or an id."""
        started, (story, code), name = self.clock.perf(), self._story(utterance.locale), utterance.text
        index, dated = _events(story), {event.id: event for event in story.events if event.when}
        event = dated.get(name) or dated.get(index.find(name) or "")
        facts = [story.shown_facts[fact] for fact in event.facts if fact in story.shown_facts] if event else []
        self._record(utterance, code, facts or None, started)
        if event is None or event.when is None or not facts:
            return NotFound(name, tuple(dated[identity].name.get(code) for identity in index.complete(name, NEAREST)))
        views = Views(story, code, self.catalogue)
        published = story.source[facts[0].citations[0].source].published
        return EventCard(
            id=event.id,
            name=event.name.get(code),
            when=event.when.edtf,
            when_words=when_words(event.when, story, published, code, self.catalogue),
            facts=tuple(view for fact in facts for view in _thread_once(views, fact, facts)),
        )

    def _record(self, utterance: Utterance, locale: str, facts: list[Fact] | None, started: float) -> None:
        edition = self.library.current
        self.journal.record(
            Exchange(
                id=token_hex(6),
                follows=None,
                utterance=utterance,
                locale=locale,
                outcome="abstain" if facts is None else "answer",
                cause="unknown_name" if facts is None else None,
                facts=tuple(fact.id for fact in facts or ()),
                score=None,
                story=edition.story.id,
                version=edition.version,
                elapsed_ms=(self.clock.perf() - started) * 1000,
            )
        )

    def sources(self, locale: str) -> tuple[SourceCard, ...]:
        """List the articles, with our digest of each paragraph."""
        story, code = self._story(locale)
        views = Views(story, code, self.catalogue)
        return tuple(
            SourceCard(
                id=source.id,
                article=views.article(source),
                url=source.url,
                facts=sum(_rests_on(fact, source.id) for fact in story.shown_facts.values()),
                digests=tuple((row.paragraph, row.digest.get(code)) for row in source.paragraphs),
            )
            for source in story.sources
        )

    def complete_who(self, typed: str, locale: str, limit: int) -> list[Choice]:
        """Complete the name of an entity."""
        story, code = self._story(locale)
        return [
            Choice(identity, story.entity[identity].name.get(code))
            for identity in _entities(story).complete(typed, limit)
        ]

    def complete_when(self, typed: str, locale: str, limit: int) -> list[Choice]:
        """Complete the name of a dated event."""
        story, code = self._story(locale)
        names = {event.id: event.name.get(code) for event in story.events}
        return [Choice(identity, names[identity]) for identity in _events(story).complete(typed, limit)]

    def examples(self, locale: str, limit: int = 3) -> tuple[str, ...]:
        """Give questions that the loaded story answers."""
        story, code = self._story(locale)
        asked = [texts[0] for fact in story.shown_facts.values() if (texts := fact.asked.get(code))]
        step = max(1, len(asked) // limit)
        return tuple(asked[::step][:limit])

    def _story(self, locale: str) -> tuple[Story, str]:
        story, code = self.library.current.story, language_of(locale)
        return story, code if code in story.languages else story.languages[0]


def _entities(story: Story) -> NameIndex:
    return NameIndex.build(((entity.id, _names(entity)) for entity in story.entities), story.languages)


def _events(story: Story) -> NameIndex:
    return NameIndex.build(((event.id, _names(event)) for event in story.events if event.when), story.languages)


def _names(named: Entity | Event) -> list[str]:
    return [*named.name.values(), *(alias for _, alias in named.aliases.values())]


def _thread_once(views: Views, fact: Fact, listed: list[Fact]) -> list[FactView]:
    """Show a fact with what must stand beside it, unless that is listed anyway."""
    ids = {other.id for other in listed}
    return [view for view in views.thread(fact) if view.id == fact.id or view.id not in ids]


def _rests_on(fact: Fact, source: str) -> bool:
    return any(citation.source == source for citation in fact.citations)
