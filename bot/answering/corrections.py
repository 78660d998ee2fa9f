"""Find the messages that no longer agree with the stories."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.answering.amendments import joined
from bot.answering.history import Change, Revision, ShownMessage
from bot.answering.ports import History
from bot.answering.stories import Stories
from bot.story.model import Fact, Story

NumberedChanges = Mapping[str, Sequence[tuple[int, Change]]]  # by fact, each with its number in the revision

CORRECTION_PERIOD = timedelta(days=7)  # older messages are not corrected
MESSAGES_AT_ONCE = 500  # looked at without a pause, in about 5 ms
MAX_SENDING_TIME = timedelta(minutes=1)  # maximum time from deciding on an answer to sending it


@dataclass(frozen=True)
class Correction:
    """How a message that showed a fact must be corrected."""

    message: ShownMessage
    what: Literal[
        "corrected",
        "withdrawn",  # the answer is no longer shown
        "answered",  # somebody now replies to the answer or denies it
        "listed",  # the message is a list
    ]
    version: str  # the story's current version
    story: Story | None  # None if the story is no longer loaded
    fact: Fact | None  # the answer as it is now; None if it is withdrawn or the message is a list
    changes: tuple[Change, ...] = ()  # what became of the facts in the message that no longer hold as it shows them


async def corrections(stories: Stories, history: History) -> list[Correction]:
    """Return a correction for each recent message that needs one."""
    start, editions = stories.clock.now() - CORRECTION_PERIOD, stories.library.current.by_id
    revisions = {story: await history.revisions(story, start) for story in editions}
    current = {story: edition.version for story, edition in editions.items()}
    found, indexes = [], {story: list(map(_by_fact, rows)) for story, rows in revisions.items()}
    for number, message in enumerate(await history.shown_since(start, current), start=1):
        edition = editions.get(message.story)
        version, story = (edition.version, edition.story) if edition else ("", None)
        count = len(later(message, version, revisions.get(message.story, [])))
        shown = _shown_with(message, story) if count else set()
        changed = [change for by_fact in indexes.get(message.story, [])[:count] for change in _of(shown, by_fact)]
        found.append(correction(message, version, story, changed))
        if number % MESSAGES_AT_ONCE == 0:
            await asyncio.sleep(0)  # so that questions are answered meanwhile
    return [one for one in found if one]


def later(message: ShownMessage, version: str, revisions: Sequence[Revision]) -> Sequence[Revision]:
    """Return the revisions after a message's version; `revisions` are newest first, up to `version`."""
    for count, revision in enumerate(revisions if message.version != version else ()):
        if revision.version == message.version or revision.at < message.at - MAX_SENDING_TIME:
            return revisions[:count]
    return revisions if message.version != version else ()


def _by_fact(revision: Revision) -> NumberedChanges:
    found: dict[str, list[tuple[int, Change]]] = defaultdict(list)
    for number, change in enumerate(revision.changes):
        found[change.fact].append((number, change))
    return found


def _of(facts: Iterable[str], by_fact: NumberedChanges) -> list[Change]:
    """Return the changes of some facts in one revision, the last first: a message shows few of those that changed."""
    rows = [row for fact in facts for row in by_fact.get(fact, ())]
    return [change for _, change in sorted(rows, key=lambda row: -row[0])]


def _shown_with(message: ShownMessage, story: Story | None) -> set[str]:
    """Return the facts of a message, what they reply to, and their replies."""
    found = set(message.facts)
    if story is None:
        return found
    for one in message.facts:
        fact = story.shown_facts.get(one)
        found.update(other.id for other in (story.beside(fact) if fact else story.replies.get(one, ())))
    return found


def correction(
    message: ShownMessage, version: str, story: Story | None, changed: Sequence[Change]
) -> Correction | None:
    """Return a correction if a fact in the message has changed or a new reply must be shown with it, else None.

    `changed` is what changed since the message's version, newest first.
    """
    facts = set(message.facts)
    wrong = {change.fact for change in changed if change.what in {"corrected", "withdrawn"}} & facts
    became = tuple(joined(change for change in reversed(changed) if change.fact in wrong))
    added = {change.fact for change in changed if change.what == "added"} - facts
    if message.is_list:
        replies = {other.id for fact in facts for other in (story.replies.get(fact, ()) if story else ())}
        is_right = story and not wrong and not added & replies
        return None if is_right else Correction(message, "listed", version, story, None, became)
    fact = story.shown_facts.get(message.facts[0]) if story else None
    if story is None or fact is None:
        return Correction(message, "withdrawn", version, story, None, became)
    if wrong:
        return Correction(message, "corrected", version, story, fact, became)
    if added & {other.id for other in story.beside(fact)}:
        return Correction(message, "answered", version, story, fact)
    return None
