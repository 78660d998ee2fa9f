"""The button under an answer that shows where it is written."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import discord

from bot.answering.sources import Origin, origins
from bot.surface.platform import limits
from bot.surface.platform.buttons import PrivateButton, button
from bot.surface.platform.custom_ids import ORIGINS_PATTERN, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.parts import parts_of
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

RESERVED_CHARACTERS = 100  # of an embed, for line breaks and its footer


class OriginsButton(PrivateButton, template=ORIGINS_PATTERN):
    """The button under an answer that shows where it is written."""

    def __init__(self, locale: str, story: str, fact: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(ORIGINS_PATTERN, "o", locale, story, fact)))
        self.locale = locale
        self.story = story
        self.fact = fact

    async def draft(self, interaction: discord.Interaction) -> Draft:
        """Return the origins."""
        parts = parts_of(interaction)
        renderer = parts.renderer(self.locale)
        found = origins(parts.stories, self.story, self.fact, self.locale)
        return Draft(embeds=(origins_of(found, renderer),)) if found else Draft(renderer.text("suggest.gone"))


def origins_of(found: tuple[Origin, ...], renderer: Renderer) -> discord.Embed:
    """Render where an answer is written, a field for whoever asserts it; see `_lines`."""
    embed = discord.Embed(title=renderer.text("sources.origin"), colour=COLOURS["report"])
    seen = set[tuple[str, int]]()
    left = len(found)
    for name, group in groupby(found, lambda origin: renderer.by(origin.fact)):
        origins = list(group)
        lines = _lines(origins, seen, renderer)
        size = len(embed) + len(name) + sum(map(len, lines))
        if size > limits.EMBED_TOTAL - RESERVED_CHARACTERS or len(embed.fields) == limits.EMBED_FIELDS:
            embed.set_footer(text=renderer.count("list.more", left))
            break
        renderer.field(embed, name, lines)
        left -= len(origins)
    return unbroken_embed(embed)


def _lines(origins: Sequence[Origin], seen: set[tuple[str, int]], renderer: Renderer) -> list[str]:
    """Return the quotations; after those of a new paragraph, what it is about and how many other facts cite it."""
    lines = []
    for (_, source, paragraph), group in groupby(origins, _place):
        together = list(group)
        fact = replace(together[0].fact, citations=tuple(origin.citation for origin in together))
        previous = fact if any(source == name for name, _ in seen) else None
        lines += [f"> {line}" for line in renderer.citations(fact, previous)]
        if (source, paragraph) not in seen:
            seen.add((source, paragraph))
            lines.append(renderer.text("sources.digest", digest=escaped(together[0].digest)))
            lines.append(renderer.count("sources.others", together[0].others))
    return lines


def _place(origin: Origin) -> tuple[str, str, int]:
    return origin.fact.id, origin.citation.source, origin.citation.paragraph
