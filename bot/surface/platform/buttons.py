"""Base classes of buttons, menus and forms: their state is in the custom_id, and the user sees any failure."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Self

import discord

from bot.answering.exchange import Asked
from bot.surface.platform import limits
from bot.surface.platform.cooldowns import PRESS_RATE
from bot.surface.platform.custom_ids import EXCHANGE, LOCALE, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.failures import report_failure
from bot.surface.platform.parts import admit, parts_of, take
from bot.surface.platform.sending import defer_if_slow, notify, respond

Button = discord.ui.Button[discord.ui.View]
Menu = discord.ui.Select[discord.ui.View]
MATCHES_NOTHING = r"(?!)"  # the pattern of a base class, which is not a button itself


class StatefulItem(discord.ui.DynamicItem[Any], template=MATCHES_NOTHING):
    """A button or menu that works after a restart; a subclass implements `press`.

    The custom_ids of each subclass begin with its own letter; a second subclass with the same letter is an error.
    """

    letter: ClassVar[str]
    pattern: ClassVar[re.Pattern[str]]
    kinds: ClassVar[dict[str, type["StatefulItem"]]] = {}  # by letter

    def __init_subclass__(cls, *, template: str = MATCHES_NOTHING) -> None:
        """Register the subclass under the first letter of its pattern; raise TypeError if the letter is taken."""
        super().__init_subclass__(template=template)
        if template != MATCHES_NOTHING:
            cls.letter, cls.pattern = template.partition(":")[0], re.compile(template)
            taken = StatefulItem.kinds.setdefault(cls.letter, cls)
            if taken is not cls:
                raise TypeError(f"{taken.__name__} already uses custom_ids that begin with {cls.letter!r}")

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild a pressed button from its custom_id: the pattern's named groups are the constructor's arguments."""
        state: dict[str, Any] = {**match.groupdict(), "label": label_of(item)}
        return cls(**state)

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Check the cooldown, then run `press`; a failure is logged and shown to the user."""
        try:
            if take(interaction) and await admit(interaction, PRESS_RATE):
                await self.press(interaction)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it, and the user would see nothing
            await report_failure(interaction, error)

    async def press(self, interaction: discord.Interaction) -> None:
        """Answer the interaction."""
        raise NotImplementedError


class Form(discord.ui.Modal):
    """A form; texts that are too long for it are cut."""

    def __init__(self, title: str) -> None:
        super().__init__(title=limits.clip(title, limits.MODAL_TITLE), timeout=limits.INTERACTION_SECONDS)

    def add(self, field: discord.ui.Item[Any], label: str, description: str = "") -> None:
        """Add a field with its label, and a description below that."""
        text, below = limits.clip(label, limits.MODAL_LABEL), limits.clip(description, limits.MODAL_DESCRIPTION)
        self.add_item(discord.ui.Label(text=text, description=below or None, component=field))

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Take each form once."""
        return take(interaction)

    async def on_error(self, interaction: discord.Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Log an unexpected error and send its reference."""
        await report_failure(interaction, error)


class StatefulButton(StatefulItem):
    """A button."""


class PrivateButton(StatefulButton):
    """A button whose result only the presser sees; a subclass implements `draft`, and the menu of "More…" shows it."""

    async def press(self, interaction: discord.Interaction) -> None:
        """Send the presser the result, ephemerally."""
        draft = await defer_if_slow(interaction, self.draft(interaction), ephemeral=True)
        await respond(interaction, draft, ephemeral=True)

    async def draft(self, interaction: discord.Interaction) -> Draft:
        """Return the result; do not answer the interaction."""
        raise NotImplementedError


class StatefulMenu(StatefulItem):
    """A menu from which one value is chosen."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild a used menu from its custom_id, as a button is; its options are not needed."""
        state: dict[str, Any] = match.groupdict()
        return cls(**state)

    @property
    def chosen(self) -> str:
        """The chosen value."""
        return str(self.item.values[0])


def menu(placeholder: str, state: str, options: Sequence[discord.SelectOption] = ()) -> Menu:
    """Create a discord.py menu; a placeholder that is too long is cut, and options that are too many are left out."""
    text = limits.clip(placeholder, limits.MENU_PLACEHOLDER) or None
    return discord.ui.Select(custom_id=state, placeholder=text, options=list(options[: limits.MENU_OPTIONS]))


def option(value: str, label: str, description: str = "") -> discord.SelectOption:
    """Create an option of a menu; texts that are too long are cut."""
    texts = (limits.clip(text, limits.MENU_OPTION_TEXT) for text in (label, description))
    return discord.SelectOption(label=next(texts), value=value, description=next(texts) or None)


def exchange_pattern(letter: str) -> str:
    """Return the custom_id pattern of a button about an exchange."""
    return rf"{letter}:{EXCHANGE}:{LOCALE}"


class ExchangeButton(StatefulButton):
    """A button about an exchange in the journal."""

    def __init__(self, exchange: str, locale: str, label: str = "…") -> None:
        state = custom_id(exchange_pattern(self.letter), self.letter, exchange, locale)
        super().__init__(button(label, state))
        self.exchange = exchange
        self.locale = locale

    def sentence(self, interaction: discord.Interaction, key: str) -> str:
        """Return a sentence in the language of the exchange."""
        return parts_of(interaction).renderer(self.locale).text(key)

    async def notify(self, interaction: discord.Interaction, key: str) -> None:
        """Send the user an ephemeral sentence in the language of the exchange."""
        await notify(interaction, self.sentence(interaction, key))

    async def asked(self, interaction: discord.Interaction) -> Asked | None:
        """Return the exchange's question; if it is no longer in the journal, say so and return None."""
        asked = await defer_if_slow(
            interaction, parts_of(interaction).readers.question_log.asked(self.exchange), ephemeral=True
        )
        if asked is None:
            await self.notify(interaction, "exchange.gone")
        return asked


def stateful_view(*items: discord.ui.Item[Any], after: discord.ui.View | None = None) -> discord.ui.View:
    """Return a view of these items, below those of another view if there is one.

    They answer by their custom_ids, so discord.py need not store the view.
    """
    view = after or discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def button(label: str, state: str, *, primary: bool = False, disabled: bool = False) -> Button:
    """Create a discord.py button; a label that is too long is cut."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return discord.ui.Button(
        label=limits.clip(label, limits.BUTTON_LABEL), style=style, custom_id=state, disabled=disabled
    )


def label_of(item: discord.ui.Item[Any]) -> str:
    """Return the label of a pressed button."""
    return getattr(item, "label", None) or "…"
