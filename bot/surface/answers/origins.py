"""The button under an answer that shows where it is written."""

from dataclasses import replace

import discord

from bot.answering.sources import Origin, origins
from bot.surface.platform import limits
from bot.surface.platform.buttons import StatefulButton, button
from bot.surface.platform.custom_ids import FACT, LOCALE, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.parts import parts_of
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.sending import notify, respond
from bot.surface.platform.typography import unbroken_embed

ORIGINS_PATTERN = rf"o:{LOCALE}:{FACT}"
RESERVED_CHARACTERS = 100  # of an embed, for line breaks and its footer


class OriginsButton(StatefulButton, template=ORIGINS_PATTERN):
    """The button under an answer that shows where it is written."""

    def __init__(self, locale: str, story: str, fact: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(ORIGINS_PATTERN, "o", locale, story, fact)))
        self.locale = locale
        self.story = story
        self.fact = fact

    async def press(self, interaction: discord.Interaction) -> None:
        """Send the user the origins, ephemerally."""
        parts = parts_of(interaction)
        renderer = parts.renderer(self.locale)
        found = origins(parts.stories, self.story, self.fact, self.locale)
        if found:
            await respond(interaction, Draft(embeds=(origins_of(found, renderer),)), ephemeral=True)
        else:
            await notify(interaction, renderer.text("suggest.gone"))


def origins_of(found: tuple[Origin, ...], renderer: Renderer) -> discord.Embed:
    """Render where an answer is written: who asserts it, the quotation, and how many facts cite the same paragraph."""
    embed = discord.Embed(title=renderer.text("sources.origin"), colour=COLOURS["report"])
    seen = set[tuple[str, int]]()
    for number, origin in enumerate(found):
        citation = origin.citation
        paragraph = citation.source, citation.paragraph
        is_named = any(source == citation.source for source, _ in seen)
        lines = [renderer.citation(replace(citation, url=None), origin.fact.by, is_named=is_named)]
        if paragraph not in seen:
            lines += [
                renderer.text("sources.digest", digest=escaped(origin.digest)),
                renderer.count("sources.others", origin.others),
                renderer.text("sources.where", where=citation.url or renderer.text("sources.no_url")),
            ]
        seen.add(paragraph)
        name = renderer.by(origin.fact)
        if (
            len(embed) + len(name) + sum(map(len, lines)) > limits.EMBED_TOTAL - RESERVED_CHARACTERS
            or number == limits.EMBED_FIELDS
        ):
            more = renderer.count("list.more", len(found) - number)
            embed.set_footer(text=more)
            break
        renderer.field(embed, name, lines)
    return unbroken_embed(embed)
