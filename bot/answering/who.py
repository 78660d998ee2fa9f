"""Look up who somebody is."""

from dataclasses import dataclass

from bot.answering.cited import Reference, Sides
from bot.answering.context import Context
from bot.answering.lookup import Found, NotFound, find
from bot.answering.stories import Stories
from bot.story.model import EntityKind


@dataclass(frozen=True)
class EntityCard(Found):
    """Who somebody is in the story, what they assert, and what others assert about them."""

    id: str
    name: str
    kind: EntityKind
    role: str
    citations: tuple[Reference, ...]
    asserted: tuple[Sides, ...]
    about: tuple[Sides, ...]


def who(stories: Stories, context: Context, name: str) -> EntityCard | NotFound:
    """Return the card of an entity."""
    found = find(stories, context, name, "entity")
    if isinstance(found, NotFound):
        return found
    local, identity = found
    entity = local.story.entity[identity]
    asserted, about = local.story.asserted.get(identity, []), local.story.concerning.get(identity, [])
    return EntityCard(
        head=local.head,
        fact_ids=tuple(fact.id for fact in (*asserted, *about)),
        id=identity,
        name=entity.name.get(local.language),
        kind=entity.kind,
        role=entity.role.get(local.language),
        citations=tuple(map(local.presenter.reference, entity.citations)),
        asserted=local.presenter.both_sides_once(asserted),
        about=local.presenter.both_sides_once(about),
    )
