"""What all buttons share: their state is in the custom_id, and a failure is told to whoever pressed."""

import re
from typing import Any, ClassVar, Self

import discord

from bot.answering.exchange import Asked
from bot.surface.platform import limits
from bot.surface.platform.cooldowns import PRESSES
from bot.surface.platform.custom_ids import EXCHANGE, LOCALE, custom_id
from bot.surface.platform.failures import report
from bot.surface.platform.parts import admit, parts_of
from bot.surface.platform.sending import in_time, say

Button = discord.ui.Button[discord.ui.View]
NEVER = r"(?!)"  # the pattern of a class that is no button itself


class StatefulButton(discord.ui.DynamicItem[Button], template=NEVER):
    """A button that outlives a restart; a kind of button says what happens when it is pressed.

    Its custom_id begins with a letter of its own: a second class with the same letter is refused.
    """

    letter: ClassVar[str]
    kinds: ClassVar[dict[str, type["StatefulButton"]]] = {}  # by letter

    def __init_subclass__(cls, *, template: str = NEVER) -> None:
        """Take the letter that a pattern begins with."""
        super().__init_subclass__(template=template)
        if template != NEVER:
            cls.letter = template.partition(":")[0]
            taken = StatefulButton.kinds.setdefault(cls.letter, cls)
            if taken is not cls:
                raise TypeError(f"the custom_ids of {taken.__name__} begin with {cls.letter!r} already")

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
            if await admit(interaction, PRESSES):
                await self.press(interaction)
        except Exception as error:  # noqa: BLE001 - the last stop before discord.py, which would show the user nothing
            await report(interaction, error)

    async def press(self, interaction: discord.Interaction) -> None:
        """Answer the interaction."""
        raise NotImplementedError


def exchange_pattern(letter: str) -> str:
    """Return the pattern of a custom_id that names an exchange."""
    return rf"{letter}:{EXCHANGE}:{LOCALE}"


class ExchangeButton(StatefulButton):
    """A button about an exchange that is in the journal."""

    def __init__(self, exchange: str, locale: str, label: str = "…") -> None:
        state = custom_id(exchange_pattern(self.letter), self.letter, exchange, locale)
        super().__init__(button(label, state))
        self.exchange = exchange
        self.locale = locale

    async def say(self, interaction: discord.Interaction, key: str) -> None:
        """Say a sentence in the language of the exchange to whoever pressed, alone."""
        await say(interaction, parts_of(interaction).renderer(self.locale).say(key))

    async def asked(self, interaction: discord.Interaction) -> Asked | None:
        """Return the question of the exchange; if it is not in the journal, say so and return None."""
        asked = await in_time(interaction, parts_of(interaction).readers.reports.asked(self.exchange), alone=True)
        if asked is None:
            await self.say(interaction, "exchange.gone")
        return asked


def button(label: str, state: str, *, primary: bool = False, disabled: bool = False) -> Button:
    """Make a button of Discord's, its label cut if it is too long."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return discord.ui.Button(
        label=limits.clip(label, limits.BUTTON_LABEL), style=style, custom_id=state, disabled=disabled
    )


def label_of(item: discord.ui.Item[Any]) -> str:
    """Return the label of a button that was pressed."""
    return getattr(item, "label", None) or "…"
