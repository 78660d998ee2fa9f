"""A list that a command shows page by page."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import discord

from bot.answering.cited import CitedFact
from bot.answering.context import Context
from bot.answering.head import Head
from bot.answering.lookup import Found, NotFound
from bot.surface.platform.draft import Draft
from bot.surface.platform.render import Renderer


@dataclass(frozen=True)
class Listed:
    """A list that was found and drawn, with what has to be recorded about it."""

    pages: Sequence[discord.Embed]
    locale: str
    about: str = ""  # the subject, short enough for a custom_id; empty for everything
    shown: tuple[tuple[Head, Sequence[CitedFact]], ...] = ()  # each story's facts in the list
    result: Found | None = None  # to be journalled, so that readers can report a mistake
    pictures: Callable[[], Awaitable[Sequence[discord.File]]] | None = None  # sent with the first page


@dataclass(frozen=True)
class Missing:
    """The reply if nothing was found."""

    draft: Draft
    result: NotFound | None = None  # to be journalled

    @classmethod
    def of(cls, result: NotFound, unknown: str, renderer: Renderer) -> "Missing":
        """Say that no story knows a name; `unknown` is the catalogue key for that."""
        return cls(Draft(embeds=(renderer.not_found(result, unknown),)), result)


class PagedList(Protocol):
    """The list of one command; it is looked up and drawn again for every page."""

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Look up and draw the list; `about` is what the user typed, or the `about` in a button's custom_id."""
