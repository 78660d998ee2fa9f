"""A story in order, in words and as a picture."""

import asyncio
from functools import partial
from io import BytesIO

import discord
from cachetools import LRUCache

from bot.answering.context import Context
from bot.answering.stories import Stories
from bot.answering.timeline import Timeline, timeline
from bot.story.dates import DateError
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.paged_list import Listed, Missing
from bot.surface.platform.render import Renderer

PICTURE = "timeline.png"
KEPT = 32  # pictures
MOST_ROWS = 40  # events that can be read in one picture


class TimelineList:
    """The dated events; draws pictures off the event loop and keeps the last: a story's version never changes."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories
        self._kept: LRUCache[tuple[object, ...], bytes] = LRUCache(KEPT)

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Find the events between two dates, `2018:2019`; either may be left out."""
        renderer, (since, _, until) = Renderer.of(self._stories.catalogue, context.locale), about.partition(":")
        try:
            found = timeline(self._stories, context, since or None, until or None)
        except DateError:
            return Missing(Draft(renderer.text("timeline.no_date")))
        if not found.rows:
            return Missing(Draft(renderer.text("timeline.empty")))
        told_in = Renderer.of(self._stories.catalogue, found.locale)
        return Listed(
            told_in.timeline(found),
            found.locale,
            about=about,
            shown=((found.head, [fact for row in found.rows for fact in row.facts]),),
            picture=partial(self._picture, found, told_in) if len(found.rows) <= MOST_ROWS else None,
        )

    async def _picture(self, found: Timeline, renderer: Renderer) -> discord.File:
        """Return the picture as a file, with its contents in words for those who do not see it."""
        key = (found.story, found.version, found.locale, tuple(row.id for row in found.rows))
        drawn = self._kept.get(key)
        if drawn is None:
            exact, approximate = renderer.text("timeline.exact"), renderer.text("timeline.approximate")
            drawn = self._kept[key] = await asyncio.to_thread(_drawn, found, exact, approximate)
        told = " · ".join(f"{row.name}, {row.when_words}" for row in found.rows)
        alt = limits.clip(renderer.text("timeline.alt", events=told), limits.ALT_TEXT)
        return discord.File(BytesIO(drawn), PICTURE, description=alt)


def _drawn(found: Timeline, exact: str, approximate: str) -> bytes:
    """Draw in the thread that imports matplotlib too, which takes longer than the rest of a start."""
    from bot.surface.lookups.pictures import TimelineWords, timeline_png

    return timeline_png(found, TimelineWords(exact, approximate))
