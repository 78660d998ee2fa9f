"""The command that says what the bot can do, by topic, with questions that the loaded stories answer."""

from typing import Any

import discord
from discord import app_commands

from bot.surface.platform import limits
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.sending import Draft, respond
from bot.surface.platform.services import Services
from bot.surface.platform.translator import Words
from bot.surface.platform.typography import unbroken_embed
from bot.surface.platform.utterance import of_interaction

EXAMPLES = 5
COMMANDS = (
    *("ask", "who", "when", "timeline", "claims", "quote"),
    *("sources", "changes", "story", "privacy", "help"),
)
TOPICS = ("asking", "commands", "answers", "privacy", "contact")


def help_command(services: Services, words: Words) -> app_commands.Command[Any, ..., None]:
    """Build `/help`."""

    @app_commands.command(name=words("command.help"), description=words("command.help.description"))
    @app_commands.rename(topic=words("command.help.topic"))
    @app_commands.describe(topic=words("command.help.topic.description"))
    @app_commands.choices(
        topic=[app_commands.Choice(name=words(f"help.topic.{topic}"), value=topic) for topic in TOPICS]
    )
    async def help_on(interaction: discord.Interaction, topic: str = "") -> None:
        utterance = of_interaction(interaction, "", "look", services.clock)
        renderer = services.renderer(str(interaction.locale))
        titles = [card.title for card in services.browser.stories(utterance) if card.answers]
        examples = services.browser.examples(utterance, EXAMPLES)
        embed = help_page(topic, titles, examples, services.contact, renderer)
        await respond(interaction, Draft(embeds=(embed,)), services, alone=True)

    return help_on


def help_page(
    topic: str, titles: list[str], examples: tuple[str, ...], contact: str | None, renderer: Renderer
) -> discord.Embed:
    """Draw a topic, or without one, what matters most and which topics there are."""
    if topic in TOPICS:
        embed = discord.Embed(title=renderer.say(f"help.topic.{topic}"), description=renderer.say(f"help.{topic}"))
        if topic == "asking":
            renderer.field(embed, renderer.say("help.examples"), [f"• {text}" for text in examples])
        if topic == "commands":
            renderer.field(embed, renderer.say("help.everywhere"), _commands(renderer))
        if topic == "contact":
            renderer.field(embed, renderer.say("help.write_to"), [contact or renderer.say("help.no_contact")])
    else:
        title = limits.clip(renderer.say("help.title", title=", ".join(titles)), limits.EMBED_TITLE)
        embed = discord.Embed(title=title, description=renderer.say("help.intro"))
        renderer.field(embed, renderer.say("help.chat"), [renderer.say("help.chat.how")])
        renderer.field(embed, renderer.say("help.examples"), [f"• {text}" for text in examples[:3]])
        topics = (f"• `/{renderer.say('command.help')}` {renderer.say(f'help.topic.{name}')}" for name in TOPICS)
        renderer.field(embed, renderer.say("help.topics"), list(topics))
    embed.colour = COLOURS["report"]
    return unbroken_embed(embed)


def _commands(renderer: Renderer) -> list[str]:
    return [f"`/{renderer.say(f'command.{name}')}` {renderer.say(f'command.{name}.description')}" for name in COMMANDS]
