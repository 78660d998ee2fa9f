"""What a message says that the stories know, sentence by sentence."""

from collections.abc import Iterator

import discord

from bot.answering.cited import CitedFact
from bot.answering.statements import Meeting
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.text import attribution, citation_lines
from bot.surface.platform import limits
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

FIELDS_A_PAGE = 3


def check_pages(meetings: tuple[Meeting, ...], renderer: Renderer) -> list[discord.Embed]:
    """Draw the sentences, some a page, each with the fact that it meets and the other side of that."""
    pages = []
    fields = (field for meeting in meetings for field in _fields(meeting, renderer))
    fresh = " · ".join(dict.fromkeys(renderer.as_of(meeting.as_of) for meeting in meetings))
    runs = limits.paged(fields, FIELDS_A_PAGE)
    for run in runs[: limits.FOLLOWUPS]:
        embed = discord.Embed(title=renderer.text("check.title"), colour=COLOURS["report"])
        embed.description = renderer.text("check.how")
        for name, lines in run:
            renderer.field(embed, name, lines)
        embed.set_footer(text=fresh)
        pages.append(unbroken_embed(embed))
    if left := sum(map(len, runs[limits.FOLLOWUPS :])):
        pages[-1].set_footer(text=f"{renderer.count('list.more', left)} · {fresh}")
    return pages


def _fields(meeting: Meeting, renderer: Renderer) -> Iterator[limits.Field]:
    locale, catalogue, (first, *others) = meeting.locale, renderer.catalogue, meeting.facts
    lines = _lines(first, None, locale, catalogue)
    for other in others:
        lines += ["", *_lines(other, first, locale, catalogue)]
    quoted = discord.utils.escape_markdown(limits.clip(meeting.sentence, limits.EMBED_FIELD_NAME // 2))
    for number, part in enumerate(limits.chunks(lines, limits.EMBED_FIELD_VALUE)):
        yield renderer.text("check.goes_on" if number else "check.sentence", sentence=quoted), part


def _lines(view: CitedFact, shown: CitedFact | None, locale: str, catalogue: Catalogue) -> list[str]:
    """Say who asserts a fact, what, when it was, and where it is written."""
    when = [catalogue.text(locale, "reply.when_line", when=view.when_words)] if view.when_words else []
    cited = citation_lines(view, locale, catalogue, shown)
    return [f"**{attribution(view, locale, catalogue)}**", view.text, *when, *cited]
