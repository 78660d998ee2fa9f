"""Tell what changed in a story from one version to the next, and what that does to messages that showed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from bot.answering.records import Change, ShownMessage, What
from bot.matching.fold import fold
from bot.story.model import Fact, Story

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
    story: Story | None  # None where the story is no longer there
    fact: Fact | None  # the answer as it is now; None where it is withdrawn, and for a list


def correction(
    message: ShownMessage, story: Story | None, added: Mapping[str, datetime] | None = None
) -> Correction | None:
    """Tell whether a message shows what no longer holds, or lacks the other side; None where it is right.

    `added` tells when facts came that are new: a list does not show all that stands beside what it shows.
    """
    shown = story.shown_facts if story else {}
    now = {fact: shown.get(fact) for fact in message.facts}
    is_wrong = any(fact is None or _is_corrected(fact, message.facts[identity]) for identity, fact in now.items())
    if message.is_list:
        replies = [other for identity in message.facts for other in (story.replies.get(identity, ()) if story else ())]
        denials = [other.id for other in replies if other.kind == "denial" and other.id not in message.facts]
        is_denied = any(added[denial] >= message.at for denial in denials if added and denial in added)
        return Correction(message, "listed", story, None) if is_wrong or is_denied else None
    fact = next(iter(now.values()), None)
    if story is None or fact is None:
        return Correction(message, "withdrawn", story, None)
    if is_wrong:
        return Correction(message, "corrected", story, fact)
    if any(other.id not in message.facts for other in story.beside(fact)):
        return Correction(message, "answered", story, fact)
    return None


def _is_corrected(fact: Fact, before: str) -> bool:
    return fact.status == "corrected" and fingerprint(fact) != before
