"""The buttons under a reply that say whether it helped: one vote a user, which may be changed."""

import discord

from bot.surface.buttons import StatefulButton, button, kept
from bot.surface.custom_ids import EXCHANGE, LOCALE, custom_id
from bot.surface.sending import in_time, say

HELPFUL, NOT_HELPFUL = "y", "n"
PATTERN = rf"v:(?P<vote>[yn]):{EXCHANGE}:{LOCALE}"
ROW = 1  # below the buttons of the reply itself


class VoteButton(StatefulButton, template=PATTERN):
    """A button that says that a reply helped, or that it did not."""

    def __init__(self, vote: str, exchange: str, locale: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(PATTERN, "v", vote, exchange, locale), row=ROW))
        self.vote = vote
        self.exchange = exchange
        self.locale = locale

    async def press(self, interaction: discord.Interaction) -> None:
        """Keep the vote of whoever presses, and thank them alone."""
        services, user = self.services, interaction.user.id
        renderer = services.renderer(self.locale)
        if services.privacy.is_opted_out(user):
            await say(interaction, renderer.say("privacy.not_kept"), services)
            return
        if await kept(interaction, self.exchange, self.locale, services):
            helpful = self.vote == HELPFUL
            vote = services.feedback.vote(self.exchange, user, services.clock.now(), helpful=helpful)
            await in_time(interaction, vote, alone=True)
            await say(interaction, renderer.say("vote.helpful" if helpful else "vote.not_helpful"), services)
