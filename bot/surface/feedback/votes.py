"""The buttons to vote on whether a reply helped: one vote per user, which they may change."""

from typing import ClassVar

import discord

from bot.surface.platform.buttons import ExchangeButton, exchange_pattern
from bot.surface.platform.parts import parts_of
from bot.surface.platform.sending import defer_if_slow


class VoteButton(ExchangeButton):
    """A button to vote on a reply."""

    helpful: ClassVar[bool]
    thanks: ClassVar[str]

    async def press(self, interaction: discord.Interaction) -> None:
        """Store the user's vote, and thank them ephemerally."""
        parts, user = parts_of(interaction), interaction.user.id
        if parts.readers.privacy.is_opted_out(user):
            await self.notify(interaction, "privacy.not_kept")
        elif await self.asked(interaction):
            vote = parts.readers.feedback.vote(self.exchange, user, parts.clock.now(), helpful=self.helpful)
            await defer_if_slow(interaction, vote, ephemeral=True)
            await self.notify(interaction, self.thanks)


class HelpfulButton(VoteButton, template=exchange_pattern("y")):
    """A vote that a reply helped."""

    helpful: ClassVar[bool] = True
    thanks: ClassVar[str] = "vote.helpful"


class NotHelpfulButton(VoteButton, template=exchange_pattern("n")):
    """A vote that a reply did not help."""

    helpful: ClassVar[bool] = False
    thanks: ClassVar[str] = "vote.not_helpful"
