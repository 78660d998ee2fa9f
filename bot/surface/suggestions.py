"""The buttons under a reply: one for each suggestion and "none of these", or why it is the answer."""

import re
from dataclasses import replace
from typing import Any, Self

import discord

from bot.answering.stories import mark
from bot.answering.values import Reply
from bot.surface import limits
from bot.surface.custom_ids import NONE, PATTERN, Choice
from bot.surface.failures import report
from bot.surface.services import Services
from bot.surface.utterance import of_interaction
from bot.surface.why import WhyButton


class SuggestionButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=PATTERN):
    """A button whose state is in its custom_id, so that it works after a restart."""

    services: Services  # set on a subclass by `bound`, since discord.py makes the items itself

    def __init__(self, choice: Choice, label: str = "…") -> None:
        style = discord.ButtonStyle.secondary if choice.fact == NONE else discord.ButtonStyle.primary
        super().__init__(
            discord.ui.Button(label=limits.clip(label, limits.BUTTON_LABEL), style=style, custom_id=choice.custom_id())
        )
        self.choice = choice

    @classmethod
    def bound(cls, services: Services) -> type[Self]:
        """Return the class of buttons that use these services."""
        return type(cls.__name__, (cls,), {"services": services}, template=PATTERN)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a button that was pressed."""
        return cls(Choice.of(match), getattr(item, "label", None) or "…")

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Replace the suggestions by the chosen fact, for the asker only."""
        try:
            await self._choose(interaction)
        except Exception as error:  # noqa: BLE001 - the last stop before discord.py, which would show the user nothing
            await report(interaction, error, self.services.catalogue)

    async def _choose(self, interaction: discord.Interaction) -> None:
        services, locale = self.services, str(interaction.locale)
        if interaction.user.id != self.choice.asker:
            await interaction.response.send_message(services.renderer(locale).say("suggest.not_yours"), ephemeral=True)
            return
        label = self.item.label if self.choice.fact != NONE else None
        utterance = replace(
            of_interaction(interaction, label or "", "button", services.clock), reply_in=self.choice.locale
        )
        if self.choice.fact == NONE:
            reply: Reply | None = await services.assistant.choose_none(utterance, self.choice.exchange)
        else:
            reply = await services.assistant.choose(
                utterance, self.choice.exchange, self.choice.fact, self.choice.story
            )
        if reply is None:
            await interaction.response.send_message(services.renderer(locale).say("suggest.gone"), ephemeral=True)
            return
        embed = services.renderer(reply.locale).reply(reply)
        await interaction.response.edit_message(
            content=None, embed=embed, view=view_of(reply, interaction.user.id, services)
        )


def view_of(reply: Reply, asker: int, services: Services) -> discord.ui.View | None:
    """Return the buttons of a reply: why it is the answer, or what else may be meant; none on an abstention."""
    if reply.outcome == "abstain":
        return None
    view = discord.ui.View(timeout=None)
    say = services.renderer(reply.locale).say
    if reply.outcome == "answer":
        view.add_item(WhyButton(reply.exchange, reply.locale, say("why.button")))
    for suggestion in reply.suggestions:
        choice = Choice(reply.exchange, asker, reply.locale, mark(suggestion.story), suggestion.id)
        view.add_item(SuggestionButton(choice, suggestion.text))
    if reply.suggestions:
        none = Choice(reply.exchange, asker, reply.locale, mark(reply.story), NONE)
        view.add_item(SuggestionButton(none, say("suggest.none")))
    view.stop()  # answered by the dynamic item; nothing needs to be kept for the message
    return view
