"""Cards: who somebody is, when something happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import discord

from bot.answering.cited import Sides
from bot.answering.context import Context
from bot.answering.editions import short_id
from bot.answering.lookup import NotFound
from bot.answering.stories import Stories
from bot.answering.when import EventCard
from bot.answering.who import EntityCard
from bot.surface.platform import limits
from bot.surface.platform.escaping import escaped
from bot.surface.platform.paged_list import Listed, Missing
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

FIELDS_A_PAGE = 3  # of up to a thousand characters each
Card = EntityCard | EventCard


@dataclass(frozen=True)
class CardList:
    """The cards of `/who` or `/when`."""

    look_up: Callable[[Stories, Context, str], Card | NotFound]
    unknown: str  # the catalogue key for a name that no story knows
    stories: Stories

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Find the card for a name, an alias or an id."""
        card = self.look_up(self.stories, context, about)
        if isinstance(card, NotFound):
            return Missing.of(card, self.unknown, Renderer.of(self.stories.catalogue, context.locale))
        rows = (card.facts,) if isinstance(card, EventCard) else (*card.asserted, *card.about)
        return Listed(
            card_pages(card, Renderer.of(self.stories.catalogue, card.locale)),
            card.locale,
            about=short_id(card.story, card.id),
            shown=((card.head, [fact for sides in rows for fact in sides]),),
            result=card,
        )


def card_pages(card: Card, renderer: Renderer) -> list[discord.Embed]:
    """Render a card on as many pages as needed."""
    fields = _entity(card, renderer) if isinstance(card, EntityCard) else _event(card, renderer)
    pages = []
    for run in limits.paged(fields, FIELDS_A_PAGE):
        embed = discord.Embed(title=limits.clip(escaped(card.name), limits.EMBED_TITLE), colour=COLOURS["report"])
        embed.description = escaped(card.role if isinstance(card, EntityCard) else card.when_text)
        for name, lines in run:
            renderer.field(embed, name, lines)
        embed.set_footer(text=renderer.as_of(card.as_of))
        pages.append(unbroken_embed(embed))
    return pages


def _entity(card: EntityCard, renderer: Renderer) -> Iterator[limits.Field]:
    """Yield the fields of an entity: citations, what they said, what others said about them."""
    if card.citations:
        yield renderer.text("reply.written"), [renderer.citation(citation) for citation in card.citations]
    if card.asserted:
        yield from _listed(renderer.text("who.said"), card.asserted, renderer, attributed=False)
    if card.about:
        yield from _listed(renderer.text("who.about"), card.about, renderer, attributed=True)
    else:
        yield renderer.text("who.about"), [renderer.text("who.nothing")]


def _listed(name: str, facts: tuple[Sides, ...], renderer: Renderer, *, attributed: bool) -> Iterator[limits.Field]:
    """Yield fields that list facts, one line each, followed by the other side if there is one."""
    blocks: list[str] = []
    for fact, *others in facts:
        by = f" ({renderer.by(fact)})" if attributed and fact.by else ""
        line = f"• {escaped(fact.text)}{by} § {fact.citations[0].paragraph}"
        blocks += limits.keep_together([line, *renderer.other_side(others)])
    for number, run in enumerate(limits.chunks(blocks, limits.EMBED_FIELD_VALUE)):
        yield (renderer.text("list.goes_on", name=name) if number else name), run


def _event(card: EventCard, renderer: Renderer) -> Iterator[limits.Field]:
    """Yield a field for each fact about an event; the first fact on each page names the article."""
    for number, cited in enumerate(card.facts):
        first = card.facts[number - number % FIELDS_A_PAGE]
        yield renderer.by(cited), [escaped(cited.text), *renderer.citations(cited, None if cited is first else first)]
