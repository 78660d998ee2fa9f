"""Find the messages that no longer say what the stories do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.answering.history import Change, Revision, ShownMessage
from bot.answering.ports import History
from bot.answering.stories import Stories
from bot.story.model import Fact, Story

EDITED_FOR = timedelta(days=7)  # how long a message that showed a fact is corrected
ON_ITS_WAY = timedelta(minutes=1)  # how long an answer may take from its decision until it is sent


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
    story: Story | None  # None if the story is no longer there
    fact: Fact | None  # the answer as it is now; None if it is withdrawn, and for a list


async def corrections(stories: Stories, history: History) -> list[Correction]:
    """Return what messages of the last days must say from now on."""
    start, editions = stories.clock.now() - EDITED_FOR, stories.library.current.by_id
    revisions = {story: await history.revisions(story, start) for story in editions}
    found = []
    for message in await history.shown_since(start):
        edition = editions.get(message.story)
        version, story = (edition.version, edition.story) if edition else ("", None)
        changed = later(message, version, revisions.get(message.story, []))
        found.append(correction(message, version, story, changed))
    return [one for one in found if one]


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
    """Return the correction of a message that shows what no longer holds, or lacks a new other side."""
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
