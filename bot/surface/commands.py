"""The slash commands that everybody has: they only turn Discord into values and values into Discord."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands

from bot.surface.answers.replies import answer_interaction
from bot.surface.desk.privacy import privacy_commands
from bot.surface.lookups.cards import WHEN, WHO, card_command
from bot.surface.lookups.changes import changes_command
from bot.surface.lookups.help import help_command
from bot.surface.lookups.listings import CLAIMS, QUOTE, listing_command
from bot.surface.lookups.sources import sources_command
from bot.surface.lookups.statements import check_menu
from bot.surface.lookups.stories import story_command
from bot.surface.lookups.timeline import timeline_command
from bot.surface.platform.sending import in_time
from bot.surface.platform.services import Services
from bot.surface.platform.translator import Words
from bot.surface.platform.utterance import of_interaction

Command = app_commands.Command[Any, ..., None]


def public_commands(services: Services) -> Iterator[Command | app_commands.Group | app_commands.ContextMenu]:
    """Build the commands and the menu."""
    words = Words(services.catalogue)
    yield _ask(services, words)
    yield card_command(services, words, WHO)
    yield card_command(services, words, WHEN)
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
