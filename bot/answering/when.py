"""Show when something happened."""

from dataclasses import dataclass

from bot.answering.cited import CitedFact
from bot.answering.context import Context
from bot.answering.lookup import Found, NotFound, find, not_found
from bot.answering.stories import Stories


@dataclass(frozen=True)
class EventCard(Found):
    """When something happened, as precisely as its source says, and the facts about it."""

    id: str
    name: str
    when: str
    when_words: str
    facts: tuple[CitedFact, ...]


def when(stories: Stories, context: Context, name: str) -> EventCard | NotFound:
    """Show when something happened, no more precisely than its source says."""
    found = find(stories, context, name, "event")
    if isinstance(found, NotFound):
        return found
    told, identity = found
    event = next(event for event in told.story.events if event.id == identity)
    facts = told.facts_of(event)
    if event.when is None or not facts:
        return not_found(stories, context, name, "event", told)
    return EventCard(
        head=told.head,
        fact_ids=tuple(fact.id for fact in facts),
        id=identity,
        name=event.name.get(told.locale),
        when=event.when.edtf,
        when_words=told.presenter.when(event.when, facts[0]),
        facts=told.presenter.with_replies_once(facts),
    )
