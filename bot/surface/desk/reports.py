"""What readers report, as editors see it, and the buttons that settle a report with what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.answering.cited import Sides
from bot.answering.feedback import ReportedMistake, ReportOutcome
from bot.answering.reported import facts_as_shown
from bot.answering.telling.reported import shown_line
from bot.surface.platform import limits
from bot.surface.platform.draft import Draft
from bot.surface.platform.parts import Parts
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.translator import KEY

REPORT_SETTLED = "report_settled"  # our own event: a reporter may have to be told
REPORTS_A_PAGE = 5
MAX_COUNTED_REPORTS = 1000
EXCERPTS = 6  # a question, a link or a fact takes at most this part of the room for a report
CHARACTERS_A_FACT = 1000  # of the room for a report
RESERVED_CHARACTERS = 100  # for the sentences around the excerpts
OUTCOMES: dict[ReportOutcome, str] = {  # the English names, as in the catalogue
    "corrected": "corrected",
    "nothing": "nothing to correct",
    "other": "another outcome",
}
OUTCOME_CHOICES = [
    app_commands.Choice(name=locale_str(name, **{KEY: f"queue.outcome.{outcome}"}), value=outcome)
    for outcome, name in OUTCOMES.items()
]


async def queue_draft(parts: Parts, renderer: Renderer) -> Draft:
    """Return the oldest reports in the queue, and how many more there are."""
    reports = await parts.readers.feedback.mistakes(MAX_COUNTED_REPORTS)
    if not reports:
        return Draft(renderer.text("queue.empty"))
    first = reports[:REPORTS_A_PAGE]
    shown = await _shown(first, parts)
    embed = discord.Embed(title=renderer.text("queue.title"), colour=COLOURS["report"])
    for report in first:
        lines = _lines(report, shown.get(report.number, ()), renderer, limits.EMBED_FIELD_VALUE)
        renderer.field(embed, renderer.text("queue.number", number=report.number), lines)
    if len(reports) > REPORTS_A_PAGE:
        embed.set_footer(text=renderer.count("list.more", len(reports) - REPORTS_A_PAGE))
    return Draft(embeds=(embed,))


async def _shown(reports: list[ReportedMistake], parts: Parts) -> Mapping[int, Sides]:
    return await facts_as_shown(reports, parts.stories.library, parts.history, parts.catalogue)


def _lines(report: ReportedMistake, shown: Sides, renderer: Renderer, room: int) -> list[str]:
    """Return the lines of a report within `room` characters; texts that are too long are cut with an ellipsis."""
    lines = list(_about(report, shown, renderer, room))
    rest = room - sum(map(len, lines)) - RESERVED_CHARACTERS
    wrong = discord.utils.escape_markdown(report.mistake.wrong).replace("\n", " ")
    return [*lines, renderer.text("queue.wrong", text=limits.clip(wrong, rest))]


def _about(report: ReportedMistake, shown: Sides, renderer: Renderer, room: int) -> Iterator[str]:
    """Yield when and where a mistake was reported, the question, the facts as they were shown, and another source."""
    mistake, escape, length = report.mistake, discord.utils.escape_markdown, room // EXCERPTS
    yield renderer.text("queue.date", date=discord.utils.format_dt(mistake.at, "f"))
    if mistake.link:
        yield renderer.text("queue.link", link=mistake.link)
    yield renderer.text("queue.question", question=limits.clip(escape(report.question or "—"), length))
    most = max(1, room // CHARACTERS_A_FACT)
    for fact in shown[:most]:
        clipped = replace(fact, text=limits.clip(fact.text, length))
        yield f"{shown_line(clipped, renderer.locale, renderer.catalogue)} `{fact.id}`"
    if len(shown) > most:
        yield renderer.count("list.more", len(shown) - most)
    if report.facts and not shown:
        yield renderer.text("queue.facts", facts=limits.clip(", ".join(report.facts), length))
    if mistake.written:
        yield renderer.text("queue.written", text=limits.clip(escape(mistake.written), length))
