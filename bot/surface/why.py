"""The button under an answer that says why it is the answer."""

import re
from typing import Any, Self

import discord

from bot.answering.values import Explanation
from bot.surface import limits
from bot.surface.failures import report
from bot.surface.render import Renderer
from bot.surface.services import Services
from bot.surface.utterance import of_interaction

PATTERN = r"w:(?P<exchange>[0-9a-f]{12}):(?P<locale>[a-z]{2})"


class WhyButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=PATTERN):
    """A button whose custom_id names the exchange; the journal tells how its question was understood."""

    services: Services  # set on a subclass by `bound`, since discord.py makes the items itself

    def __init__(self, exchange: str, locale: str, label: str = "…") -> None:
        super().__init__(
            discord.ui.Button(
                label=limits.clip(label, limits.BUTTON_LABEL),
                style=discord.ButtonStyle.secondary,
                custom_id=f"w:{exchange}:{locale}",
            )
        )
        self.exchange = exchange
        self.locale = locale

    @classmethod
    def bound(cls, services: Services) -> type[Self]:
        """Return the class of buttons that use these services."""
        return type(cls.__name__, (cls,), {"services": services}, template=PATTERN)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a button that was pressed."""
        return cls(match["exchange"], match["locale"], getattr(item, "label", None) or "…")

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Explain to whoever presses, and to nobody else."""
        try:
            renderer = self.services.renderer(self.locale)
            asked = await self.services.reports.asked(self.exchange)
            if asked is None:
                await interaction.response.send_message(renderer.say("why.gone"), ephemeral=True)
                return
            utterance = of_interaction(interaction, asked.understood, "look", self.services.clock)
            explanation = await self.services.assistant.explain(utterance)
            text = limits.whole_lines(why_lines(explanation, renderer), limits.MESSAGE)
            await interaction.response.send_message(text, ephemeral=True)
        except Exception as error:  # noqa: BLE001 - the last stop before discord.py, which would show the user nothing
            await report(interaction, error, self.services.catalogue)


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
