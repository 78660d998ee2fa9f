"""A long list that a command shows page by page."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import discord

from bot.answering.cited import FactView
from bot.answering.context import Surface, Utterance
from bot.surface.platform.draft import Draft
from bot.surface.platform.sent_log import Told


@dataclass(frozen=True)
class Listed:
    """What was found, drawn, with what has to be remembered of it."""

    pages: Sequence[discord.Embed]
    locale: str
    about: str = ""  # what the list is about, short enough for a button; empty for everything
    shown: tuple[tuple[Told, Sequence[FactView]], ...] = ()  # the facts of each story
    exchange: str | None = None  # in which a mistake can be reported
    picture: Callable[[], Awaitable[discord.File]] | None = None  # beside the first page


class PagedList(Protocol):
    """The list of one command; it is looked up and drawn again each time that a page is turned."""

    @property
    def surface(self) -> Surface:
        """How the journal names the command."""

    async def find(self, utterance: Utterance, about: str) -> Listed | Draft:
        """Look up what the list is about, in the words of a user or of a button; else say what is missing."""
