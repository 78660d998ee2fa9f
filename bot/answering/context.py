"""Who asks, where, when and in which language; and what is asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# How something is asked, as the journal stores it.
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
    locale: str  # of the user's client, such as "fr" or "en-US"
    at: datetime
    parent: int | None = None  # the channel that this one is a thread of


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
    reply_in: str | None = None  # a language that overrides that of the question
    parent: int | None = None

    @classmethod
    def of(cls, context: Context, text: str, surface: Surface, reply_in: str | None = None) -> "Utterance":
        """Return a text in its context."""
        where = context.channel, context.guild
        return cls(text, context.locale, context.user, *where, surface, context.at, reply_in, context.parent)

    @property
    def context(self) -> Context:
        """The utterance without its text."""
        return Context(self.author, self.channel, self.guild, self.locale, self.at, self.parent)
