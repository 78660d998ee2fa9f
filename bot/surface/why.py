"""The button under an answer that says why it is the answer."""

import re
from typing import Any, Self

import discord

from bot.answering.values import Explanation
from bot.surface import limits
from bot.surface.buttons import StatefulButton, button, label_of
from bot.surface.render import Renderer
from bot.surface.sending import in_time, say
from bot.surface.utterance import of_interaction

PATTERN = r"w:(?P<exchange>[0-9a-f]{12}):(?P<locale>[a-z]{2})"


class WhyButton(StatefulButton, template=PATTERN):
    """A button whose custom_id names the exchange; the journal tells how its question was understood."""

    def __init__(self, exchange: str, locale: str, label: str = "…") -> None:
        super().__init__(button(label, f"w:{exchange}:{locale}"))
        self.exchange = exchange
        self.locale = locale

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a button that was pressed."""
        return cls(match["exchange"], match["locale"], label_of(item))

    async def press(self, interaction: discord.Interaction) -> None:
        """Explain to whoever presses, and to nobody else."""
        renderer = self.services.renderer(self.locale)
        asked = await in_time(interaction, self.services.reports.asked(self.exchange), alone=True)
        if asked is None:
            await say(interaction, renderer.say("why.gone"), self.services)
            return
        utterance = of_interaction(interaction, asked.understood, "look", self.services.clock)
        explanation = await in_time(interaction, self.services.assistant.explain(utterance), alone=True)
        await say(interaction, limits.whole_lines(why_lines(explanation, renderer), limits.MESSAGE), self.services)


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
