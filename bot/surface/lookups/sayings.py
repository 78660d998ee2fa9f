"""The lists of what people say: claims with what answers them, and exact words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import discord

from bot.answering.browse import NotFound, Shown
from bot.answering.context import Surface, Utterance
from bot.answering.places import thing_of
from bot.answering.telling.catalogue import Catalogue
from bot.surface.platform.draft import Draft
from bot.surface.platform.paged_list import Listed
from bot.surface.platform.render import Renderer


@dataclass(frozen=True)
class SayingsList:
    """What somebody says, or everybody."""

    surface: Surface
    look_up: Callable[[Utterance], Shown | NotFound]
    draw: Callable[[Renderer, Shown], Sequence[discord.Embed]]
    catalogue: Catalogue

    async def find(self, utterance: Utterance, _about: str) -> Listed | Draft:
        """Find what the person named says; what everybody does if nobody is named."""
        shown = self.look_up(utterance)
        if isinstance(shown, NotFound):
            renderer = Renderer.of(self.catalogue, utterance.locale)
            return Draft(embeds=(renderer.not_found(shown, f"{self.surface}.unknown"),))
        return Listed(
            self.draw(Renderer.of(self.catalogue, shown.locale), shown),
            shown.locale,
            about=thing_of(shown.story, shown.about) if shown.about else "",
            shown=((shown, [view for thread in shown.threads for view in thread]),),
            exchange=shown.exchange,
        )
