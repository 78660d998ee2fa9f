"""The button under an abstention that asks to be told, by one direct message, once a later version answers."""

from typing import ClassVar

import discord

from bot.answering.records import Waiting
from bot.surface.platform.buttons import ExchangeButton, exchange_pattern
from bot.surface.platform.sending import in_time, say
from bot.surface.platform.utterance import of_interaction


class WaitButton(ExchangeButton, template=exchange_pattern("t")):
    """A button that makes whoever presses wait for an answer, and pressed again, no longer."""

    letter: ClassVar[str] = "t"

    async def press(self, interaction: discord.Interaction) -> None:
        """Keep who waits for what, until they are told."""
        services, user = self.services, interaction.user.id
        if services.privacy.is_opted_out(user):
            await say(interaction, self.renderer.say("privacy.not_kept"), services)
            return
        if await in_time(interaction, services.feedback.cancel(user, self.exchange), alone=True):
            await say(interaction, self.renderer.say("wait.no_longer"), services)
            return
        asked = await self.asked(interaction)
        if asked is None:
            return
        place = of_interaction(interaction, "", "look", services.clock)
        waiting = Waiting(
            self.exchange, user, asked.understood, self.locale, place.guild, place.channel, place.parent, place.at
        )
        await in_time(interaction, services.feedback.wait(waiting), alone=True)
        await say(interaction, self.renderer.say("wait.kept"), services)
