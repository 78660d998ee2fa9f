"""A long list that a command shows page by page."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import discord

from bot.answering.cited import CitedFact
from bot.answering.context import Context
from bot.answering.head import Head
from bot.answering.lookup import Found, NotFound
from bot.surface.platform.draft import Draft


@dataclass(frozen=True)
class Listed:
    """What was found, drawn, with what has to be remembered of it."""

    pages: Sequence[discord.Embed]
    locale: str
    about: str = ""  # what the list is about, short enough for a button; empty for everything
    shown: tuple[tuple[Head, Sequence[CitedFact]], ...] = ()  # the facts of each story
    result: Found | None = None  # to be journalled, so that a mistake can be reported
    picture: Callable[[], Awaitable[discord.File]] | None = None  # beside the first page


@dataclass(frozen=True)
class Missing:
    """What to say if nothing was found."""

    draft: Draft
    result: NotFound | None = None  # to be journalled


class PagedList(Protocol):
    """The list of one command; it is looked up and drawn again each time that a page is turned."""

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Look up what the list is about, in the words of a user or of a button; else say what is missing."""
