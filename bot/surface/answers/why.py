"""The button under a fact that explains why it is shown, and why it is not the answer if it is not."""

from collections.abc import Iterable

import discord

from bot.answering.reply import Explanation
from bot.answering.telling.text import enumerated
from bot.matching.deciding.evidence import Reason
from bot.surface.platform import limits
from bot.surface.platform.buttons import ExchangeButton, exchange_pattern
from bot.surface.platform.parts import parts_of
from bot.surface.platform.render import Renderer
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
        lines = why_lines(explanation, parts.renderer(self.locale))
        await notify(interaction, limits.join_lines(lines, limits.MESSAGE))


def why_lines(explanation: Explanation, renderer: Renderer) -> list[str]:
    """Return how a question was understood, which fact came nearest, how well it fits, and its score."""
    lines = [renderer.text("why.understood", question=discord.utils.escape_markdown(explanation.question))]
    if candidate := explanation.nearest:
        evidence = candidate.evidence
        lines.append(renderer.text("why.nearest", utterance=candidate.utterance))
        if evidence.known:
            lines.append(renderer.text("why.known", words=", ".join(evidence.known)))
        if evidence.unknown:
            lines.append(renderer.text("why.unknown", words=", ".join(evidence.unknown)))
        if explanation.outcome != "answer" and evidence.against:
            lines.append(_against(evidence.against, renderer))
        elif explanation.is_tied:
            lines.append(renderer.text("why.tied"))
        lines.append(
            renderer.text(
                "why.score", score=renderer.number(candidate.probability), least=renderer.number(explanation.answer)
            )
        )
    return lines


def _against(reasons: Iterable[Reason], renderer: Renderer) -> str:
    """Return the reasons against answering with a fact, as a sentence."""
    texts = [renderer.text(f"why.veto.{reason}") for reason in reasons]
    return renderer.text("why.against", reasons=enumerated(texts, renderer.locale))
