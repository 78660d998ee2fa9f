"""Show who somebody is."""

from dataclasses import dataclass

from bot.answering.cited import Reference, Sides
from bot.answering.context import Context
from bot.answering.lookup import Found, NotFound, find
from bot.answering.stories import Stories
from bot.story.model import EntityKind


@dataclass(frozen=True)
class EntityCard(Found):
    """Who somebody is in the story, what they said, what is said of them."""

    id: str
    name: str
    kind: EntityKind
    role: str
    citations: tuple[Reference, ...]
    said: tuple[Sides, ...]
    about: tuple[Sides, ...]


def who(stories: Stories, context: Context, name: str) -> EntityCard | NotFound:
    """Show who somebody is, what they said and what is said of them."""
    found = find(stories, context, name, "entity")
    if isinstance(found, NotFound):
        return found
    told, identity = found
    entity, facts = told.story.entity[identity], told.story.shown_facts.values()
    said = [fact for fact in facts if fact.by == identity]
    about = [fact for fact in facts if fact.by != identity and identity in fact.about]
    return EntityCard(
        head=told.head,
        fact_ids=tuple(fact.id for fact in (*said, *about)),
        id=identity,
        name=entity.name.get(told.locale),
        kind=entity.kind,
        role=entity.role.get(told.locale),
        citations=tuple(map(told.presenter.reference, entity.citations)),
        said=told.presenter.both_sides_once(said),
        about=told.presenter.both_sides_once(about),
    )
