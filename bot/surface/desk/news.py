"""Post in the editors' channel what they should know: new reports, gaps that many readers share, failed reloads."""

import asyncio
import logging
from collections.abc import Awaitable, Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

import discord

from bot import JournalUnreachableError
from bot.answering.editions import ReloadReport
from bot.answering.feedback import ReportedMistake
from bot.answering.gaps import Gap
from bot.answering.ports import DeskLog, SyncState
from bot.answering.telling.gaps import gap_lines
from bot.surface.desk.attaching import GapButton
from bot.surface.desk.channel import DeskChannel
from bot.surface.desk.gaps import OpenGapsButton
from bot.surface.desk.publishing import PreviewButton
from bot.surface.desk.reports import MAX_COUNTED_REPORTS, report_draft
from bot.surface.platform import limits
from bot.surface.platform.buttons import stateful_view
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped, escaped_line
from bot.surface.platform.parts import Parts
from bot.surface.platform.render import ABSTENTION_COLOUR, COLOURS, Renderer
from bot.surface.platform.typography import unbroken_embed

log = logging.getLogger(__name__)

MAX_SINGLE_POSTS = 3  # of a kind at a time; more are posted as a digest
MAX_DIGEST_LINES = 20
MAX_LINE_CHARACTERS = 150  # of a question or a report, in a digest
RELOAD_KEY = "desk.reload"  # of the sets of problems that were posted since a reload last succeeded
PROBLEM_SET_DIGITS = 12
MAX_PROBLEM_SETS = 9  # the value of a key has room for no more


@dataclass(frozen=True)
class Posted:
    """What is stored about posts, so that nothing is posted twice."""

    log: DeskLog
    sync_state: SyncState


class DeskNews:
    """Posts each piece of news once; what cannot be posted now waits, and is posted as a digest if it is much."""

    def __init__(self, channel: DeskChannel, parts: Parts, posted: Posted, gap_readers: int) -> None:
        self._channel = channel
        self._parts = parts
        self._posted = posted
        self._gap_readers = gap_readers
        self._posting = asyncio.Lock()
        self._reload: ReloadReport | None = None  # the result of the last automatic reload, if it was not looked at

    def note_reload(self, report: ReloadReport) -> None:
        """Remember the result of an automatic reload for the next `post_reload`."""
        self._reload = report

    async def post_reports(self) -> None:
        """Post the reports in the queue that were not posted."""
        if self._channel.room():
            await self._one_at_a_time(self._post_reports())

    async def post_gaps(self) -> None:
        """Post the gaps that have reached the number of readers and were not posted."""
        if self._channel.room():
            await self._one_at_a_time(self._post_gaps())

    async def post_reload(self) -> None:
        """Post the problems of the last automatic reload if it failed, unless they were posted since one succeeded."""
        if self._reload and self._channel.room():
            await self._one_at_a_time(self._post_reload(self._reload))

    async def _one_at_a_time(self, work: Awaitable[None]) -> None:
        """Await the work after any other; log a failure, so that what else there is to do is done."""
        async with self._posting:
            try:
                await work
            except JournalUnreachableError:
                log.info("news is posted to the editors' channel once the database can be reached")
            except Exception:
                log.exception("news could not be posted to the editors' channel; it is tried again later")

    async def _post_reports(self) -> None:
        reports = {_report_key(one): one for one in await self._parts.readers.feedback.mistakes(MAX_COUNTED_REPORTS)}
        known = await self._posted.log.posted(reports)
        new = [report for key, report in reports.items() if key not in known]
        renderer = self._channel.renderer()
        if self._is_many(new):
            await self._post(_reports_digest(new, renderer), list(map(_report_key, new)))
            return
        for report in new:
            await self._post(await report_draft(report, self._parts, renderer), [_report_key(report)])

    async def _post_gaps(self) -> None:
        shared = [gap for gap in await self._parts.gaps.current() if gap.readers >= self._gap_readers]
        known = await self._posted.log.posted([key for gap in shared for key in _gap_keys(gap)])
        new = [gap for gap in shared if known.isdisjoint(_gap_keys(gap))]
        for gap in shared:
            if gap not in new:  # it was posted, and may have new questions since, or be two that are now one
                await self._posted.log.add_posted(set(_gap_keys(gap)) - known, self._parts.clock.now())
        renderer = self._channel.renderer()
        if self._is_many(new):
            await self._post(_gaps_digest(new, renderer), [key for gap in new for key in _gap_keys(gap)])
            return
        for gap in new:
            await self._post(_gap_draft(gap, renderer), _gap_keys(gap))

    async def _post_reload(self, report: ReloadReport) -> None:
        sets = (await self._posted.sync_state.read(RELOAD_KEY) or "").split()
        if report.loaded:
            if sets:
                await self._posted.sync_state.write(RELOAD_KEY, "")
        else:
            problems = "\n".join(sorted(report.problems))
            mark = sha256(problems.encode()).hexdigest()[:PROBLEM_SET_DIGITS]
            if mark not in sets:
                if not await self._channel.post(_reload_draft(report, self._channel.renderer())):
                    return
                await self._posted.sync_state.write(RELOAD_KEY, " ".join([*sets, mark][-MAX_PROBLEM_SETS:]))
        if self._reload is report:
            self._reload = None

    def _is_many(self, new: Sequence[object]) -> bool:
        return len(new) > min(MAX_SINGLE_POSTS, self._channel.room())

    async def _post(self, draft: Draft, keys: Collection[str]) -> None:
        if await self._channel.post(draft):
            await self._posted.log.add_posted(keys, self._parts.clock.now())


