"""Look something up by its name; nothing is journalled but what a command asks for with `exchange_of`."""

from dataclasses import dataclass

from bot.answering.context import Context, Surface
from bot.answering.editions import NameKind, short_id
from bot.answering.exchange import Exchange
from bot.answering.head import Headed
from bot.answering.stories import LocalEdition, Stories

NEAREST = 3
OF_STORY = ":"  # between the id of a story and that of something in it


@dataclass(frozen=True)
class Found(Headed):
    """What a look-up found."""

    fact_ids: tuple[str, ...]  # the facts that it is about, without their other sides


@dataclass(frozen=True)
class NotFound(Headed):
    """A name that no story knows, with the nearest ones that are known."""

    asked: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Completion:
    """A name that completes what was typed."""

    id: str
    name: str


def find(stories: Stories, context: Context, name: str, kind: NameKind) -> tuple[LocalEdition, str] | NotFound:
    """Return the id that a name, an alias or an id stands for, in the first story that knows it."""
    editions = stories.told(context)
    for told in editions:
        index, story = told.edition.names[kind], told.story.id
        identity = name.removeprefix(short_id(story, "")).removeprefix(f"{story}{OF_STORY}")
        known = identity if index.knows(identity) else index.find(name)
        if known:
            return told, known
    return not_found(stories, context, name, kind, editions[0])


def not_found(stories: Stories, context: Context, name: str, kind: NameKind, told: LocalEdition) -> NotFound:
    """Return the nearest names instead."""
    nearest = complete(stories, context, name, kind, NEAREST)
    return NotFound(told.head, name, tuple(completion.name for completion in nearest))


def complete(stories: Stories, context: Context, typed: str, kind: NameKind, limit: int) -> list[Completion]:
    """Complete a name; if there are several stories, the id says which one is meant."""
    editions = stories.told(context)
    found: list[Completion] = []
    for told in editions:
        things, prefix = told.edition.named[kind], f"{told.story.id}{OF_STORY}" if len(editions) > 1 else ""
        found += [
            Completion(f"{prefix}{identity}", things[identity].name.get(told.locale))
            for identity in told.edition.names[kind].complete(typed, limit)
        ]
    return found[:limit]


def exchange_of(
    result: Found | NotFound, context: Context, surface: Surface, asked: str, elapsed_ms: float
) -> Exchange:
    """Return the exchange of a command that looked something up."""
    facts = result.fact_ids if isinstance(result, Found) else None
    return Exchange(
        head=result.head,
        context=context,
        surface=surface,
        question=asked,
        understood=asked,
        outcome="abstain" if facts is None else "answer",
        cause="unknown_name" if facts is None else None,
        facts=facts or (),
        score=None,
        elapsed_ms=elapsed_ms,
    )
