"""What all buttons share: their state is in the custom_id, and a failure is told to whoever pressed."""

import re
from typing import Any, ClassVar, Self

import discord

from bot.answering.values import Asked
from bot.surface.platform import limits
from bot.surface.platform.cooldowns import wait_words
from bot.surface.platform.custom_ids import EXCHANGE, LOCALE, custom_id
from bot.surface.platform.failures import report
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import in_time, say
from bot.surface.platform.services import Services

Button = discord.ui.Button[discord.ui.View]


class StatefulButton(discord.ui.DynamicItem[Button], template=r"(?!)"):
    """A button that outlives a restart; a kind of button says what happens when it is pressed."""

    services: ClassVar[Services]  # set on a subclass by `bound`, since discord.py makes the items itself

    @classmethod
    def bound(cls, services: Services) -> type[Self]:
        """Return the class of buttons that use these services."""
        return type(cls.__name__, (cls,), {"services": services}, template=cls.__discord_ui_compiled_template__)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a button that was pressed: what its pattern names is what it is made of."""
        state: dict[str, Any] = {**match.groupdict(), "label": label_of(item)}
        return cls(**state)

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Do what the button is for."""
        try:
            wait = self.services.presses.wait(interaction.user.id)
            if wait:
                renderer = self.services.renderer(str(interaction.locale))
                await say(interaction, wait_words(wait, renderer), self.services)
                return
            await self.press(interaction)
        except Exception as error:  # noqa: BLE001 - the last stop before discord.py, which would show the user nothing
            await report(interaction, error, self.services.catalogue)

    async def press(self, interaction: discord.Interaction) -> None:
        """Answer the interaction."""
        raise NotImplementedError


def exchange_pattern(letter: str) -> str:
    """Return the pattern of a custom_id that names an exchange."""
    return rf"{letter}:{EXCHANGE}:{LOCALE}"


class ExchangeButton(StatefulButton, template=r"(?!)"):
    """A button about an exchange that the journal keeps; a kind of it has a letter of its own."""

    letter: ClassVar[str]

    def __init__(self, exchange: str, locale: str, label: str = "…") -> None:
        state = custom_id(exchange_pattern(self.letter), self.letter, exchange, locale)
        super().__init__(button(label, state))
        self.exchange = exchange
        self.locale = locale

    @property
    def renderer(self) -> Renderer:
        """What draws in the language of the exchange."""
        return self.services.renderer(self.locale)

    async def asked(self, interaction: discord.Interaction) -> Asked | None:
        """Return the question of the exchange; where it is not kept, say so and return None."""
        asked = await in_time(interaction, self.services.reports.asked(self.exchange), alone=True)
        if asked is None:
            await say(interaction, self.renderer.say("exchange.gone"), self.services)
        return asked


def button(label: str, state: str, *, primary: bool = False, disabled: bool = False) -> Button:
    """Make a button of Discord's, its label cut where it is too long."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return discord.ui.Button(
        label=limits.clip(label, limits.BUTTON_LABEL), style=style, custom_id=state, disabled=disabled
    )


def label_of(item: discord.ui.Item[Any]) -> str:
    """Return the label of a button that was pressed."""
    return getattr(item, "label", None) or "…"
