"""Which messages showed which facts, and how the stories changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.story.model import Story

What = Literal[
    "added",
    "corrected",  # it was wrong before
    "edited",  # changed without having been wrong
    "withdrawn",
]


@dataclass(frozen=True)
class ShownMessage:
    """One of the bot's messages, with the facts that it shows from one version of a story, the answer first."""

    message: int
    channel: int
    is_list: bool  # a command's list, the nearest fact on record, or answers to several questions
    story: str
    version: str
    locale: str
    facts: tuple[str, ...]
    at: datetime
    user: int | None = None  # the recipient of a direct message


@dataclass(frozen=True)
class Change:
    """How a fact changed, with an excerpt of the story around it as it was before and after.

    An excerpt is None if the fact was not shown then, or if the excerpt was not kept.
    """

    fact: str
    what: What
    before: Story | None = None
    after: Story | None = None


@dataclass(frozen=True)
class Revision:
    """What changed in a story from one version to the next."""

    version: str
    at: datetime
    changes: tuple[Change, ...]
