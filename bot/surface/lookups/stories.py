"""Which story a server or channel is bound to, and who may bind it."""

import discord

from bot.answering.stories import StoryCard
from bot.surface.platform.escaping import escaped
from bot.surface.platform.render import Renderer

SERVER, CHANNEL = "server", "channel"


def story_lines(cards: tuple[StoryCard, ...], renderer: Renderer) -> list[str]:
    """Return which stories answer here, and which other stories are loaded."""
    bound = next((card for card in cards if card.is_bound), None)
    heading = renderer.text("story.bound") if bound else renderer.text("story.best")
    others = [card for card in cards if not card.answers]
    lines = [heading, *(f"• {escaped(card.title)}" for card in cards if card.answers)]
    return (
        [*lines, renderer.text("story.others"), *(f"• {escaped(card.title)}" for card in others)] if others else lines
    )


def may_choose(interaction: discord.Interaction) -> bool:
    """Return whether the user may bind a story: a server's managers, and anybody in their own direct messages."""
    return interaction.guild_id is None or interaction.permissions.manage_guild


def binding_target(interaction: discord.Interaction, where: str) -> tuple[int, bool]:
    """Return the id of the server or channel to bind, and whether it is a server; outside a server, the channel."""
    if interaction.guild_id and where == SERVER:
        return interaction.guild_id, True
    return interaction.channel_id or interaction.user.id, False
