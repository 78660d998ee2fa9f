"""The button under an answer that reports a mistake to the editors' queue through a short form."""

from typing import Any

import discord

from bot.answering.feedback import Mistake
from bot.surface.platform import limits
from bot.surface.platform.buttons import ExchangeButton, exchange_pattern
from bot.surface.platform.cooldowns import MISTAKE_RATE
from bot.surface.platform.failures import report_failure
from bot.surface.platform.parts import admit, parts_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify

MAX_LINK_CHARACTERS = 300


class MistakeButton(ExchangeButton, template=exchange_pattern("m")):
    """A button that opens the form."""

    async def press(self, interaction: discord.Interaction) -> None:
        """Open the form; a form must be the first response, so there is no time to look up the exchange first."""
        renderer = parts_of(interaction).renderer(self.locale)
        if await admit(interaction, MISTAKE_RATE, renderer):
            await interaction.response.send_modal(MistakeForm(self.exchange, renderer))


def with_mistake(view: discord.ui.View | None, exchange: str, renderer: Renderer) -> discord.ui.View:
    """Add the button that reports a mistake to a list's buttons, if it has any."""
    view = view or discord.ui.View(timeout=None)
    view.add_item(MistakeButton(exchange, renderer.locale, renderer.text("mistake.button")))
    view.stop()
    return view


class MistakeForm(discord.ui.Modal):
    """The form: what is wrong, and a source that says otherwise."""

    def __init__(self, exchange: str, renderer: Renderer) -> None:
        super().__init__(
            title=limits.clip(renderer.text("mistake.title"), limits.MODAL_TITLE), timeout=limits.INTERACTION_SECONDS
        )
        self._exchange = exchange
        self._renderer = renderer
        self.wrong: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=limits.MODAL_TEXT, custom_id="wrong"
        )
        self.written: discord.ui.TextInput[Any] = discord.ui.TextInput(
            required=False, max_length=MAX_LINK_CHARACTERS, custom_id="written"
        )
        for key, box in (("mistake.wrong", self.wrong), ("mistake.written", self.written)):
            self.add_item(discord.ui.Label(text=limits.clip(renderer.text(key), limits.MODAL_LABEL), component=box))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Add the mistake to the editors' queue."""
        parts = parts_of(interaction)
        mistake = Mistake(self._exchange, self.wrong.value, self.written.value, parts.clock.now())
        number = await defer_if_slow(
            interaction, parts.readers.feedback.report(mistake, interaction.user.id), ephemeral=True
        )
        await notify(interaction, self._renderer.text("mistake.thanks", number=number))

    async def on_error(self, interaction: discord.Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Log an unexpected error and send its reference."""
        await report_failure(interaction, error)
