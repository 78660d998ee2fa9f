"""The commands that list what people say: claims with what answers them, and exact words."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bot.answering.places import thing_of
from bot.answering.values import NotFound, Shown, Surface, Utterance
from bot.surface.feedback.mistakes import with_mistake
from bot.surface.platform import limits
from bot.surface.platform.completion import choices_of
from bot.surface.platform.pages import Draw, Page, turner
from bot.surface.platform.sending import Draft, respond
from bot.surface.platform.services import Place, Services
from bot.surface.platform.translator import Words
from bot.surface.platform.utterance import of_interaction

CLAIMS, QUOTE = "claims", "quote"
CALLED = {
    CLAIMS: ("command.claims", "command.claims.description"),
    QUOTE: ("command.quote", "command.quote.description"),
}
UNKNOWN = {CLAIMS: "claims.unknown", QUOTE: "quote.unknown"}
Command = app_commands.Command[Any, ..., None]


def listing_command(services: Services, words: Words, command: str) -> Command:
    """Build `/claims` or `/quote`."""
    name, description = CALLED[command]

    @app_commands.command(name=words(name), description=words(description))
    @app_commands.rename(person=words("command.claims.person"))
    @app_commands.describe(person=words("command.claims.person.description"))
    async def listing(interaction: discord.Interaction, person: str = "") -> None:
        await _send(interaction, services, command, person)

    @listing.autocomplete("person")
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        utterance = of_interaction(interaction, typed, "look", services.clock)
        browser = services.browser
        offered = browser.complete_claimants if command == CLAIMS else browser.complete_speakers
        return choices_of(offered(utterance, limits.CHOICES))

    return listing


def draws(services: Services) -> dict[str, Draw]:
    """Return what draws the pages of each list again when a button turns them."""

    async def draw(interaction: discord.Interaction, page: Page) -> list[discord.Embed]:
        utterance = replace(of_interaction(interaction, page.about, "button", services.clock), locale=page.locale)
        return _pages(_shown(utterance, services, page.command), services, page.command, page.locale)

    return {CLAIMS: draw, QUOTE: draw}


async def _send(interaction: discord.Interaction, services: Services, command: str, person: str) -> None:
    surface: Surface = "claims" if command == CLAIMS else "quote"
    shown = _shown(of_interaction(interaction, person, surface, services.clock), services, command)
    renderer = services.renderer(str(interaction.locale))
    if isinstance(shown, NotFound):
        draft = Draft(embeds=(renderer.not_found(shown, UNKNOWN[command]),))
        await respond(interaction, draft, services, alone=True)
        return
    pages = _pages(shown, services, command, shown.locale)
    about = thing_of(shown.story, shown.about) if shown.about else ""
    page = Page(command, interaction.user.id, shown.locale, about)
    view = with_mistake(turner(page, len(pages), services), shown.exchange, services.renderer(shown.locale))
    sent = await respond(interaction, Draft(embeds=(pages[0],), view=view), services)
    views = [view for thread in shown.threads for view in thread]
    services.show_list(shown, views, Place.of(interaction), sent)


def _shown(utterance: Utterance, services: Services, command: str) -> Shown | NotFound:
    return services.browser.claims(utterance) if command == CLAIMS else services.browser.quotes(utterance)


def _pages(shown: Shown | NotFound, services: Services, command: str, locale: str) -> list[discord.Embed]:
    """Draw every page: a claim each, or some quotations."""
    if isinstance(shown, NotFound):
        return []
    renderer = services.renderer(locale)
    if command == CLAIMS:
        count = len(shown.threads)
        return [renderer.claim(thread, shown.as_of, number, count) for number, thread in enumerate(shown.threads, 1)]
    return renderer.quotes(shown)
