"""The button under an answer that reports a mistake to the editors' queue through a short form."""

from typing import Any

import discord

from bot.answering.feedback import Mistake, ShownFacts
from bot.surface.platform import limits
from bot.surface.platform.buttons import ExchangeButton, Form, exchange_pattern, stateful_view
from bot.surface.platform.cooldowns import MISTAKE_RATE
from bot.surface.platform.parts import Parts, admit, parts_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify

MAX_LINK_CHARACTERS = 300
MISTAKE_PATTERN = rf"{exchange_pattern('m')}(?::(?P<message>\d{{1,20}}))?"
MISTAKE_REPORTED = "mistake_reported"  # our own event: there is a new report


class MistakeButton(ExchangeButton, template=MISTAKE_PATTERN):
    """A button that opens the form; if it is not under the message that the report is about, it names that message."""

    def __init__(self, exchange: str, locale: str, label: str = "…", message: str | None = None) -> None:
        super().__init__(exchange, locale, label)
        self.message = message

    async def press(self, interaction: discord.Interaction) -> None:
        """Open the form; a form must be the first response, so there is no time to look up the exchange first."""
        parts = parts_of(interaction)
        renderer = parts.renderer(self.locale)
        if await admit(interaction, MISTAKE_RATE, lambda: renderer):
            may_wait = not parts.readers.privacy.is_opted_out(interaction.user.id)
            about = int(self.message) if self.message else public_id(interaction.message)
            await interaction.response.send_modal(MistakeForm(self.exchange, renderer, about, may_wait=may_wait))


def public_id(message: discord.Message | None) -> int:
    """Return the id of a message; zero if there is none or only one user sees it, so that nothing is known of it."""
    return message.id if message and not message.flags.ephemeral else 0


def with_mistake(view: discord.ui.View | None, exchange: str, renderer: Renderer) -> discord.ui.View:
    """Add the button that reports a mistake to a list's buttons, if it has any."""
    return stateful_view(MistakeButton(exchange, renderer.locale, renderer.text("mistake.button")), after=view)


class MistakeForm(Form):
    """The form: what is wrong, a source that says otherwise, and whether the reporter wants to hear what became of it.

    Users who opted out are not asked whether they do (`may_wait`), since their id is never stored.
    """

    def __init__(self, exchange: str, renderer: Renderer, about: int, *, may_wait: bool) -> None:
        super().__init__(renderer.text("mistake.title"))
        self._exchange = exchange
        self._renderer = renderer
        self._about = about  # the message, see `public_id`
        self.wrong: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, max_length=limits.MODAL_TEXT, custom_id="wrong"
        )
        self.written: discord.ui.TextInput[Any] = discord.ui.TextInput(
            required=False, max_length=MAX_LINK_CHARACTERS, custom_id="written"
        )
        for key, box in (("mistake.wrong", self.wrong), ("mistake.written", self.written)):
            self.add(box, renderer.text(key))
        self.awaited: discord.ui.Checkbox[Any] = discord.ui.Checkbox(custom_id="awaited")
        if may_wait:
            self.add(self.awaited, renderer.text("mistake.await"), renderer.text("mistake.await.how"))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Add the mistake to the editors' queue."""
        parts = parts_of(interaction)
        number = await defer_if_slow(interaction, self._report(interaction, parts), ephemeral=True)
        waits = self.awaited.value and not parts.readers.privacy.is_opted_out(interaction.user.id)
        lines = [self._renderer.text("mistake.thanks", number=number)]
        await notify(interaction, "\n".join([*lines, self._renderer.text("mistake.awaited")] if waits else lines))
        interaction.client.dispatch(MISTAKE_REPORTED)

    async def _report(self, interaction: discord.Interaction, parts: Parts) -> int:
        """Store the report, with what the message shows now: it may have been corrected since it was sent."""
        shown = await parts.history.shown_by(self._about) if self._about else None
        mistake = Mistake(
            exchange=self._exchange,
            wrong=self.wrong.value,
            written=self.written.value,
            at=parts.clock.now(),
            locale=self._renderer.locale,
            link=self._link(interaction),
            shown=ShownFacts(shown.story, shown.version, shown.facts) if shown else None,
            is_awaited=self.awaited.value,
        )
        return await parts.readers.feedback.report(mistake, interaction.user.id)

    def _link(self, interaction: discord.Interaction) -> str | None:
        """Return the address of the message, if it is in a server."""
        if not self._about or not interaction.guild_id or not interaction.channel_id:
            return None
        channel = interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
        return channel.get_partial_message(self._about).jump_url
