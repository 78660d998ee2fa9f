"""Where facts come from: the articles, and one of them paragraph by paragraph."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bot.answering.articles import ArticleCard, ParagraphCard
from bot.answering.telling.text import attribution
from bot.answering.values import SourceCard
from bot.surface.platform import limits
from bot.surface.platform.pages import Draw, Page, spoken, turner
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.sending import Draft, respond, say
from bot.surface.platform.services import Place, Services
from bot.surface.platform.translator import Words
from bot.surface.platform.typography import unbroken_embed
from bot.surface.platform.utterance import of_interaction

SOURCES = "sources"
PARAGRAPHS_A_PAGE = 3  # fields, mostly
ARTICLES_A_PAGE = 5


def sources_command(services: Services, words: Words) -> app_commands.Command[Any, ..., None]:
    """Build `/sources`."""

    @app_commands.command(name=words("command.sources"), description=words("command.sources.description"))
    @app_commands.rename(number=words("command.sources.number"))
    @app_commands.describe(number=words("command.sources.number.description"))
    async def sources(interaction: discord.Interaction, number: app_commands.Range[int, 1] | None = None) -> None:
        utterance = of_interaction(interaction, "", "look", services.clock)
        renderer = services.renderer(str(interaction.locale))
        page = Page(SOURCES, interaction.user.id, spoken(interaction), "")
        if number is None:
            pages = listed(services.archive.sources(utterance), renderer)
            draft = Draft(embeds=(pages[0],), view=turner(page, len(pages), services))
            await respond(interaction, draft, services)
            return
        card = services.archive.article(utterance, number)
        if card is None:
            count = len(services.archive.sources(utterance))
            await say(interaction, services.catalogue.count(renderer.locale, "sources.unknown", count), services)
            return
        pages = drawn(card, services.renderer(card.locale))
        view = turner(replace(page, about=card.card.id, locale=card.locale), len(pages), services)
        sent = await respond(interaction, Draft(embeds=(pages[0],), view=view), services)
        views = [view for row in card.paragraphs for thread in row.facts for view in thread]
        services.show_list(card, views, Place.of(interaction), sent)

    return sources


def sources_pages(services: Services) -> Draw:
    """Return what draws the pages again when a button turns them."""

    async def draw(interaction: discord.Interaction, page: Page) -> list[discord.Embed]:
        utterance = replace(of_interaction(interaction, "", "look", services.clock), locale=page.locale)
        renderer = services.renderer(page.locale)
        if not page.about:
            return listed(services.archive.sources(utterance), renderer)
        card = services.archive.article_of(utterance, page.about)
        return drawn(card, renderer) if card else []

    return draw


def listed(cards: tuple[SourceCard, ...], renderer: Renderer) -> list[discord.Embed]:
    """List the articles by number."""
    pages = []
    for start in range(0, len(cards), ARTICLES_A_PAGE):
        embed = discord.Embed(title=renderer.say("sources.title"), colour=COLOURS["report"])
        for number, card in enumerate(cards[start : start + ARTICLES_A_PAGE], start + 1):
            lines = [
                *_about(card, renderer),
                renderer.catalogue.count(renderer.locale, "sources.read", card.paragraphs, article=number),
            ]
            renderer.field(embed, f"{number}. {card.article}", lines)
        pages.append(unbroken_embed(embed))
    return pages


def _about(card: SourceCard, renderer: Renderer) -> list[str]:
    count = renderer.catalogue.count(renderer.locale, "sources.facts", card.facts)
    return [count, renderer.say("sources.where", where=card.url or renderer.say("sources.no_url"))]


def drawn(card: ArticleCard, renderer: Renderer) -> list[discord.Embed]:
    """Draw an article, some paragraphs a page; a paragraph with many facts goes on in fields of its own."""
    pages = []
    runs = limits.paged((field for row in card.paragraphs for field in _paragraph(row, renderer)), PARAGRAPHS_A_PAGE)
    for number, run in enumerate(runs, 1):
        embed = discord.Embed(
            title=limits.clip(f"{card.number}. {card.card.article}", limits.EMBED_TITLE),
            description="\n".join([*_about(card.card, renderer), renderer.say("sources.ours")]),
            colour=COLOURS["report"],
        )
        for name, lines in run:
            renderer.field(embed, name, lines)
        embed.set_footer(text=renderer.say("page.number", number=number, count=len(runs)))
        pages.append(unbroken_embed(embed))
    return pages


def _paragraph(row: ParagraphCard, renderer: Renderer) -> Iterator[limits.Field]:
    """Yield the fields of a paragraph: a fact stays with its other side, so that there may be several."""
    lines = [f"*{row.digest}*"]
    for fact, *others in row.facts:
        told = f"• {fact.text} ({attribution(fact, renderer.locale, renderer.catalogue)})"
        lines += limits.blocks([told, *renderer.beside(others)])
    if not row.facts:
        lines.append(renderer.say("sources.no_fact"))
    for number, run in enumerate(limits.chunks(lines, limits.EMBED_FIELD_VALUE)):
        yield renderer.say("sources.more", paragraph=row.number) if number else f"§ {row.number}", run
