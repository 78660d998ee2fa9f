"""The buttons under a reply that say whether it helped: one vote a user, which may be changed."""

from typing import ClassVar

import discord

from bot.surface.platform.buttons import ExchangeButton, exchange_pattern
from bot.surface.platform.sending import in_time, say


class VoteButton(ExchangeButton, template=r"(?!)"):
    """A button that says that a reply helped, or that it did not."""

    helpful: ClassVar[bool]
    thanks: ClassVar[str]

    async def press(self, interaction: discord.Interaction) -> None:
        """Keep the vote of whoever presses, and thank them alone."""
        services, user = self.services, interaction.user.id
        if services.privacy.is_opted_out(user):
            await say(interaction, self.renderer.say("privacy.not_kept"), services)
        elif await self.asked(interaction):
            vote = services.feedback.vote(self.exchange, user, services.clock.now(), helpful=self.helpful)
            await in_time(interaction, vote, alone=True)
            await say(interaction, self.renderer.say(self.thanks), services)


class HelpfulButton(VoteButton, template=exchange_pattern("y")):
    """A button that says that a reply helped."""

    letter: ClassVar[str] = "y"
    helpful: ClassVar[bool] = True
    thanks: ClassVar[str] = "vote.helpful"


class NotHelpfulButton(VoteButton, template=exchange_pattern("n")):
    """A button that says that a reply did not help."""

    letter: ClassVar[str] = "n"
    helpful: ClassVar[bool] = False
    thanks: ClassVar[str] = "vote.not_helpful"
