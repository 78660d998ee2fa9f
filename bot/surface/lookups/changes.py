"""The changes in the stories, version by version."""

from dataclasses import dataclass
from itertools import groupby

import discord

from bot.answering.changelog import ChangeLog, ListedChange, change_logs
from bot.answering.context import Context
from bot.answering.languages import code_of
from bot.answering.ports import History
from bot.answering.stories import Stories
from bot.answering.telling.dates import day_text
from bot.story.dates import DateError
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.paged_list import Listed, Missing
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

CHANGES_A_PAGE = 5


@dataclass(frozen=True)
class ChangesList:
    """The list of `/changes`; its messages say what was so then, and so are never corrected."""

    stories: Stories
    history: History

    async def find(self, context: Context, about: str) -> Listed | Missing:
        """Find the changes since a date, or all of them."""
        catalogue = self.stories.catalogue
        try:
            logs = await change_logs(self.stories, self.history, context, about or None)
        except DateError:
            return Missing(Draft(Renderer.of(catalogue, context.locale).text("timeline.no_date")))
        return Listed(
            [page for log in logs for page in _pages(log, Renderer.of(catalogue, log.locale))],
            code_of(context.locale)[:2],
            about=about,
        )


def _pages(log: ChangeLog, renderer: Renderer) -> list[discord.Embed]:
    """Render a story's changes, grouped by version, on as many pages as needed."""
    pages = []
    rows = [(change, line) for change in log.changes for line in _lines(change, renderer)]
    for start in range(0, max(len(rows), 1), CHANGES_A_PAGE):
        embed = discord.Embed(
            title=limits.clip(renderer.text("changes.title", title=escaped(log.title)), limits.EMBED_TITLE),
            colour=COLOURS["report"],
        )
        here = rows[start : start + CHANGES_A_PAGE]
        for (version, at), group in groupby(here, key=lambda row: (row[0].version, row[0].at)):
            name = renderer.text("changes.version", date=day_text(at, log.locale), version=version)
            for lines in limits.chunks([line for _, line in group], limits.EMBED_FIELD_VALUE):
                renderer.field(embed, name, lines)
        if not here:
            embed.description = renderer.text("changes.none")
        embed.set_footer(text=renderer.text("changes.since", date=day_text(log.since, log.locale)))
        pages.append(unbroken_embed(embed))
    return pages


def _lines(change: ListedChange, renderer: Renderer) -> list[str]:
    """Return how a fact changed; the first line has a bullet."""
    first, *others = renderer.amendment(change.amendment)
    return limits.keep_together([f"• {first}", *others])
