"""The message menu that checks any message against the stories."""

import discord
from discord import app_commands

from bot.answering.statements import Meeting
from bot.answering.text import as_of_words, attribution, citation_lines
from bot.surface import limits
from bot.surface.render import COLOURS, Renderer
from bot.surface.sending import Draft, in_time, respond, say
from bot.surface.services import Services
from bot.surface.translator import Words
from bot.surface.typography import unbroken_embed
from bot.surface.utterance import of_interaction

MEETINGS_A_PAGE = 3


def check_menu(services: Services, words: Words) -> app_commands.ContextMenu:
    """Build the menu; what it finds is shown to whoever opens it, so that nobody is corrected in public."""

    async def check(interaction: discord.Interaction, message: discord.Message) -> None:
        utterance = of_interaction(interaction, message.content, "look", services.clock)
        meetings = await in_time(interaction, services.checker.check(utterance), alone=True)
        renderer = services.renderer(str(interaction.locale))
        if not meetings:
            await say(interaction, renderer.say("check.none"), services)
            return
        for start in range(0, len(meetings), MEETINGS_A_PAGE):
            embed = _drawn(meetings[start : start + MEETINGS_A_PAGE], start, len(meetings), renderer)
            await respond(interaction, Draft(embeds=(embed,)), services, alone=True)

    return app_commands.ContextMenu(name=words("menu.check"), callback=check)


def _drawn(meetings: tuple[Meeting, ...], start: int, count: int, renderer: Renderer) -> discord.Embed:
    """Draw some sentences, each with the fact that it meets and the other side of that."""
    embed = discord.Embed(title=renderer.say("check.title"), description=renderer.say("check.how"))
    embed.colour = COLOURS["report"]
    for meeting in meetings:
        locale, catalogue, (first, *others) = meeting.locale, renderer.catalogue, meeting.thread
        lines = [f"**{attribution(first, locale, catalogue)}**", first.text, *citation_lines(first, locale, catalogue)]
        for other in others:
            by = attribution(other, locale, catalogue)
            lines += [f"**{by}**", other.text, *citation_lines(other, locale, catalogue, first)]
        quoted = discord.utils.escape_markdown(limits.clip(meeting.sentence, limits.EMBED_FIELD_NAME // 2))
        name = renderer.say("check.sentence", sentence=quoted)
        for number, part in enumerate(limits.chunks(lines, limits.EMBED_FIELD_VALUE)):
            renderer.field(embed, renderer.say("check.goes_on") if number else name, part)
    page = renderer.say("check.page", start=start + 1, end=start + len(meetings), count=count)
    fresh = as_of_words(meetings[0].as_of, renderer.locale, renderer.catalogue)
    embed.set_footer(text=f"{page} · {fresh}")
    return unbroken_embed(embed)