def _report_key(report: ReportedMistake) -> str:
    return f"report:{report.number}"


def _gap_keys(gap: Gap) -> list[str]:
    """Return the keys of a gap's exchanges: which one is the earliest may change, and gaps may join or split."""
    return [f"gap:{exchange}" for exchange in gap.exchanges]


def _reports_digest(reports: Sequence[ReportedMistake], renderer: Renderer) -> Draft:
    lines = [
        f"{renderer.text('queue.number', number=one.number)} — {_line(one.mistake.wrong)}"
        for one in reports[:MAX_DIGEST_LINES]
    ]
    return _digest(renderer.count("news.reports", len(reports)), lines, len(reports), renderer)


def _gaps_digest(gaps: Sequence[Gap], renderer: Renderer) -> Draft:
    lines = [
        f"{_line(gap.questions[0])} — {renderer.count('gaps.readers', gap.readers)}" for gap in gaps[:MAX_DIGEST_LINES]
    ]
    return _digest(
        renderer.count("news.gaps", len(gaps)),
        lines,
        len(gaps),
        renderer,
        stateful_view(OpenGapsButton(renderer.text("news.gaps.open"))),
    )


def _digest(title: str, lines: list[str], count: int, renderer: Renderer, view: discord.ui.View | None = None) -> Draft:
    more = [renderer.count("list.more", count - len(lines))] if count > len(lines) else []
    text = limits.join_lines([*lines, *more], limits.EMBED_DESCRIPTION)
    embed = discord.Embed(title=title, description=text, colour=ABSTENTION_COLOUR)
    return Draft(embeds=(unbroken_embed(embed),), view=view)


def _gap_draft(gap: Gap, renderer: Renderer) -> Draft:
    lines = [escaped_line(line) for line in gap_lines(gap, renderer.locale, renderer.catalogue)]
    wording = limits.clip(escaped_line(gap.questions[0]), limits.MESSAGE)
    embed = discord.Embed(
        title=renderer.count("news.gap", gap.readers),
        description=limits.join_lines([f"**{wording}**", *lines], limits.EMBED_DESCRIPTION),
        colour=ABSTENTION_COLOUR,
    )
    return Draft(
        embeds=(unbroken_embed(embed),), view=stateful_view(GapButton(gap.exchanges[0], renderer.text("news.gap.act")))
    )


def _reload_draft(report: ReloadReport, renderer: Renderer) -> Draft:
    lines = [escaped(problem) for problem in report.problems]
    embed = discord.Embed(
        title=renderer.text("news.reload"),
        description=limits.join_lines([renderer.count("facts.kept", len(lines)), *lines], limits.EMBED_DESCRIPTION),
        colour=COLOURS["denial"],
    )
    return Draft(embeds=(unbroken_embed(embed),), view=stateful_view(PreviewButton(renderer.text("news.reload.again"))))


def _line(text: str) -> str:
    return limits.clip(escaped_line(text), MAX_LINE_CHARACTERS)
