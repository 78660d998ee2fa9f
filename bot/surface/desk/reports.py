"""What readers report, as editors see it, and the buttons that settle a report with what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast, get_args

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.answering.cited import Sides
from bot.answering.feedback import MAX_NOTE_CHARACTERS, ReportedMistake, ReportOutcome, Settlement
from bot.answering.reported import facts_as_shown
from bot.answering.telling.reported import settlement_line, shown_line
from bot.surface.desk.editors import admit_editor
from bot.surface.platform import limits
from bot.surface.platform.buttons import Form, StatefulButton, button, stateful_view
from bot.surface.platform.custom_ids import LOCALE, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped, escaped_fact
from bot.surface.platform.parts import Parts, parts_of
from bot.surface.platform.render import COLOURS, Renderer
from bot.surface.platform.sending import defer_if_slow, notify, replace_message
from bot.surface.platform.translator import KEY
from bot.surface.platform.typography import unbroken_embed

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
SETTLE_PATTERN = rf"e:(?P<number>\d{{1,9}}):(?P<outcome>{'|'.join(get_args(ReportOutcome))}):{LOCALE}"


class SettleButton(StatefulButton, template=SETTLE_PATTERN):
    """A button under a report in the editors' channel: it opens the form that settles it with one outcome."""

    def __init__(self, number: int | str, outcome: str, locale: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(SETTLE_PATTERN, self.letter, number, outcome, locale)))
        self._number = int(number)
        self._outcome = cast(ReportOutcome, outcome)
        self._locale = locale

    async def press(self, interaction: discord.Interaction) -> None:
        """Open the form, if the user may settle reports."""
        if await admit_editor(interaction):
            renderer = parts_of(interaction).renderer(self._locale)
            await interaction.response.send_modal(SettleForm(self._number, self._outcome, renderer))


class SettleForm(Form):
    """The form: a sentence for the reporter, which may be left out."""

    def __init__(self, number: int, outcome: ReportOutcome, renderer: Renderer) -> None:
        title = renderer.text("queue.form", number=number, outcome=renderer.text(f"queue.outcome.{outcome}"))
        super().__init__(title)
        self._number = number
        self._outcome = outcome
        self._renderer = renderer
        self.note: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, required=False, max_length=MAX_NOTE_CHARACTERS, custom_id="note"
        )
        self.add(self.note, renderer.text("queue.note"), renderer.text("queue.note.how"))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Settle the report, and show in its message what became of it; somebody else may have been faster."""
        if not await admit_editor(interaction):
            return
        parts = parts_of(interaction)
        settlement = Settlement(parts.clock.now(), self._outcome, self.note.value.strip())
        feedback = parts.readers.feedback
        is_first = await defer_if_slow(interaction, feedback.settle(self._number, settlement), in_place=True)
        report = await feedback.mistake(self._number)
        if report and interaction.message:
            await replace_message(interaction, await report_draft(report, parts, self._renderer))
        if not is_first:
            await notify(interaction, self._renderer.text("queue.unknown", number=self._number))
        interaction.client.dispatch(REPORT_SETTLED)


async def queue_draft(parts: Parts, renderer: Renderer) -> Draft:
    """Return the oldest reports in the queue, and how many more there are."""
    reports = await parts.readers.feedback.mistakes(MAX_COUNTED_REPORTS)
    if not reports:
        return Draft(renderer.text("queue.empty"))
    first = reports[:REPORTS_A_PAGE]
    shown = await _shown(first, parts, renderer)
    embed = discord.Embed(title=renderer.text("queue.title"), colour=COLOURS["report"])
    for report in first:
        lines = _lines(report, shown.get(report.number, ()), renderer, limits.EMBED_FIELD_VALUE)
        renderer.field(embed, renderer.text("queue.number", number=report.number), lines)
    if len(reports) > REPORTS_A_PAGE:
        embed.set_footer(text=renderer.count("list.more", len(reports) - REPORTS_A_PAGE))
    return Draft(embeds=(embed,))


async def report_draft(report: ReportedMistake, parts: Parts, renderer: Renderer) -> Draft:
    """Return a report as it is posted in the editors' channel: with buttons, or with what became of it."""
    shown = await _shown([report], parts, renderer)
    room = limits.EMBED_DESCRIPTION - MAX_NOTE_CHARACTERS - RESERVED_CHARACTERS
    lines = _lines(report, shown.get(report.number, ()), renderer, room)
    if report.settlement:
        lines.append(f"**{settlement_line(report.settlement, renderer.locale, renderer.catalogue)}**")
    embed = discord.Embed(
        title=renderer.text("queue.number", number=report.number),
        description=limits.join_lines(lines, limits.EMBED_DESCRIPTION),
        colour=COLOURS["report"],
    )
    return Draft(embeds=(unbroken_embed(embed),), view=None if report.settlement else _buttons(report, renderer))


async def _shown(reports: list[ReportedMistake], parts: Parts, renderer: Renderer) -> Mapping[int, Sides]:
    return await facts_as_shown(reports, parts.stories.library, parts.history, parts.catalogue, renderer.locale)


def _buttons(report: ReportedMistake, renderer: Renderer) -> discord.ui.View:
    labels = {one: renderer.text("queue.settle", outcome=renderer.text(f"queue.outcome.{one}")) for one in OUTCOMES}
    return stateful_view(*(SettleButton(report.number, one, renderer.locale, labels[one]) for one in OUTCOMES))


def _lines(report: ReportedMistake, shown: Sides, renderer: Renderer, room: int) -> list[str]:
    """Return the lines of a report within `room` characters; texts that are too long are cut with an ellipsis."""
    lines = list(_about(report, shown, renderer, room))
    rest = room - sum(map(len, lines)) - RESERVED_CHARACTERS
    wrong = escaped(report.mistake.wrong).replace("\n", " ")
    return [*lines, renderer.text("queue.wrong", text=limits.clip(wrong, rest))]


def _about(report: ReportedMistake, shown: Sides, renderer: Renderer, room: int) -> Iterator[str]:
    """Yield when and where a mistake was reported, the question, the facts as they were shown, and another source."""
    mistake, length = report.mistake, room // EXCERPTS
    yield renderer.text("queue.date", date=discord.utils.format_dt(mistake.at, "f"))
    if mistake.link:
        yield renderer.text("queue.link", link=mistake.link)
    yield renderer.text("queue.question", question=limits.clip(escaped(report.question or "—"), length))
    most = max(1, room // CHARACTERS_A_FACT)
    for fact in shown[:most]:
        clipped = escaped_fact(replace(fact, text=limits.clip(fact.text, length)))
        yield f"{shown_line(clipped, renderer.locale, renderer.catalogue)} `{fact.id}`"
    if len(shown) > most:
        yield renderer.count("list.more", len(shown) - most)
    if report.facts and not shown:
        yield renderer.text("queue.facts", facts=limits.clip(", ".join(report.facts), length))
    if mistake.written:
        yield renderer.text("queue.written", text=limits.clip(escaped(mistake.written), length))
