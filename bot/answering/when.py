"""Look up when something happened."""

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
    when_text: str
    facts: tuple[CitedFact, ...]


def when(stories: Stories, context: Context, name: str) -> EventCard | NotFound:
    """Return the card of an event; its date is no more precise than its source."""
    found = find(stories, context, name, "event")
    if isinstance(found, NotFound):
        return found
    local, identity = found
    event = local.story.event[identity]
    facts = local.facts_of(event)
    if event.when is None or not facts:
        return not_found(stories, context, name, "event", local)
    return EventCard(
        head=local.head,
        fact_ids=tuple(fact.id for fact in facts),
        id=identity,
        name=event.name.get(local.language),
        when=event.when.edtf,
        when_text=local.presenter.when(event.when, facts[0]),
        facts=local.presenter.with_replies_once(facts),
    )
