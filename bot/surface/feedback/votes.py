"""The buttons to vote on whether a reply helped: one vote per user, which they may change."""

from typing import ClassVar

import discord

from bot.surface.platform.buttons import ExchangeButton, PrivateButton, exchange_pattern
from bot.surface.platform.draft import Draft
from bot.surface.platform.parts import parts_of


class VoteButton(PrivateButton, ExchangeButton):
    """A button to vote on a reply."""

    helpful: ClassVar[bool]
    thanks: ClassVar[str]

    async def draft(self, interaction: discord.Interaction) -> Draft:
        """Store the user's vote, and thank them."""
        parts, user = parts_of(interaction), interaction.user.id
        if parts.readers.privacy.is_opted_out(user):
            return Draft(self.sentence(interaction, "privacy.not_kept"))
        if await parts.readers.question_log.asked(self.exchange) is None:
            return Draft(self.sentence(interaction, "exchange.gone"))
        await parts.readers.feedback.vote(self.exchange, user, parts.clock.now(), helpful=self.helpful)
        return Draft(self.sentence(interaction, self.thanks))


class HelpfulButton(VoteButton, template=exchange_pattern("y")):
    """A vote that a reply helped."""

    helpful: ClassVar[bool] = True
    thanks: ClassVar[str] = "vote.helpful"


class NotHelpfulButton(VoteButton, template=exchange_pattern("n")):
    """A vote that a reply did not help."""

    helpful: ClassVar[bool] = False
    thanks: ClassVar[str] = "vote.not_helpful"
