"""Offer completions: ids as values, which are found again whatever the language and are short enough."""

from discord import app_commands

from bot.answering.values import Choice
from bot.surface.platform import limits


def choices_of(found: list[Choice]) -> list[app_commands.Choice[str]]:
    """Turn completions into Discord's choices."""
    return [app_commands.Choice(name=limits.clip(row.name, limits.CHOICE_NAME), value=row.id) for row in found]
