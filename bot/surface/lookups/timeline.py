"""A story in order, in words and as a picture."""

import asyncio
from functools import partial
from io import BytesIO

import discord
from cachetools import LRUCache

from bot.answering.browse import Browser, Timeline
from bot.answering.context import Surface, Utterance
from bot.answering.telling.catalogue import Catalogue
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.paged_list import Listed
from bot.surface.platform.render import Renderer

PICTURE = "timeline.png"
KEPT = 32  # pictures
MOST_ROWS = 40  # events that can be read in one picture


class TimelineList:
    """The dated events; draws pictures off the event loop and keeps the last: a story's version never changes."""

    surface: Surface = "timeline"

    def __init__(self, browser: Browser, catalogue: Catalogue) -> None:
        self._browser = browser
        self._catalogue = catalogue
        self._kept: LRUCache[tuple[object, ...], bytes] = LRUCache(KEPT)

    async def find(self, utterance: Utterance, about: str) -> Listed | Draft:
        """Find the events between two dates, `2018:2019`; either may be left out."""
        renderer, (since, _, until) = Renderer.of(self._catalogue, utterance.locale), about.partition(":")
        try:
            found = self._browser.timeline(utterance, since or None, until or None)
        except ValueError:
            return Draft(renderer.say("timeline.no_date"))
        if not found.rows:
            return Draft(renderer.say("timeline.empty"))
        told_in = Renderer.of(self._catalogue, found.locale)
        return Listed(
            told_in.timeline(found),
            found.locale,
            about=about,
            shown=((found, [view for row in found.rows for view in row.facts]),),
            picture=partial(self._picture, found, told_in) if len(found.rows) <= MOST_ROWS else None,
        )

    async def _picture(self, timeline: Timeline, renderer: Renderer) -> discord.File:
        """Return the picture as a file, with its contents in words for those who do not see it."""
        key = (timeline.story, timeline.version, timeline.locale, tuple(row.id for row in timeline.rows))
        drawn = self._kept.get(key)
        if drawn is None:
            exact, approximate = renderer.say("timeline.exact"), renderer.say("timeline.approximate")
            drawn = self._kept[key] = await asyncio.to_thread(_drawn, timeline, exact, approximate)
        told = " · ".join(f"{row.name}, {row.when_words}" for row in timeline.rows)
        alt = limits.clip(renderer.say("timeline.alt", events=told), limits.ALT_TEXT)
        return discord.File(BytesIO(drawn), PICTURE, description=alt)


def _drawn(timeline: Timeline, exact: str, approximate: str) -> bytes:
    """Draw in the thread that imports matplotlib too, which takes longer than the rest of a start."""
    from bot.surface.lookups.pictures import TimelineWords, timeline_png

    return timeline_png(timeline, TimelineWords(exact, approximate))
