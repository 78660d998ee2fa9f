"""The editors' commands: the fact base, what readers asked and reported; only in editors' servers."""

from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering.editions import Edition
from bot.answering.feedback import MAX_NOTE_CHARACTERS, ReportOutcome, Settlement
from bot.answering.gaps import Gaps
from bot.answering.languages import title_of
from bot.answering.limits import DEFAULT_DAYS, MAX_DAYS
from bot.answering.ports import Clock, Library
from bot.answering.statistics import Period, usage_report
from bot.answering.telling.text import percent
from bot.surface.desk.editors import admit_editor
from bot.surface.desk.gaps import gaps_page
from bot.surface.desk.publishing import send_preview, version_choices
from bot.surface.desk.reports import OUTCOME_CHOICES, REPORT_SETTLED, queue_draft
from bot.surface.desk.usage import usage_draft
from bot.surface.platform import limits
from bot.surface.platform.parts import Readers, parts_of, renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify, respond

ONLY_GLOBAL = {"contexts", "integration_types", "dm_permission"}  # keys of commands that no server has of its own


class ServerGroup(app_commands.Group):
    """A group of commands that are registered in single servers, not globally."""

    def to_dict(self, tree: app_commands.CommandTree[Any]) -> dict[str, Any]:
        """Return the payload without what Discord documents for global commands only."""
        return {key: value for key, value in super().to_dict(tree).items() if key not in ONLY_GLOBAL}


class FactsCog(commands.Cog):
    """The editors' commands; the check repeats the default permissions, since a server can override those."""

    facts = ServerGroup(
        name="facts",
        description="For editors: the fact base",
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, library: Library, gaps: Gaps, readers: Readers, clock: Clock) -> None:
        self._gaps = gaps
        self._library = library
        self._feedback = readers.feedback
        self._usage = readers.usage
        self._clock = clock

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Allow editors only; they have no cooldown."""
        return await admit_editor(interaction)

    @facts.command(description="Show what publishing the files would change, then publish them")
    async def reload(self, interaction: discord.Interaction) -> None:
        """Send what would change, with buttons to publish it or not."""
        await send_preview(interaction)

    @facts.command(description="Go back to an earlier version of a story")
    @app_commands.describe(version="Which version, the newest first")
    async def rollback(self, interaction: discord.Interaction, version: str) -> None:
        """Send what would change, with buttons to publish that version or not."""
        await send_preview(interaction, version)

    @rollback.autocomplete("version")
    async def _complete_version(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await version_choices(interaction, typed)

    @facts.command(description="Which story is loaded, and how well it answers")
    async def status(self, interaction: discord.Interaction) -> None:
        """Send the state of each story."""
        renderer = renderer_of(interaction)
        sentences = [_state(edition, renderer) for edition in self._library.current.editions]
        await notify(interaction, limits.join_lines(sentences, limits.MESSAGE))

    @facts.command(description="The questions asked in a period, and how they were answered")
    @app_commands.describe(days="How many days, today included (30 if you leave it out)")
    async def stats(
        self, interaction: discord.Interaction, days: app_commands.Range[int, 1, MAX_DAYS] = DEFAULT_DAYS
    ) -> None:
        """Send how the bot was used in a period."""
        period = Period.until(self._clock.now(), days)
        report = await defer_if_slow(
            interaction, usage_report(self._library.current, self._usage, period), ephemeral=True
        )
        await respond(interaction, await usage_draft(report, renderer_of(interaction)), ephemeral=True)

    @facts.command(description="What readers asked in vain, what most readers asked first")
    async def gaps(self, interaction: discord.Interaction) -> None:
        """Send the first page of the gaps."""
        found = await defer_if_slow(interaction, self._gaps.current(), ephemeral=True)
        await respond(interaction, gaps_page(found, 0, renderer_of(interaction)), ephemeral=True)

    @facts.command(description="The mistakes that readers report, the oldest first")
    async def reports(self, interaction: discord.Interaction) -> None:
        """Send the oldest mistakes in the queue."""
        draft = await defer_if_slow(
            interaction, queue_draft(parts_of(interaction), renderer_of(interaction)), ephemeral=True
        )
        await respond(interaction, draft, ephemeral=True)

    @facts.command(description="Mark a report as settled")
    @app_commands.describe(
        number="The report's number",
        outcome="What became of it",
        note="A sentence for whoever reported it, if they want to hear what became of it",
    )
    @app_commands.choices(outcome=OUTCOME_CHOICES)
    async def settle(
        self,
        interaction: discord.Interaction,
        number: app_commands.Range[int, 1],
        outcome: str = "other",
        note: app_commands.Range[str, 0, MAX_NOTE_CHARACTERS] = "",
    ) -> None:
        """Settle a report, which removes it from the queue."""
        settlement = Settlement(self._clock.now(), cast(ReportOutcome, outcome), note.strip())
        settled = await defer_if_slow(interaction, self._feedback.settle(number, settlement), ephemeral=True)
        sentence = renderer_of(interaction).text("queue.settled" if settled else "queue.unknown", number=number)
        await notify(interaction, sentence)
        interaction.client.dispatch(REPORT_SETTLED)


def _state(edition: Edition, renderer: Renderer) -> str:
    """Return the state of a story as a sentence."""
    return renderer.text(
        "facts.status",
        title=title_of(edition.story, renderer.locale),
        facts=len(edition.story.shown_facts),
        entities=len(edition.story.entities),
        version=edition.version,
        matching=renderer.text("facts.semantic" if edition.decider.is_semantic else "facts.lexical"),
        tested=_tested(edition, renderer),
    )


def _tested(edition: Edition, renderer: Renderer) -> str:
    """Return which share of the story's own questions get the right answer, as a sentence."""
    if edition.answered is None:
        return renderer.text("facts.untested")
    return renderer.text("facts.tested", answered=percent(edition.answered, renderer.locale))
