"""The button under an answer that says why it is the answer."""

from typing import ClassVar

import discord

from bot.answering.values import Explanation
from bot.surface import limits
from bot.surface.buttons import ExchangeButton, exchange_pattern
from bot.surface.render import Renderer
from bot.surface.sending import in_time, say
from bot.surface.utterance import of_interaction


class WhyButton(ExchangeButton, template=exchange_pattern("w")):
    """A button whose custom_id names the exchange; the journal tells how its question was understood."""

    letter: ClassVar[str] = "w"

    async def press(self, interaction: discord.Interaction) -> None:
        """Explain to whoever presses, and to nobody else."""
        asked = await self.asked(interaction)
        if asked is None:
            return
        utterance = of_interaction(interaction, asked.understood, "look", self.services.clock)
        explanation = await in_time(interaction, self.services.assistant.explain(utterance), alone=True)
        text = limits.whole_lines(why_lines(explanation, self.renderer), limits.MESSAGE)
        await say(interaction, text, self.services)


def why_lines(explanation: Explanation, renderer: Renderer) -> list[str]:
    """Say in words how a question was understood, what the nearest fact is asked by and knows, and how near it is."""
    lines = [renderer.say("why.understood", question=discord.utils.escape_markdown(explanation.question))]
    for candidate in explanation.candidates[:1]:
        evidence = candidate.evidence
        lines.append(renderer.say("why.nearest", utterance=candidate.utterance))
        if evidence.known:
            lines.append(renderer.say("why.known", words=", ".join(evidence.known)))
        if evidence.unknown:
            lines.append(renderer.say("why.unknown", words=", ".join(evidence.unknown)))
        lines.append(
            renderer.say("why.score", score=renderer.number(candidate.score), least=renderer.number(explanation.answer))
        )
    return lines
