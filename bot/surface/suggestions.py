"""The buttons under a reply: one for each suggestion and "none of these", or why it is the answer."""

import re
from dataclasses import replace
from typing import Any, Self

import discord

from bot.answering.stories import mark
from bot.answering.values import Reply
from bot.surface.buttons import StatefulButton, button, label_of
from bot.surface.custom_ids import NONE, PATTERN, Choice
from bot.surface.sending import Draft, respond, say
from bot.surface.services import Services
from bot.surface.utterance import of_interaction
from bot.surface.why import WhyButton


class SuggestionButton(StatefulButton, template=PATTERN):
    """A button that chooses one of the facts that may be meant, or none."""

    def __init__(self, choice: Choice, label: str = "…") -> None:
        super().__init__(button(label, choice.custom_id(), primary=choice.fact != NONE))
        self.choice = choice

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a button that was pressed."""
        return cls(Choice.of(match), label_of(item))

    async def press(self, interaction: discord.Interaction) -> None:
        """Replace the suggestions by the chosen fact for the asker; show it to anybody else alone."""
        services, own = self.services, interaction.user.id == self.choice.asker
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
            await say(interaction, services.renderer(self.choice.locale).say("suggest.gone"), services)
            return
        embed, view = services.renderer(reply.locale).reply(reply), view_of(reply, interaction.user.id, services)
        if own:
            await interaction.response.edit_message(content=None, embed=embed, view=view)
        else:
            await respond(interaction, Draft(embeds=(embed,), view=view), services, alone=True)


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
