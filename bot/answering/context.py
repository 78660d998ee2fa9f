"""Who asks, where, when and in which language, and what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Surface = Literal[
    "mention",
    "reply",
    "direct",
    "ask",
    "who",
    "when",
    "claims",
    "quote",
    "timeline",
    "button",
    "terminal",
    "look",
    "later",
]


@dataclass(frozen=True)
class Utterance:
    """What a user typed, and where; ids are Discord's, 0 where there is none."""

    text: str
    locale: str  # of the user's client, such as "fr" or "en-US"
    author: int
    channel: int
    guild: int | None
    surface: Surface
    at: datetime
    reply_in: str | None = None  # a language that overrides what the question's words tell
    parent: int | None = None  # the channel that this one is a thread of
