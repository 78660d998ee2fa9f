"""List what people assert: claims with their replies, and quotes."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answering.cited import Sides
from bot.answering.context import Context
from bot.answering.editions import NameKind
from bot.answering.lookup import Found, NotFound, find, not_found
from bot.answering.stories import Stories
from bot.answering.telling.presenter import Presenter
from bot.story.model import Fact


@dataclass(frozen=True)
class Sayings(Found):
    """What one person or everybody asserts in one story, each fact with what must be shown with it."""

    about: str | None  # the id of the person; None for everybody
    name: str | None
    facts: tuple[Sides, ...]


def claims(stories: Stories, context: Context, person: str = "") -> tuple[Sayings, ...] | NotFound:
    """List a person's claims, or everybody's in each story, each with its replies."""
    return _sayings(stories, context, person, "claimant", lambda fact: fact.kind == "claim", Presenter.with_replies)


def quotes(stories: Stories, context: Context, person: str = "") -> tuple[Sayings, ...] | NotFound:
    """List a person's claims, denials and quotes, or everybody's in each story."""
    return _sayings(stories, context, person, "speaker", lambda fact: fact.by is not None, Presenter.both_sides)


def _sayings(
    stories: Stories,
    context: Context,
    person: str,
    kind: NameKind,
    is_wanted: Callable[[Fact], bool],
    shown_with: Callable[[Presenter, Fact], Sides],
) -> tuple[Sayings, ...] | NotFound:
    found = find(stories, context, person, kind) if person.strip() else None
    if isinstance(found, NotFound):
        return found
    searched, identity = ([found[0]], found[1]) if found else (stories.localized_for(context), None)
    sayings = []
    for local in searched:
        asserted = (fact for fact in local.story.shown_facts.values() if identity in {None, fact.by})
        facts = [fact for fact in asserted if is_wanted(fact)]
        if facts:
            sayings.append(
                Sayings(
                    head=local.head,
                    fact_ids=tuple(fact.id for fact in facts),
                    about=identity,
                    name=local.story.entity[identity].name.get(local.language) if identity else None,
                    facts=tuple(shown_with(local.presenter, fact) for fact in facts),
                )
            )
    return tuple(sayings) or not_found(stories, context, person, kind, searched[0])
