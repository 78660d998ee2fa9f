"""Look something up by name; a command that journals its look-up gets the exchange from `exchange_of`."""

from dataclasses import dataclass

from bot.answering.context import Context, Surface
from bot.answering.editions import NameKind, short_id
from bot.answering.exchange import Exchange
from bot.answering.head import Headed
from bot.answering.stories import LocalEdition, Stories

MAX_NEAREST_NAMES = 3
STORY_SEPARATOR = ":"  # between a story's id and the id of something in it


@dataclass(frozen=True)
class Found(Headed):
    """What a look-up found."""

    fact_ids: tuple[str, ...]  # without their other sides


@dataclass(frozen=True)
class NotFound(Headed):
    """A name that no story knows, with the nearest known names."""

    asked: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Completion:
    """A name that completes what was typed."""

    id: str
    name: str


def find(stories: Stories, context: Context, name: str, kind: NameKind) -> tuple[LocalEdition, str] | NotFound:
    """Return the first story that knows a name, an alias or an id, and the id; `NotFound` if none does.

    The beginning of a name is enough if only one name begins so.
    """
    editions = stories.localized_for(context)
    for local in editions:
        index, story = local.edition.names[kind], local.story.id
        identity = name.removeprefix(short_id(story, "")).removeprefix(f"{story}{STORY_SEPARATOR}")
        known = identity if index.knows(identity) else index.find(name)
        if known:
            return local, known
    begun = [(local, identity) for local in editions for identity in local.edition.names[kind].begun(name)]
    if len(begun) == 1:
        return begun[0]
    return not_found(stories, context, name, kind, editions[0])


def not_found(stories: Stories, context: Context, name: str, kind: NameKind, local: LocalEdition) -> NotFound:
    """Return a `NotFound` for a name, with the nearest names."""
    nearest = complete(stories, context, name, kind, MAX_NEAREST_NAMES)
    return NotFound(local.head, name, tuple(completion.name for completion in nearest))


def complete(stories: Stories, context: Context, typed: str, kind: NameKind, limit: int) -> list[Completion]:
    """Complete a name; if several stories answer here, each id is prefixed with its story's id."""
    editions = stories.localized_for(context)
    found: list[Completion] = []
    for local in editions:
        things, prefix = local.edition.named[kind], f"{local.story.id}{STORY_SEPARATOR}" if len(editions) > 1 else ""
        found += [
            Completion(f"{prefix}{identity}", things[identity].name.get(local.language))
            for identity in local.edition.names[kind].complete(typed, limit)
        ]
    return found[:limit]


def exchange_of(
    result: Found | NotFound, context: Context, surface: Surface, asked: str, elapsed_ms: float
) -> Exchange:
    """Return the exchange to journal for a command's look-up."""
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
