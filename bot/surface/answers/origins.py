"""The button under an answer that tells where it is written."""

import discord

from bot.answering.sources import Origin, origins
from bot.answering.telling.text import attribution
from bot.surface.platform import limits
from bot.surface.platform.buttons import StatefulButton, button
from bot.surface.platform.custom_ids import FACT, LOCALE, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.parts import parts_of
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.sending import notify, respond
from bot.surface.platform.typography import unbroken_embed

PATTERN = rf"o:{LOCALE}:{FACT}"
ROOM = 100  # characters of an embed kept for the ends of its lines and for its footer


class SourcesButton(StatefulButton, template=PATTERN):
    """The button under an answer that tells where it is written."""

    def __init__(self, locale: str, story: str, fact: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(PATTERN, "o", locale, story, fact)))
        self.locale = locale
        self.story = story
        self.fact = fact

    async def press(self, interaction: discord.Interaction) -> None:
        """Tell whoever presses, and nobody else."""
        parts = parts_of(interaction)
        renderer, found = (
            parts.renderer(self.locale),
            origins(parts.stories, self.story, self.fact, self.locale),
        )
        if found:
            await respond(interaction, Draft(embeds=(origins_of(found, renderer),)), ephemeral=True)
        else:
            await notify(interaction, renderer.text("suggest.gone"))


def origins_of(found: tuple[Origin, ...], renderer: Renderer) -> discord.Embed:
    """Draw where an answer is written: who asserts it, the words, and what else rests on their paragraph."""
    embed, told = discord.Embed(title=renderer.text("sources.origin"), colour=COLOURS["report"]), set[tuple[str, int]]()
    for number, origin in enumerate(found):
        citation = origin.citation
        paragraph = citation.source, citation.paragraph
        where = {"quote": citation.quote, "paragraph": citation.paragraph}
        is_named = any(source == citation.source for source, _ in told)
        lines = [renderer.text("reply.citation_short", **where) if is_named else renderer.citation(citation)]
        if paragraph not in told:
            lines += [
                renderer.text("sources.digest", digest=origin.digest),
                renderer.count("sources.others", origin.others),
                renderer.text("sources.where", where=citation.url or renderer.text("sources.no_url")),
            ]
        told.add(paragraph)
        name = attribution(origin.fact, renderer.locale, renderer.catalogue)
        if len(embed) + len(name) + sum(map(len, lines)) > limits.EMBED_TOTAL - ROOM or number == limits.EMBED_FIELDS:
            more = renderer.count("list.more", len(found) - number)
            embed.set_footer(text=more)
            break
        renderer.field(embed, name, lines)
    return unbroken_embed(embed)
