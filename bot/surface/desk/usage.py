"""How the bot is used in a period: a table, and a picture of the questions per day."""

import asyncio
from collections.abc import Iterable
from io import BytesIO

import discord

from bot.answering.statistics import UsageReport
from bot.answering.telling.usage import outcome_labels, usage_sections, usage_title
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.render import ABSTENTION_COLOUR, Renderer

PICTURE = "usage.png"
MAX_ALT_DAYS = 60  # in the picture's alt text


async def usage_draft(report: UsageReport, renderer: Renderer) -> Draft:
    """Return the table as an embed, with the picture if there was a question."""
    title = usage_title(report, renderer.locale, renderer.catalogue)
    embed = discord.Embed(title=title, colour=ABSTENTION_COLOUR)
    for heading, lines in usage_sections(report, renderer.locale, renderer.catalogue):
        renderer.field(embed, heading, _fitting(lines))
    if not report.tally.days:
        return Draft(embeds=(embed,))
    embed.set_image(url=f"attachment://{PICTURE}")
    png = await asyncio.to_thread(_draw, report, title, renderer)
    return Draft(embeds=(embed,), files=(discord.File(BytesIO(png), PICTURE, description=_alt(report, renderer)),))


def _fitting(lines: Iterable[str]) -> list[str]:
    """Return lines that fit in one field; what a reader asked cannot format them."""
    shown = [escaped(line) for line in lines]
    return limits.join_lines(shown, limits.EMBED_FIELD_VALUE).splitlines()


def _alt(report: UsageReport, renderer: Renderer) -> str:
    """Return the number of questions on each of the last days that had one."""
    totals: dict[str, int] = {}
    for (day, _), number in report.tally.days.items():
        totals[day.isoformat()] = totals.get(day.isoformat(), 0) + number
    days = ", ".join(f"{day} {number}" for day, number in list(totals.items())[-MAX_ALT_DAYS:])
    return limits.clip(renderer.text("usage.alt", days=days), limits.ALT_TEXT)


def _draw(report: UsageReport, title: str, renderer: Renderer) -> bytes:
    """Draw the picture; matplotlib is imported here, in the thread, as for the timeline."""
    from bot.surface.desk.usage_picture import UsageLabels, usage_png

    outcomes = outcome_labels(renderer.locale, renderer.catalogue)
    return usage_png(report, UsageLabels(title, outcomes, renderer.locale))
