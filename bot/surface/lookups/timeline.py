"""The command that shows a story in order, in words and as a picture."""

import asyncio
from dataclasses import replace
from io import BytesIO
from typing import Any

import discord
from cachetools import LRUCache
from discord import app_commands

from bot.answering.values import Timeline
from bot.surface.platform import limits
from bot.surface.platform.pages import Draw, Page, turner
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import Draft, in_time, respond, say
from bot.surface.platform.services import Place, Services
from bot.surface.platform.translator import Words
from bot.surface.platform.utterance import of_interaction

TIMELINE = "timeline"
PICTURE = "timeline.png"
KEPT = 32  # pictures
MOST_ROWS = 40  # events that can be read in one picture


class Pictures:
    """Draws timelines off the event loop, and keeps the last of them: a story's version never changes."""

    def __init__(self) -> None:
        self._kept: LRUCache[tuple[object, ...], bytes] = LRUCache(KEPT)

    async def of(self, timeline: Timeline, exact: str, approximate: str) -> bytes:
        """Return the picture of a timeline as PNG."""
        key = (timeline.story, timeline.version, timeline.locale, tuple(row.id for row in timeline.rows))
        drawn = self._kept.get(key)
        if drawn is None:
            drawn = self._kept[key] = await asyncio.to_thread(_drawn, timeline, exact, approximate)
        return drawn


def _drawn(timeline: Timeline, exact: str, approximate: str) -> bytes:
    """Draw in the thread that imports matplotlib too, which takes longer than the rest of a start."""
    from bot.surface.lookups.pictures import TimelineWords, timeline_png

    return timeline_png(timeline, TimelineWords(exact, approximate))


def timeline_command(services: Services, words: Words) -> app_commands.Command[Any, ..., None]:
    """Build `/timeline`."""
    pictures = Pictures()

    @app_commands.command(name=words("command.timeline"), description=words("command.timeline.description"))
    @app_commands.rename(since=words("command.timeline.from"), until=words("command.timeline.to"))
    @app_commands.describe(
        since=words("command.timeline.from.description"), until=words("command.timeline.to.description")
    )
    async def timeline(interaction: discord.Interaction, since: str = "", until: str = "") -> None:
        renderer = services.renderer(str(interaction.locale))
        utterance = of_interaction(interaction, "", "timeline", services.clock)
        try:
            found = services.browser.timeline(utterance, since.strip() or None, until.strip() or None)
        except ValueError:
            await say(interaction, renderer.say("timeline.no_date"), services)
            return
        if not found.rows:
            await say(interaction, renderer.say("timeline.empty"), services)
            return
        pages = services.renderer(found.locale).timeline(found)
        files: tuple[discord.File, ...] = ()
        if len(found.rows) <= MOST_ROWS:
            files = (await in_time(interaction, _picture(found, pictures, services.renderer(found.locale))),)
        page = Page(TIMELINE, interaction.user.id, found.locale, f"{since.strip()}:{until.strip()}")
        view = turner(page, len(pages), services)
        sent = await respond(interaction, Draft(embeds=(pages[0],), view=view, files=files), services)
        views = [view for row in found.rows for view in row.facts]
        services.show_list(found, views, Place.of(interaction), sent)

    return timeline


def timeline_pages(services: Services) -> Draw:
    """Return what draws the pages again when a button turns them."""

    async def draw(interaction: discord.Interaction, page: Page) -> list[discord.Embed]:
        utterance = replace(of_interaction(interaction, "", "button", services.clock), locale=page.locale)
        since, _, until = page.about.partition(":")
        try:
            found = services.browser.timeline(utterance, since or None, until or None)
        except ValueError:
            return []
        return services.renderer(page.locale).timeline(found)

    return draw


async def _picture(timeline: Timeline, pictures: Pictures, renderer: Renderer) -> discord.File:
    """Return the picture as a file, with its contents in words for those who do not see it."""
    exact, approximate = renderer.say("timeline.exact"), renderer.say("timeline.approximate")
    told = " · ".join(f"{row.name}, {row.when_words}" for row in timeline.rows)
    alt = limits.clip(renderer.say("timeline.alt", events=told), limits.ALT_TEXT)
    return discord.File(BytesIO(await pictures.of(timeline, exact, approximate)), PICTURE, description=alt)
