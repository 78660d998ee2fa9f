"""The timelines, as text and as pictures."""

import asyncio
from collections.abc import Sequence
from functools import partial
from io import BytesIO

import discord
from cachetools import LRUCache

from bot.answering.context import Context
from bot.answering.stories import Stories
from bot.answering.timeline import Timeline, timelines
from bot.story.dates import DateError
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.paged_list import Listed, Missing
from bot.surface.platform.render import Renderer

PICTURE = "timeline.png"
MAX_CACHED_PICTURES = 32
MAX_PICTURE_EVENTS = 40  # more would be unreadable
MAX_PICTURES = 3  # of stories; each takes a third of a second to draw


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
            found = timelines(self._stories, context, since or None, until or None)
        except DateError:
            return Missing(Draft(renderer.text("timeline.no_date")))
        if not found:
            return Missing(Draft(renderer.text("timeline.empty")))
        return Listed(
            [page for each in found for page in Renderer.of(self._stories.catalogue, each.locale).timeline(each)],
            found[0].locale,
            about=about,
            shown=tuple((each.head, [fact for row in each.rows for fact in row.facts]) for each in found),
            pictures=partial(self._files, [each for each in found if len(each.rows) <= MAX_PICTURE_EVENTS]),
        )

    async def _files(self, found: Sequence[Timeline]) -> list[discord.File]:
        """Return the picture of each story, of the first ones if they are many."""
        files = [await self._picture(each) for each in found[:MAX_PICTURES]]
        return [file for file in files if file]

    async def _picture(self, found: Timeline) -> discord.File | None:
        """Return the picture as a file, with its content as alt text; None if some letter of it cannot be drawn."""
        renderer = Renderer.of(self._stories.catalogue, found.locale)
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
