"""The commands that look something up by name: who somebody is, when something happened."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bot.answering.places import thing_of
from bot.answering.telling.text import attribution
from bot.answering.values import EntityCard, EventCard, NotFound, Pair, Surface, Utterance
from bot.surface.feedback.mistakes import with_mistake
from bot.surface.platform import limits
from bot.surface.platform.completion import choices_of
from bot.surface.platform.pages import Draw, Page, turner
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.sending import Draft, respond
from bot.surface.platform.services import Place, Services
from bot.surface.platform.translator import Words
from bot.surface.platform.typography import unbroken_embed
from bot.surface.platform.utterance import of_interaction

WHO, WHEN = "who", "when"
CALLED = {  # a command, its option, and what each says of itself
    WHO: ("command.who", "command.who.description", "command.who.name", "command.who.name.description"),
    WHEN: ("command.when", "command.when.description", "command.when.event", "command.when.event.description"),
}
FIELDS_A_PAGE = 3  # of a thousand characters at most each
Command = app_commands.Command[Any, ..., None]
Card = EntityCard | EventCard


def card_command(services: Services, words: Words, command: str) -> Command:
    """Build `/who` or `/when`."""
    name, description, option, option_description = map(words, CALLED[command])

    @app_commands.command(name=name, description=description)
    @app_commands.rename(named=option)
    @app_commands.describe(named=option_description)
    async def card(interaction: discord.Interaction, named: str) -> None:
        surface: Surface = "who" if command == WHO else "when"
        found = _card(of_interaction(interaction, named, surface, services.clock), services, command)
        await _send(interaction, services, command, found)

    @card.autocomplete("named")
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        utterance = of_interaction(interaction, typed, "look", services.clock)
        offered = services.browser.complete_who if command == WHO else services.browser.complete_when
        return choices_of(offered(utterance, limits.CHOICES))

    return card


def cards_pages(services: Services) -> dict[str, Draw]:
    """Return what draws the pages of each command again when a button turns them."""

    async def draw(interaction: discord.Interaction, page: Page) -> list[discord.Embed]:
        utterance = replace(of_interaction(interaction, page.about, "button", services.clock), locale=page.locale)
        card = _card(utterance, services, page.command)
        return [] if isinstance(card, NotFound) else card_pages(card, services.renderer(card.locale))

    return {WHO: draw, WHEN: draw}


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


def _card(utterance: Utterance, services: Services, command: str) -> Card | NotFound:
    return services.browser.who(utterance) if command == WHO else services.browser.when(utterance)


async def _send(interaction: discord.Interaction, services: Services, command: str, card: Card | NotFound) -> None:
    if isinstance(card, NotFound):
        renderer = services.renderer(str(interaction.locale))
        embed = renderer.not_found(card, "who.unknown" if command == WHO else "when.unknown")
        await respond(interaction, Draft(embeds=(embed,)), services, alone=True)
        return
    renderer = services.renderer(card.locale)
    pages = card_pages(card, renderer)
    page = Page(command, interaction.user.id, card.locale, thing_of(card.story, card.id))
    view = with_mistake(turner(page, len(pages), services), card.exchange, services.renderer(card.locale))
    sent = await respond(interaction, Draft(embeds=(pages[0],), view=view), services)
    pairs = (card.facts,) if isinstance(card, EventCard) else (*card.said, *card.about)
    views = [view for pair in pairs for view in pair]
    services.show_list(card, views, Place.of(interaction), sent)


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
