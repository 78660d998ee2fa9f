"""Try an act on a gap, show the trial, and write it once an editor confirms."""

from collections.abc import Mapping
from typing import Protocol, cast

import discord

from bot.answering.attaching import Attaching, Trial
from bot.answering.edits import EditError
from bot.answering.gaps import Gap, find_gap
from bot.answering.telling.attaching import done_lines, refusal_line, trial_lines
from bot.surface.desk.editors import admit_editor
from bot.surface.platform import limits
from bot.surface.platform.buttons import StatefulButton, button, stateful_view
from bot.surface.platform.custom_ids import EXCHANGE, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.parts import parts_of, renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, replace_message

CONFIRM_PATTERN = rf"v:{EXCHANGE}:(?P<token>[0-9a-f]{{12}}):(?P<fact>[a-z0-9-]{{0,40}})"
CANCEL_PATTERN = rf"u:{EXCHANGE}"


class Telling(Protocol):
    """What tells readers who wait."""

    async def issue(self) -> Mapping[tuple[str, str], int]:
        """Tell them; return how many were told each fact, by story and fact."""


class HasBulletin(Protocol):
    """Our own client, as opposed to any discord.py client."""

    bulletin: Telling


class ConfirmButton(StatefulButton, template=CONFIRM_PATTERN):
    """The button that writes what a trial showed; if that is no longer so, it shows the trial again."""

    def __init__(self, exchange: str, token: str, fact: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(CONFIRM_PATTERN, self.letter, exchange, token, fact), primary=True))
        self._exchange = exchange
        self._token = token
        self._fact = fact or None

    async def press(self, interaction: discord.Interaction) -> None:
        """Write, tell whoever waits, and replace the trial by what was done."""
        if await admit_editor(interaction):
            draft = await defer_if_slow(interaction, self._done(interaction), ephemeral=True, in_place=True)
            await replace_message(interaction, draft)

    async def _done(self, interaction: discord.Interaction) -> Draft:
        renderer = renderer_of(interaction)
        gap = await find(interaction, self._exchange)
        if gap is None:
            return Draft(renderer.text("attach.gone"))
        try:
            trial = await _try(parts_of(interaction).attaching, gap, self._fact)
            if trial.token != self._token:
                return _draft(trial, renderer, renderer.text("attach.changed"))
            return await write(interaction, trial)
        except EditError as error:
            return refusal(error, renderer)


class CancelTrialButton(StatefulButton, template=CANCEL_PATTERN):
    """The button that takes a trial away."""

    def __init__(self, exchange: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(CANCEL_PATTERN, self.letter, exchange)))

    async def press(self, interaction: discord.Interaction) -> None:
        """Say that nothing was written."""
        if await admit_editor(interaction):
            await replace_message(interaction, Draft(renderer_of(interaction).text("attach.cancelled")))


async def find(interaction: discord.Interaction, exchange: str) -> Gap | None:
    """Return the gap of an exchange; None if it is no longer one."""
    return find_gap(await parts_of(interaction).gaps.current(), exchange)


async def show_trial(interaction: discord.Interaction, exchange: str, fact: str | None) -> None:
    """Replace the message by what adding a gap to a fact would change; without a fact, by what "not ours" would."""
    if await admit_editor(interaction):
        draft = await defer_if_slow(interaction, _trial(interaction, exchange, fact), ephemeral=True, in_place=True)
        await replace_message(interaction, draft)


async def write(interaction: discord.Interaction, trial: Trial) -> Draft:
    """Write what was tried, tell whoever waits, and return what was done; raise EditError if it cannot be written."""
    waiting = await parts_of(interaction).attaching.confirm(trial)
    told = await tell_waiting(interaction) if waiting else {}
    renderer, sent = renderer_of(interaction), told.get((trial.gap.story, trial.fact or ""), 0)
    return _message(done_lines(trial, waiting, sent, renderer.locale, renderer.catalogue))


async def tell_waiting(interaction: discord.Interaction) -> Mapping[tuple[str, str], int]:
    """Tell whoever waits for a confirmed fact that is shown; return how many were told each, by story and fact."""
    return await cast(HasBulletin, interaction.client).bulletin.issue()


def refusal(error: EditError, renderer: Renderer) -> Draft:
    """Say that nothing was written, and why."""
    return _message((refusal_line(error, renderer.locale, renderer.catalogue),))


def _message(lines: tuple[str, ...], view: discord.ui.View | None = None) -> Draft:
    shown = [escaped(line) for line in lines]
    return Draft(limits.join_lines(shown, limits.MESSAGE), view=view)


async def _trial(interaction: discord.Interaction, exchange: str, fact: str | None) -> Draft:
    renderer, gap = renderer_of(interaction), await find(interaction, exchange)
    if gap is None:
        return Draft(renderer.text("attach.gone"))
    try:
        return _draft(await _try(parts_of(interaction).attaching, gap, fact), renderer)
    except EditError as error:
        return refusal(error, renderer)


async def _try(attaching: Attaching, gap: Gap, fact: str | None) -> Trial:
    return await (attaching.attach(gap, fact) if fact else attaching.not_ours(gap))


def _draft(trial: Trial, renderer: Renderer, *heading: str) -> Draft:
    """Return a trial with the buttons to confirm and cancel; one that cannot be written has none."""
    lines = (*heading, *trial_lines(trial, renderer.locale, renderer.catalogue))
    if not trial.is_possible:
        return _message(lines)
    label = renderer.text("attach.agree" if trial.needs_consent else "attach.confirm")
    exchange = trial.gap.exchanges[0]
    confirm = ConfirmButton(exchange, trial.token, trial.fact or "", label)
    return _message(lines, stateful_view(confirm, CancelTrialButton(exchange, renderer.text("attach.cancel"))))
