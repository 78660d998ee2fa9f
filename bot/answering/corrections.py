"""Find the messages that no longer agree with the stories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.answering.amendments import joined
from bot.answering.history import Change, Revision, ShownMessage
from bot.answering.ports import History
from bot.answering.stories import Stories
from bot.story.model import Fact, Story

CORRECTION_PERIOD = timedelta(days=7)  # older messages are not corrected
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
    found = []
    for message in await history.shown_since(start):
        edition = editions.get(message.story)
        version, story = (edition.version, edition.story) if edition else ("", None)
        changed = later(message, version, revisions.get(message.story, []))
        found.append(correction(message, version, story, changed))
    return [one for one in found if one]


def later(message: ShownMessage, version: str, revisions: Sequence[Revision]) -> list[Change]:
    """Return the changes after a message's version; `revisions` are newest first, up to `version`."""
    found: list[Change] = []
    for revision in revisions if message.version != version else ():
        if revision.version == message.version or revision.at < message.at - MAX_SENDING_TIME:
            break
        found += revision.changes[::-1]
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
