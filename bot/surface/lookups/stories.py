"""Which story answers where, and who may choose it."""

import discord

from bot.answering.stories import StoryCard
from bot.surface.platform.render import Renderer

SERVER, CHANNEL = "server", "channel"


def story_lines(cards: tuple[StoryCard, ...], renderer: Renderer) -> list[str]:
    """Say which stories answer here, and which others there are."""
    bound = next((card for card in cards if card.is_bound), None)
    heading = renderer.text("story.bound") if bound else renderer.text("story.best")
    others = [card for card in cards if not card.answers]
    lines = [heading, *(f"• {card.title}" for card in cards if card.answers)]
    return [*lines, renderer.text("story.others"), *(f"• {card.title}" for card in others)] if others else lines


def may_choose(interaction: discord.Interaction) -> bool:
    """Let the managers of a server choose, and anybody in their own direct messages."""
    return interaction.guild_id is None or interaction.permissions.manage_guild


def place_of(interaction: discord.Interaction, where: str) -> tuple[int, bool]:
    """Return the id of the server and True, or of the channel and False where that is meant or there is no server."""
    if interaction.guild_id and where == SERVER:
        return interaction.guild_id, True
    return interaction.channel_id or interaction.user.id, False
