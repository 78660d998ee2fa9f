"""The timeline, as text and as a picture."""

import asyncio
from collections.abc import Sequence
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
MAX_CACHED_PICTURES = 32
MAX_PICTURE_EVENTS = 40  # more would be unreadable


class TimelineList:
    """The list of `/timeline`; pictures are drawn in a thread and cached, since a version of a story never changes."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories
        self._pictures: LRUCache[tuple[object, ...], bytes | None] = LRUCache(MAX_CACHED_PICTURES)

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Find the events between two dates, such as `2018:2019`; either may be empty."""
        return await asyncio.to_thread(self._find, context, about)  # 150 ms for 5,000 facts

    def _find(self, context: Context, about: str) -> Listed | Missing:
        renderer, (since, _, until) = Renderer.of(self._stories.catalogue, context.locale), about.partition(":")
        try:
            found = timeline(self._stories, context, since or None, until or None)
        except DateError:
            return Missing(Draft(renderer.text("timeline.no_date")))
        if not found.rows:
            return Missing(Draft(renderer.text("timeline.empty")))
        in_language = Renderer.of(self._stories.catalogue, found.locale)
        return Listed(
            in_language.timeline(found),
            found.locale,
            about=about,
            shown=((found.head, [fact for row in found.rows for fact in row.facts]),),
            picture=partial(self._picture, found, in_language) if len(found.rows) <= MAX_PICTURE_EVENTS else None,
        )

    async def _picture(self, found: Timeline, renderer: Renderer) -> discord.File | None:
        """Return the picture as a file, with its content as alt text; None if some letter of it cannot be drawn."""
        key = (found.story, found.version, found.locale, tuple(row.id for row in found.rows))
        if key not in self._pictures:
            labels = [renderer.text(key) for key in ("timeline.exact", "timeline.approximate", "timeline.open")]
            self._pictures[key] = await asyncio.to_thread(_draw, found, labels)
        png = self._pictures[key]
        if png is None:
            return None
        events = " · ".join(f"{row.name}, {row.when_text}" for row in found.rows)
        alt = limits.clip(renderer.text("timeline.alt", events=events), limits.ALT_TEXT)
        return discord.File(BytesIO(png), PICTURE, description=alt)


def _draw(found: Timeline, labels: Sequence[str]) -> bytes | None:
    """Draw the picture; matplotlib is imported here, in the thread: that takes longer than the rest of the start-up."""
    from bot.surface.lookups.pictures import TimelineKey, timeline_png

    return timeline_png(found, TimelineKey(*labels))
