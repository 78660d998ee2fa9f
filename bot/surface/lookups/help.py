"""Help by topic, with example questions that the loaded stories answer."""

import discord

from bot.surface.platform import limits
from bot.surface.platform.escaping import escaped
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

MAX_EXAMPLES = 5
COMMANDS = (
    *("ask", "who", "when", "timeline", "claims", "quote"),
    *("sources", "changes", "story", "privacy", "help"),
)
TOPICS = {  # key and English name, as in the catalogue
    "asking": "Asking a question",
    "commands": "The commands",
    "answers": "Reading an answer",
    "privacy": "Your data",
    "contact": "Right of reply",
}


def help_page(
    topic: str, titles: list[str], examples: tuple[str, ...], contact: str | None, renderer: Renderer
) -> discord.Embed:
    """Render help on a topic; without a topic, an overview and the list of topics."""
    if topic in TOPICS:
        embed = discord.Embed(title=renderer.text(f"help.topic.{topic}"), description=renderer.text(f"help.{topic}"))
        if topic == "asking":
            renderer.field(embed, renderer.text("help.examples"), [f"• {escaped(text)}" for text in examples])
        if topic == "commands":
            renderer.field(embed, renderer.text("help.everywhere"), _commands(renderer))
        if topic == "contact":
            renderer.field(embed, renderer.text("help.write_to"), [contact or renderer.text("help.no_contact")])
    else:
        title = limits.clip(renderer.text("help.title", title=escaped(", ".join(titles))), limits.EMBED_TITLE)
        embed = discord.Embed(title=title, description=renderer.text("help.intro"))
        renderer.field(embed, renderer.text("help.chat"), [renderer.text("help.chat.how")])
        renderer.field(embed, renderer.text("help.examples"), [f"• {escaped(text)}" for text in examples[:3]])
        topics = (f"• `/{renderer.text('command.help')}` {renderer.text(f'help.topic.{name}')}" for name in TOPICS)
        renderer.field(embed, renderer.text("help.topics"), list(topics))
    embed.colour = COLOURS["report"]
    return unbroken_embed(embed)


def _commands(renderer: Renderer) -> list[str]:
    return [
        f"`/{renderer.text(f'command.{name}')}` {renderer.text(f'command.{name}.description')}" for name in COMMANDS
    ]
