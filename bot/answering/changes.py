"""Tell what changed in a story from one version to the next, and what that does to messages that showed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.answering.ports import Edition
from bot.answering.records import Change, ShownMessage, Told, What
from bot.story.model import Fact, Story

SEEN = {"kind", "by", "text", "when", "citations", "replies_to"}  # what a reader sees of a fact


def fingerprint(fact: Fact) -> str:
    """Return twelve digits that change with what a reader sees of a fact."""
    return sha256(fact.model_dump_json(include=SEEN).encode()).hexdigest()[:12]


def told(story: Story) -> dict[str, Told]:
    """Return the facts that a story shows, as they are told."""
    return {fact.id: Told(fingerprint(fact), fact.text.root) for fact in story.shown_facts.values()}


def changes(before: Mapping[str, Told], story: Story) -> tuple[Change, ...]:
    """Tell what became of the facts of a version: in the order of the story, then those that are gone."""
    now = told(story)
    there = [
        Change(fact, what, told_now.texts)
        for fact, told_now in now.items()
        if (what := _what(before.get(fact), story.shown_facts[fact]))
    ]
    gone = [Change(fact, "withdrawn", one.texts) for fact, one in before.items() if fact not in now]
    return (*there, *gone)


def _what(before: Told | None, fact: Fact) -> What | None:
    if before is None:
        return "added"
    if before.fingerprint == fingerprint(fact):
        return None
    return "corrected" if fact.status == "corrected" else "edited"


@dataclass(frozen=True)
class Correction:
    """What a message that showed a fact must say from now on."""

    message: ShownMessage
    edition: Edition
    fact: Fact | None  # the answer as it is now; None where it is withdrawn


def correction(message: ShownMessage, edition: Edition) -> Correction | None:
    """Tell whether a message shows what is corrected or withdrawn; None where it still holds."""
    shown = edition.story.shown_facts
    now = {fact: shown.get(fact) for fact in message.facts}
    if not any(fact is None or _is_corrected(fact, message.facts[identity]) for identity, fact in now.items()):
        return None
    return Correction(message, edition, next(iter(now.values())))


def _is_corrected(fact: Fact, before: str) -> bool:
    return fact.status == "corrected" and fingerprint(fact) != before
