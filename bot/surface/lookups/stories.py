"""The command that says which story answers here, and lets managers choose it."""

from typing import Any

import discord
from discord import app_commands

from bot.answering.ports import EVERY_STORY
from bot.answering.values import StoryCard
from bot.surface.platform import limits
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import in_time, say
from bot.surface.platform.services import Services
from bot.surface.platform.translator import Words
from bot.surface.platform.utterance import of_interaction

SERVER, CHANNEL = "server", "channel"


def story_command(services: Services, words: Words) -> app_commands.Command[Any, ..., None]:
    """Build `/story`."""

    @app_commands.command(name=words("command.story"), description=words("command.story.description"))
    @app_commands.rename(story=words("command.story.story"), where=words("command.story.where"))
    @app_commands.describe(
        story=words("command.story.story.description"), where=words("command.story.where.description")
    )
    @app_commands.choices(
        where=[
            app_commands.Choice(name=words("command.story.server"), value=SERVER),
            app_commands.Choice(name=words("command.story.channel"), value=CHANNEL),
        ]
    )
    async def story_choice(interaction: discord.Interaction, story: str | None = None, where: str = SERVER) -> None:
        renderer = services.renderer(str(interaction.locale))
        if story is not None and not _may_choose(interaction):
            await say(interaction, renderer.say("story.forbidden"), services)
            return
        known = {EVERY_STORY, *(card.id for card in _cards(interaction, services))}
        if story is not None and story not in known:
            name = discord.utils.escape_markdown(limits.clip(story, limits.CHOICE_NAME))
            await say(interaction, renderer.say("story.unknown", name=name), services)
            return
        if story is not None:
            place, is_server = _place(interaction, where)
            unbound = is_server and story == EVERY_STORY  # a channel needs to be told apart from its server
            await in_time(interaction, services.bindings.bind(place, None if unbound else story), alone=True)
        text = limits.whole_lines(_lines(_cards(interaction, services), renderer), limits.MESSAGE)
        await say(interaction, text, services)

    @story_choice.autocomplete("story")
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        rows = [(card.title, card.id) for card in _cards(interaction, services)]
        rows.append((services.renderer(str(interaction.locale)).say("story.all"), EVERY_STORY))
        found = [row for row in rows if typed.casefold() in row[0].casefold()]
        return [
            app_commands.Choice(name=limits.clip(title, limits.CHOICE_NAME), value=identity)
            for title, identity in found[: limits.CHOICES]
        ]

    return story_choice


def _cards(interaction: discord.Interaction, services: Services) -> tuple[StoryCard, ...]:
    return services.browser.stories(of_interaction(interaction, "", "look", services.clock))


def _lines(cards: tuple[StoryCard, ...], renderer: Renderer) -> list[str]:
    """Say which stories answer here, and which others there are."""
    bound = next((card for card in cards if card.is_bound), None)
    heading = renderer.say("story.bound") if bound else renderer.say("story.best")
    others = [card for card in cards if not card.answers]
    lines = [heading, *(f"• {card.title}" for card in cards if card.answers)]
    return [*lines, renderer.say("story.others"), *(f"• {card.title}" for card in others)] if others else lines


def _may_choose(interaction: discord.Interaction) -> bool:
    """Let the managers of a server choose, and anybody in their own direct messages."""
    return interaction.guild_id is None or interaction.permissions.manage_guild


def _place(interaction: discord.Interaction, where: str) -> tuple[int, bool]:
    """Return the id of the server and True, or of the channel and False where that is meant or there is no server."""
    if interaction.guild_id and where == SERVER:
        return interaction.guild_id, True
    return interaction.channel_id or interaction.user.id, False
