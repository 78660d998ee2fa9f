"""The last button under a reply that shows a fact: it opens a menu of what there is to see and do about it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self, cast

import discord

from bot.surface.answers.why import WhyButton
from bot.surface.feedback.mistakes import MISTAKE_PATTERN, MistakeButton, public_id
from bot.surface.feedback.votes import HelpfulButton, NotHelpfulButton
from bot.surface.platform.buttons import (
    Menu,
    PrivateButton,
    StatefulItem,
    StatefulMenu,
    button,
    exchange_pattern,
    menu,
    option,
    stateful_view,
)
from bot.surface.platform.custom_ids import EXCHANGE, FACT, LOCALE, ORIGINS_PATTERN, RELATED_PATTERN, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.parts import parts_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, replace_message

MORE_PATTERN = rf"b:{EXCHANGE}:{LOCALE}:{FACT}:(?P<kind>[an])"


class MoreButton(PrivateButton, template=MORE_PATTERN):
    """The button; `kind` is "a" under an answer and "n" under the nearest fact on record, which has no votes."""

    def __init__(self, exchange: str, locale: str, story: str, fact: str, kind: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(MORE_PATTERN, "b", exchange, locale, story, fact, kind)))
        self.exchange = exchange
        self.locale = locale
        self.story = story
        self.fact = fact
        self.is_nearest = kind == "n"

    async def draft(self, interaction: discord.Interaction) -> Draft:
        """Return the menu."""
        renderer = parts_of(interaction).renderer(self.locale)
        options = self._options(renderer, public_id(interaction.message))
        menu = MoreMenu(self.exchange, self.locale, options, renderer.text("more.placeholder"))
        return Draft(view=stateful_view(menu))

    def _options(self, renderer: Renderer, message: int) -> list[discord.SelectOption]:
        """Return the options; the value of each is the custom_id of the button that it stands for."""
        exchange, locale, text = self.exchange, self.locale, renderer.text
        options = [
            option(custom_id(ORIGINS_PATTERN, "o", locale, self.story, self.fact), text("sources.button")),
            option(
                WhyButton(exchange, locale).custom_id, text("why.button.nearest" if self.is_nearest else "why.button")
            ),
            option(custom_id(RELATED_PATTERN, "l", exchange, locale, self.story, self.fact), text("related.button")),
            option(custom_id(MISTAKE_PATTERN, "m", exchange, locale, message), text("mistake.button")),
        ]
        votes = [
            option(HelpfulButton(exchange, locale).custom_id, text("vote.button.helpful")),
            option(NotHelpfulButton(exchange, locale).custom_id, text("vote.button.not_helpful")),
        ]
        return [*options, *votes] if self.is_nearest else options


class MoreMenu(StatefulMenu, template=exchange_pattern("i")):
    """The menu; the result of what is chosen takes the place of the previous one."""

    def __init__(self, exchange: str, locale: str, options: Sequence[discord.SelectOption], placeholder: str) -> None:
        state = custom_id(exchange_pattern("i"), "i", exchange, locale)
        super().__init__(menu(placeholder, state, options))
        self.exchange = exchange
        self.locale = locale

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild a used menu with its options."""
        used = cast(Menu, item)
        return cls(match["exchange"], match["locale"], used.options, used.placeholder or "…")

    async def press(self, interaction: discord.Interaction) -> None:
        """Do what the chosen button does: show its result here, or open its form."""
        offered = {one.value for one in cast(Menu, self.item).options}
        chosen = await _chosen(interaction, self.chosen) if self.chosen in offered else None
        if isinstance(chosen, MistakeButton):
            await chosen.press(interaction)
        elif chosen:
            draft = await defer_if_slow(interaction, chosen.draft(interaction), ephemeral=True, in_place=True)
            await replace_message(interaction, replace(draft, view=stateful_view(self._used(), after=draft.view)))

    def _used(self) -> "MoreMenu":
        """Return the menu with what was chosen selected, as Discord shows it to the user already."""
        menu = cast(Menu, self.item)
        for one in menu.options:
            one.default = one.value == self.chosen
        return MoreMenu(self.exchange, self.locale, menu.options, menu.placeholder or "…")


async def _chosen(interaction: discord.Interaction, state: str) -> PrivateButton | MistakeButton | None:
    """Return the button with a custom_id; None if it is none that a menu has."""
    kind = StatefulItem.kinds.get(state[:1])
    match = kind.pattern.fullmatch(state) if kind else None
    found = await kind.from_custom_id(interaction, button("…", state), match) if kind and match else None
    return found if isinstance(found, PrivateButton | MistakeButton) else None
