"""The cards of the story: who somebody is, when something happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import discord

from bot.answering.browse import EntityCard, EventCard, NotFound
from bot.answering.cited import Pair
from bot.answering.context import Surface, Utterance
from bot.answering.places import thing_of
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.text import attribution
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.paged_list import Listed
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

FIELDS_A_PAGE = 3  # of a thousand characters at most each
Card = EntityCard | EventCard


@dataclass(frozen=True)
class CardList:
    """The cards of `/who` or `/when`."""

    surface: Surface
    look_up: Callable[[Utterance], Card | NotFound]
    catalogue: Catalogue

    async def find(self, utterance: Utterance, _about: str) -> Listed | Draft:
        """Find the card of a name, an alias or an id."""
        card = self.look_up(utterance)
        if isinstance(card, NotFound):
            renderer = Renderer.of(self.catalogue, utterance.locale)
            return Draft(embeds=(renderer.not_found(card, f"{self.surface}.unknown"),))
        pairs = (card.facts,) if isinstance(card, EventCard) else (*card.said, *card.about)
        return Listed(
            card_pages(card, Renderer.of(self.catalogue, card.locale)),
            card.locale,
            about=thing_of(card.story, card.id),
            shown=((card, [view for pair in pairs for view in pair]),),
            exchange=card.exchange,
        )


def card_pages(card: Card, renderer: Renderer) -> list[discord.Embed]:
    """Draw a card: the first fields, then page after page what else there is."""
    fields = _entity(card, renderer) if isinstance(card, EntityCard) else _event(card, renderer)
    pages = []
    for run in limits.paged(fields, FIELDS_A_PAGE):
        embed = discord.Embed(title=limits.clip(card.name, limits.EMBED_TITLE), colour=COLOURS["report"])
        embed.description = card.role if isinstance(card, EntityCard) else card.when_words
        for name, lines in run:
            renderer.field(embed, name, lines)
        embed.set_footer(text=renderer.as_of(card.as_of))
        pages.append(unbroken_embed(embed))
    return pages


def _entity(card: EntityCard, renderer: Renderer) -> Iterator[limits.Field]:
    """Yield where it is written who somebody is, what they say, and what is said of them."""
    if card.citations:
        yield renderer.say("reply.written"), [renderer.citation(citation) for citation in card.citations]
    if card.said:
        yield from _listed(renderer.say("who.said"), card.said, renderer, attributed=False)
    if card.about:
        yield from _listed(renderer.say("who.about"), card.about, renderer, attributed=True)
    else:
        yield renderer.say("who.about"), [renderer.say("who.nothing")]


def _listed(name: str, pairs: tuple[Pair, ...], renderer: Renderer, *, attributed: bool) -> Iterator[limits.Field]:
    """Yield fields of facts, a line each and one for the other side, which stays with it where there is room."""
    blocks: list[str] = []
    for fact, *others in pairs:
        by = f" ({attribution(fact, renderer.locale, renderer.catalogue)})" if attributed and fact.by else ""
        told = f"• {fact.text}{by} § {fact.citations[0].paragraph}"
        blocks += limits.blocks([told, *renderer.beside(others)])
    for number, run in enumerate(limits.chunks(blocks, limits.EMBED_FIELD_VALUE)):
        yield (renderer.say("list.goes_on", name=name) if number else name), run


def _event(card: EventCard, renderer: Renderer) -> Iterator[limits.Field]:
    """Yield each fact that tells an event; each page names the article again."""
    for number, view in enumerate(card.facts):
        by, first = attribution(view, renderer.locale, renderer.catalogue), card.facts[number - number % FIELDS_A_PAGE]
        yield by, [view.text, *renderer.citations(view, None if view is first else first)]
