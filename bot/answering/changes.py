"""Tell what changed in a story from one version to the next, and what that does to messages that showed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Literal

from bot.answering.history import Change, Revision, ShownMessage, What
from bot.matching.fold import fold
from bot.story.model import Fact, Story

ON_ITS_WAY = timedelta(minutes=1)  # for how long an answer that was decided may not have been sent
SEEN = {"kind", "by", "when", "citations", "replies_to"}  # what a reader sees of a fact beside its text


def fingerprint(fact: Fact) -> str:
    """Return twelve digits that change with what a fact says; a comma or a capital more says nothing else."""
    texts = [f"{language}:{fold(text)}" for language, text in sorted(fact.text.root.items())]
    return sha256("\n".join([fact.model_dump_json(include=SEEN), *texts]).encode()).hexdigest()[:12]


def fingerprints(story: Story) -> dict[str, str]:
    """Return the fingerprint of each fact that a story shows."""
    return {fact.id: fingerprint(fact) for fact in story.shown_facts.values()}


def changes(before: Mapping[str, str], story: Story) -> tuple[Change, ...]:
    """Tell what became of the facts of a version: in the order of the story, then those that are gone."""
    there = [Change(fact.id, what) for fact in story.shown_facts.values() if (what := _what(before.get(fact.id), fact))]
    gone = [Change(fact, "withdrawn") for fact in before if fact not in story.shown_facts]
    return (*there, *gone)


def _what(before: str | None, fact: Fact) -> What | None:
    if before is None:
        return "added"
    if before == fingerprint(fact):
        return None
    return "corrected" if fact.status == "corrected" else "edited"


@dataclass(frozen=True)
class Correction:
    """What a message that showed a fact must say from now on."""

    message: ShownMessage
    what: Literal[
        "corrected",
        "withdrawn",  # the answer itself
        "answered",  # somebody answers or denies it now
        "listed",  # a list that showed it
    ]
    version: str  # of the story that the message is drawn from
    story: Story | None  # None where the story is no longer there
    fact: Fact | None  # the answer as it is now; None where it is withdrawn, and for a list


def later(message: ShownMessage, version: str, revisions: Sequence[Revision]) -> list[Change]:
    """Return what changed after the version that a message shows, up to this one; the newest revision comes first."""
    found: list[Change] = []
    for revision in revisions if message.version != version else ():
        if revision.version == message.version or revision.at < message.at - ON_ITS_WAY:
            break
        found += revision.changes
    return found


def correction(
    message: ShownMessage, version: str, story: Story | None, changed: Sequence[Change]
) -> Correction | None:
    """Tell whether a message shows what no longer holds, or lacks a new other side; None where it is right."""
    facts = set(message.facts)
    is_wrong = any(change.what in {"corrected", "withdrawn"} and change.fact in facts for change in changed)
    added = {change.fact for change in changed if change.what == "added"} - facts
    if message.is_list:
        replies = {other.id for fact in facts for other in (story.replies.get(fact, ()) if story else ())}
        is_right = story and not is_wrong and not added & replies
        return None if is_right else Correction(message, "listed", version, story, None)
    fact = story.shown_facts.get(message.facts[0]) if story else None
    if story is None or fact is None:
        return Correction(message, "withdrawn", version, story, None)
    if is_wrong:
        return Correction(message, "corrected", version, story, fact)
    if added & {other.id for other in story.beside(fact)}:
        return Correction(message, "answered", version, story, fact)
    return None
