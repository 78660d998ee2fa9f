"""The button under an abstention to get one direct message once an editor confirms the answer to the question."""

from dataclasses import replace

import discord

from bot.answering.feedback import Waiting
from bot.surface.platform.buttons import ExchangeButton, exchange_pattern
from bot.surface.platform.parts import parts_of
from bot.surface.platform.sending import defer_if_slow
from bot.surface.platform.utterance import context_of


class WaitButton(ExchangeButton, template=exchange_pattern("t")):
    """A button to wait for an answer; pressing it again cancels the wait."""

    async def press(self, interaction: discord.Interaction) -> None:
        """Store the user's wait, or cancel it."""
        readers, user = parts_of(interaction).readers, interaction.user.id
        if readers.privacy.is_opted_out(user):
            await self.notify(interaction, "privacy.not_kept")
            return
        if await defer_if_slow(interaction, readers.feedback.cancel(user, self.exchange), ephemeral=True):
            await self.notify(interaction, "wait.no_longer")
            return
        asked = await self.asked(interaction)
        if asked is None:
            return
        context = replace(context_of(interaction), locale=self.locale)
        waiting = Waiting(self.exchange, asked.understood, context)
        is_stored = await defer_if_slow(interaction, readers.feedback.wait(waiting), ephemeral=True)
        await self.notify(interaction, "wait.kept" if is_stored else "wait.too_many")
