"""The button under a fact that explains why it is shown, and why it is not the answer if it is not."""

import discord

from bot.answering.telling.why import why_lines
from bot.surface.platform import limits
from bot.surface.platform.buttons import ExchangeButton, PrivateButton, exchange_pattern
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.parts import parts_of
from bot.surface.platform.utterance import context_of


class WhyButton(PrivateButton, ExchangeButton, template=exchange_pattern("w")):
    """Explains an exchange; the journal stores how its question was understood."""

    async def draft(self, interaction: discord.Interaction) -> Draft:
        """Return the explanation."""
        parts, context = parts_of(interaction), context_of(interaction)
        asked = await parts.readers.question_log.asked(self.exchange)
        if asked is None:
            return Draft(self.sentence(interaction, "exchange.gone"))
        explanation = await parts.assistant.explain(context, asked.understood)
        lines = why_lines(explanation, self.locale, parts.catalogue, escaped)
        return Draft(limits.join_lines(lines, limits.MESSAGE))
