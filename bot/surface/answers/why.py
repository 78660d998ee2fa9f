"""The button under a fact that explains why it is shown, and why it is not the answer if it is not."""

import discord

from bot.answering.telling.why import why_lines
from bot.surface.platform import limits
from bot.surface.platform.buttons import ExchangeButton, exchange_pattern
from bot.surface.platform.escaping import escaped
from bot.surface.platform.parts import parts_of
from bot.surface.platform.sending import defer_if_slow, notify
from bot.surface.platform.utterance import context_of


class WhyButton(ExchangeButton, template=exchange_pattern("w")):
    """Explains an exchange; the journal stores how its question was understood."""

    async def press(self, interaction: discord.Interaction) -> None:
        """Send the user the explanation, ephemerally."""
        asked = await self.asked(interaction)
        if asked is None:
            return
        parts, context = parts_of(interaction), context_of(interaction)
        explanation = await defer_if_slow(
            interaction, parts.assistant.explain(context, asked.understood), ephemeral=True
        )
        lines = why_lines(explanation, self.locale, parts.catalogue, escaped)
        await notify(interaction, limits.join_lines(lines, limits.MESSAGE))
