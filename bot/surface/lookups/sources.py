"""The articles that facts come from, and one article paragraph by paragraph."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.answering.context import Context
from bot.answering.languages import code_of
from bot.answering.sources import ArticleCard, ParagraphCard, SourceCard, article, article_of, sources
from bot.answering.stories import Stories
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.paged_list import Listed, Missing
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

NUMBER_PREFIX = "#"  # marks the number of an article, as opposed to its id
FIELDS_A_PAGE = 3  # usually one per paragraph
ARTICLES_A_PAGE = 5


@dataclass(frozen=True)
class SourcesList:
    """The list of `/sources`."""

    stories: Stories

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Find an article by its number, such as `#3`, or by its id; with an empty `about`, list all articles."""
        return await asyncio.to_thread(self._find, context, about)  # 20 ms for 250 articles

    def _find(self, context: Context, about: str) -> Listed | Missing:
        renderer = Renderer.of(self.stories.catalogue, context.locale)
        if not about:
            return Listed(list_pages(sources(self.stories, context), renderer), code_of(context.locale)[:2])
        card = (
            article(self.stories, context, int(about.removeprefix(NUMBER_PREFIX)))
            if about.startswith(NUMBER_PREFIX)
            else article_of(self.stories, context, about)
        )
        if card is None:
            return Missing(Draft(renderer.count("sources.unknown", len(sources(self.stories, context)))))
        return Listed(
            article_pages(card, Renderer.of(self.stories.catalogue, card.locale)),
            card.locale,
            about=card.card.id,
            shown=((card.head, [fact for row in card.paragraphs for sides in row.facts for fact in sides]),),
        )


def list_pages(cards: tuple[SourceCard, ...], renderer: Renderer) -> list[discord.Embed]:
    """Render the numbered list of articles."""
    pages = []
    for start in range(0, len(cards), ARTICLES_A_PAGE):
        embed = discord.Embed(title=renderer.text("sources.title"), colour=COLOURS["report"])
        for number, card in enumerate(cards[start : start + ARTICLES_A_PAGE], start + 1):
            lines = [
                *_about(card, renderer),
                renderer.count("sources.read", card.paragraphs, article=number),
            ]
            renderer.field(embed, f"{number}. {escaped(card.article)}", lines)
        pages.append(unbroken_embed(embed))
    return pages


def _about(card: SourceCard, renderer: Renderer) -> list[str]:
    count = renderer.count("sources.facts", card.facts)
    unrecorded = [] if card.is_recorded else [renderer.text("source.unrecorded")]
    story = [escaped(card.title)] if card.title else []
    return [
        *story,
        *unrecorded,
        count,
        renderer.text("sources.where", where=card.url or renderer.text("sources.no_url")),
    ]


def article_pages(card: ArticleCard, renderer: Renderer) -> list[discord.Embed]:
    """Render an article paragraph by paragraph on as many pages as needed."""
    pages = []
    runs = limits.paged((field for row in card.paragraphs for field in _paragraph(row, renderer)), FIELDS_A_PAGE)
    for number, run in enumerate(runs, 1):
        embed = discord.Embed(
            title=limits.clip(f"{card.number}. {escaped(card.card.article)}", limits.EMBED_TITLE),
            description="\n".join([*_about(card.card, renderer), renderer.text("sources.ours")]),
            colour=COLOURS["report"],
        )
        for name, lines in run:
            renderer.field(embed, name, lines)
        embed.set_footer(text=renderer.text("page.number", number=number, count=len(runs)))
        pages.append(unbroken_embed(embed))
    return pages


def _paragraph(row: ParagraphCard, renderer: Renderer) -> Iterator[limits.Field]:
    """Yield a paragraph's fields: more than one if its facts, each with its other side, do not fit in one."""
    lines = [f"*{escaped(row.digest)}*"]
    for fact, *others in row.facts:
        line = f"• {escaped(fact.text)} ({renderer.by(fact)})"
        lines += limits.keep_together([line, *renderer.other_side(others)])
    if not row.facts:
        lines.append(renderer.text("sources.no_fact"))
    for number, run in enumerate(limits.chunks(lines, limits.EMBED_FIELD_VALUE)):
        yield renderer.text("sources.more", paragraph=row.number) if number else f"§ {row.number}", run
