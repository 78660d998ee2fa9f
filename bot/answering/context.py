"""Who asks, where, when and in which language; and what they ask."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# How a question reached the bot, as the journal stores it.
Surface = Literal[
    "mention",
    "reply",
    "direct",
    "ask",
    "who",
    "when",
    "claims",
    "quote",
    "button",
    "terminal",
    "later",
]


@dataclass(frozen=True)
class Context:
    """Who asks, where, when and in which language; ids are Discord's, 0 if there is none."""

    user: int
    channel: int
    guild: int | None
    locale: str  # the user's Discord locale, such as "fr" or "en-US"
    at: datetime
    parent: int | None = None  # a thread's parent channel


@dataclass(frozen=True)
class Utterance:
    """What a user typed, and its context."""

    text: str
    locale: str
    author: int
    channel: int
    guild: int | None
    surface: Surface
    at: datetime
    reply_in: str | None = None  # overrides the question's language
    parent: int | None = None

    @classmethod
    def of(cls, context: Context, text: str, surface: Surface, reply_in: str | None = None) -> "Utterance":
        """Return an utterance of a text in a context."""
        channel = context.channel, context.guild
        return cls(text, context.locale, context.user, *channel, surface, context.at, reply_in, context.parent)

    @property
    def context(self) -> Context:
        """The utterance without its text."""
        return Context(self.author, self.channel, self.guild, self.locale, self.at, self.parent)
