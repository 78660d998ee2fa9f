"""Compare two editions of a story: what is said otherwise, and which questions are answered otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answering.answer_changes import IS_WORSE, AnswerChange, answer_changes
from bot.answering.editions import Edition, Shelf
from bot.answering.exchange import Asked
from bot.answering.history import What
from bot.story.model import Fact, Story
from bot.story.texts import Text

FactPart = Literal["text", "kind", "by", "when", "citations", "replies_to"]
FACT_PARTS: tuple[FactPart, ...] = ("text", "kind", "by", "when", "citations", "replies_to")  # what readers see


@dataclass(frozen=True)
class TextDiff:
    """A fact's text in one language; None on the side where the fact is not shown."""

    language: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class FactDiff:
    """How a fact differs: its parts that readers see, and its text in each language in which it differs."""

    fact: str
    what: What
    parts: tuple[FactPart, ...]  # empty if the fact is added or withdrawn
    texts: tuple[TextDiff, ...]


@dataclass(frozen=True)
class StoryDiff:
    """How two editions of a story differ; a version is None if the story is not there."""

    story: str
    title: Text
    before: str | None
    after: str | None
    facts: tuple[FactDiff, ...]
    answers: tuple[AnswerChange, ...]  # what is worse first; empty if one of the editions is missing


def shelf_diff(before: Shelf, after: Shelf, asked: Sequence[Asked]) -> tuple[StoryDiff, ...]:
    """Return how each story that is not the same differs, with the questions in `asked` that it answered.

    Each question takes about 20 ms: call it in a thread.
    """
    old, new = before.by_id, after.by_id
    pairs = ((story, old.get(story), new.get(story)) for story in sorted({*old, *new}))
    return tuple(
        story_diff(one, other, [item.understood for item in asked if item.story == story])
        for story, one, other in pairs
        if (one and one.version) != (other and other.version)
    )


def story_diff(before: Edition | None, after: Edition | None, asked: Iterable[str]) -> StoryDiff:
    """Return how two editions of a story differ; raise ValueError if there are none."""
    edition = after or before
    if edition is None:
        raise ValueError("there is no edition to compare")
    old, new = (one.story if one else None for one in (before, after))
    changed = () if before is None or after is None or old == new else answer_changes(before, after, asked)
    return StoryDiff(
        story=edition.story.id,
        title=edition.story.story.title,
        before=before.version if before else None,
        after=after.version if after else None,
        facts=tuple(_fact_diffs(old, new)),
        answers=tuple(sorted(changed, key=lambda one: not IS_WORSE[one.effect])),
    )


def _fact_diffs(before: Story | None, after: Story | None) -> Iterator[FactDiff]:
    """Yield the facts that differ: in the order of the story as it is after, then those that are withdrawn."""
    old, new = (dict(story.shown_facts) if story else {} for story in (before, after))
    for fact in new.values():
        diff = _fact_diff(old.get(fact.id), fact)
        if diff:
            yield diff
    for fact in old.values():
        if fact.id not in new:
            yield FactDiff(fact.id, "withdrawn", (), tuple(_texts(fact, None)))


def _fact_diff(before: Fact | None, after: Fact) -> FactDiff | None:
    if before is None:
        return FactDiff(after.id, "added", (), tuple(_texts(None, after)))
    parts = tuple(part for part in FACT_PARTS if getattr(before, part) != getattr(after, part))
    what: What = "corrected" if after.status == "corrected" else "edited"
    return FactDiff(after.id, what, parts, tuple(_texts(before, after))) if parts else None


def _texts(before: Fact | None, after: Fact | None) -> Iterator[TextDiff]:
    old, new = (fact.text.root if fact else {} for fact in (before, after))
    for language in dict.fromkeys((*old, *new)):
        if old.get(language) != new.get(language):
            yield TextDiff(language, old.get(language), new.get(language))
