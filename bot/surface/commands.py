"""The slash commands that everybody has: they only turn Discord into values and values into Discord."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands

from bot.answering.values import NotFound
from bot.surface import limits
from bot.surface.changes import changes_command
from bot.surface.completion import choices_of
from bot.surface.help import help_command
from bot.surface.listings import CLAIMS, QUOTE, listing_command
from bot.surface.privacy import privacy_commands
from bot.surface.replies import answer_interaction
from bot.surface.sending import Draft, in_time, respond
from bot.surface.services import Services
from bot.surface.sources import sources_command
from bot.surface.statements import check_menu
from bot.surface.stories import story_command
from bot.surface.timeline import timeline_command
from bot.surface.translator import Words
from bot.surface.utterance import of_interaction

Command = app_commands.Command[Any, ..., None]


def public_commands(services: Services) -> Iterator[Command | app_commands.Group | app_commands.ContextMenu]:
    """Build the commands and the menu."""
    words = Words(services.catalogue)
    yield _ask(services, words)
    yield _who(services, words)
    yield _when(services, words)
    yield timeline_command(services, words)
    yield listing_command(services, words, CLAIMS)
    yield listing_command(services, words, QUOTE)
    yield sources_command(services, words)
    yield changes_command(services, words)
    yield story_command(services, words)
    yield privacy_commands(services, words)
    yield help_command(services, words)
    yield check_menu(services, words)


def _ask(services: Services, words: Words) -> Command:
    @app_commands.command(name=words("command.ask"), description=words("command.ask.description"))
    @app_commands.rename(question=words("command.ask.question"))
    @app_commands.describe(question=words("command.ask.question.description"))
    async def ask(interaction: discord.Interaction, question: str) -> None:
        utterance = of_interaction(interaction, question, "ask", services.clock)
        reply = await in_time(interaction, services.assistant.ask(utterance))
        await answer_interaction(interaction, reply, services)

    return ask


def _who(services: Services, words: Words) -> Command:
    @app_commands.command(name=words("command.who"), description=words("command.who.description"))
    @app_commands.rename(name=words("command.who.name"))
    @app_commands.describe(name=words("command.who.name.description"))
    async def who(interaction: discord.Interaction, name: str) -> None:
        card = services.browser.who(of_interaction(interaction, name, "who", services.clock))
        renderer = services.renderer(str(interaction.locale))
        missing = isinstance(card, NotFound)
        embed = renderer.not_found(card, "who.unknown") if isinstance(card, NotFound) else renderer.entity(card)
        await respond(interaction, Draft(embeds=(embed,)), services, alone=missing)

    @who.autocomplete("name")
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        utterance = of_interaction(interaction, typed, "look", services.clock)
        return choices_of(services.browser.complete_who(utterance, limits.CHOICES))

    return who


def _when(services: Services, words: Words) -> Command:
    @app_commands.command(name=words("command.when"), description=words("command.when.description"))
    @app_commands.rename(event=words("command.when.event"))
    @app_commands.describe(event=words("command.when.event.description"))
    async def when(interaction: discord.Interaction, event: str) -> None:
        card = services.browser.when(of_interaction(interaction, event, "when", services.clock))
        renderer = services.renderer(str(interaction.locale))
        missing = isinstance(card, NotFound)
        embed = renderer.not_found(card, "when.unknown") if isinstance(card, NotFound) else renderer.event(card)
        await respond(interaction, Draft(embeds=(embed,)), services, alone=missing)

    @when.autocomplete("event")
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        utterance = of_interaction(interaction, typed, "look", services.clock)
        return choices_of(services.browser.complete_when(utterance, limits.CHOICES))

    return when
