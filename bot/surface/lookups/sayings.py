"""The lists of `/claims` and `/quote`."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import discord

from bot.answering.context import Context
from bot.answering.editions import short_id
from bot.answering.lookup import NotFound
from bot.answering.sayings import Sayings
from bot.answering.stories import Stories
from bot.surface.platform.paged_list import Listed, Missing
from bot.surface.platform.render import Renderer


@dataclass(frozen=True)
class SayingsList:
    """What one person says, or everybody, story after story; if several stories are listed, the first is journalled."""

    look_up: Callable[[Stories, Context, str], tuple[Sayings, ...] | NotFound]
    draw: Callable[[Renderer, Sayings], Sequence[discord.Embed]]
    unknown: str  # the catalogue key for a name that no story knows
    stories: Stories

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Find what a person says; with an empty `about`, what everybody says."""
        return await asyncio.to_thread(self._find, context, about)  # 80 ms for 5,000 facts

    def _find(self, context: Context, about: str) -> Listed | Missing:
        found, catalogue = self.look_up(self.stories, context, about), self.stories.catalogue
        if isinstance(found, NotFound):
            return Missing.of(found, self.unknown, Renderer.of(catalogue, context.locale))
        first = found[0]
        return Listed(
            [page for sayings in found for page in self.draw(Renderer.of(catalogue, sayings.locale), sayings)],
            first.locale,
            about=short_id(first.story, first.about) if first.about else "",
            shown=tuple((one.head, [fact for sides in one.facts for fact in sides]) for one in found),
            result=first,
        )
