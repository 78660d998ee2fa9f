"""Check a message against the stories, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import replace

import discord

from bot.answering.statements import CheckedSentence
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

FIELDS_A_PAGE = 3


def check_drafts(
    checked: tuple[CheckedSentence, ...], renderer: Renderer, permitted: discord.Permissions
) -> list[Draft]:
    """Return as many pages as an interaction has followups; a page that is sent as text may need several."""
    for most in range(limits.FOLLOWUPS, 0, -1):
        drafts = [Draft(embeds=(page,)) for page in check_pages(checked, renderer, most)]
        if sum(len(draft.messages(permitted)) for draft in drafts) <= limits.FOLLOWUPS:
            break
    return drafts


def check_pages(checked: tuple[CheckedSentence, ...], renderer: Renderer, most: int) -> list[discord.Embed]:
    """Render each sentence with the fact that it matches and that fact's other side, on `most` pages at most."""
    pages = []
    fields = (field for sentence in checked for field in _fields(sentence, renderer))
    as_of = " · ".join(dict.fromkeys(renderer.as_of(sentence.as_of) for sentence in checked))
    runs = limits.paged(fields, FIELDS_A_PAGE)
    for run in runs[:most]:
        embed = discord.Embed(title=renderer.text("check.title"), colour=COLOURS["report"])
        embed.description = renderer.text("check.how")
        for name, lines in run:
            renderer.field(embed, name, lines)
        embed.set_footer(text=as_of)
        pages.append(unbroken_embed(embed))
    if left := sum(map(len, runs[most:])):
        pages[-1].set_footer(text=f"{renderer.count('list.more', left)} · {as_of}")
    return pages


def _fields(sentence: CheckedSentence, renderer: Renderer) -> Iterator[limits.Field]:
    renderer = replace(renderer, locale=sentence.locale)
    first, *others = sentence.facts
    lines = [f"**{renderer.by(first)}**", *renderer.lines(first)]
    for name, run, _ in renderer.beside(first, others):
        lines += ["", f"**{name}**", *run]
    quoted = escaped(limits.clip(sentence.text, limits.EMBED_FIELD_NAME // 2))
    for number, part in enumerate(limits.chunks(lines, limits.EMBED_FIELD_VALUE)):
        yield renderer.text("check.goes_on" if number else "check.sentence", sentence=quoted), part
