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
    """What one person or everybody says."""

    look_up: Callable[[Stories, Context, str], Sayings | NotFound]
    draw: Callable[[Renderer, Sayings], Sequence[discord.Embed]]
    unknown: str  # the catalogue key for a name that no story knows
    stories: Stories

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Find what a person says; with an empty `about`, what everybody says."""
        return await asyncio.to_thread(self._find, context, about)  # 80 ms for 5,000 facts

    def _find(self, context: Context, about: str) -> Listed | Missing:
        sayings = self.look_up(self.stories, context, about)
        if isinstance(sayings, NotFound):
            return Missing.of(sayings, self.unknown, Renderer.of(self.stories.catalogue, context.locale))
        return Listed(
            self.draw(Renderer.of(self.stories.catalogue, sayings.locale), sayings),
            sayings.locale,
            about=short_id(sayings.story, sayings.about) if sayings.about else "",
            shown=((sayings.head, [fact for sides in sayings.facts for fact in sides]),),
            result=sayings,
        )
