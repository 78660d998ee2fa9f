"""What changed in a story, version by version."""

from dataclasses import dataclass
from itertools import groupby

import discord

from bot.answering.chronicle import ChangeLog, ChangeView, Chronicle
from bot.answering.context import Surface, Utterance
from bot.answering.telling.catalogue import Catalogue, code_of
from bot.answering.telling.dates import day_words
from bot.answering.telling.text import attribution
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.paged_list import Listed
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

CHANGES_A_PAGE = 5


@dataclass(frozen=True)
class ChangesList:
    """The changes, from a date on or all of them."""

    chronicle: Chronicle
    catalogue: Catalogue
    surface: Surface = "look"

    async def find(self, utterance: Utterance, about: str) -> Listed | Draft:
        """Find what changed since a date."""
        try:
            logs = await self.chronicle.tell(utterance, about or None)
        except ValueError:
            return Draft(Renderer.of(self.catalogue, utterance.locale).say("timeline.no_date"))
        return Listed(
            [page for log in logs for page in _pages(log, Renderer.of(self.catalogue, log.locale))],
            code_of(utterance.locale)[:2],
            about=about,
            shown=tuple((log, [view for change in log.changes for view in change.now]) for log in logs),
        )


def _pages(log: ChangeLog, renderer: Renderer) -> list[discord.Embed]:
    """Draw the changes of a story, some a page, each under its version."""
    pages = []
    rows = [(change, line) for change in log.changes for line in _lines(change, renderer)]
    for start in range(0, max(len(rows), 1), CHANGES_A_PAGE):
        embed = discord.Embed(
            title=limits.clip(renderer.say("changes.title", title=log.title), limits.EMBED_TITLE),
            colour=COLOURS["report"],
        )
        here = rows[start : start + CHANGES_A_PAGE]
        for (version, at), group in groupby(here, key=lambda row: (row[0].version, row[0].at)):
            name = renderer.say("changes.version", date=day_words(at, log.locale), version=version)
            for lines in limits.chunks([line for _, line in group], limits.EMBED_FIELD_VALUE):
                renderer.field(embed, name, lines)
        if not here:
            embed.description = renderer.say("changes.none")
        embed.set_footer(text=renderer.say("changes.since", date=day_words(log.since, log.locale)))
        pages.append(unbroken_embed(embed))
    return pages


def _lines(change: ChangeView, renderer: Renderer) -> list[str]:
    """Say what became of a fact, with who asserts it and the other side, as they are now."""
    what = renderer.say(f"changes.{change.what}")
    if not change.now:
        return [f"• {what} {renderer.say('changes.gone', fact=change.fact)}"]
    fact, *others = change.now
    by = attribution(fact, renderer.locale, renderer.catalogue)
    told = f"• {what} {fact.text} ({by}) § {fact.citations[0].paragraph}"
    return limits.blocks([told, *renderer.beside(others)])
