"""What all buttons share: their state is in the custom_id, and a failure is told to whoever pressed."""

from typing import Any, ClassVar, Self

import discord

from bot.surface import limits
from bot.surface.failures import report
from bot.surface.services import Services

Button = discord.ui.Button[discord.ui.View]


class StatefulButton(discord.ui.DynamicItem[Button], template=r"(?!)"):
    """A button that outlives a restart; a kind of button says what happens when it is pressed."""

    services: ClassVar[Services]  # set on a subclass by `bound`, since discord.py makes the items itself

    @classmethod
    def bound(cls, services: Services) -> type[Self]:
        """Return the class of buttons that use these services."""
        return type(cls.__name__, (cls,), {"services": services}, template=cls.__discord_ui_compiled_template__)

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Do what the button is for."""
        try:
            await self.press(interaction)
        except Exception as error:  # noqa: BLE001 - the last stop before discord.py, which would show the user nothing
            await report(interaction, error, self.services.catalogue)

    async def press(self, interaction: discord.Interaction) -> None:
        """Answer the interaction."""
        raise NotImplementedError


def button(label: str, custom_id: str, *, primary: bool = False, disabled: bool = False) -> Button:
    """Make a button of Discord's, its label cut where it is too long."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return discord.ui.Button(
        label=limits.clip(label, limits.BUTTON_LABEL), style=style, custom_id=custom_id, disabled=disabled
    )


def label_of(item: discord.ui.Item[Any]) -> str:
    """Return the label of a button that was pressed."""
    return getattr(item, "label", None) or "…"
