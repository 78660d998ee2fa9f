"""Turn the pages of a long list by buttons that outlive a restart."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import discord

from bot.answering.telling.catalogue import code_of
from bot.surface.platform.buttons import StatefulButton, button, label_of
from bot.surface.platform.custom_ids import custom_id
from bot.surface.platform.sending import Draft, in_time, respond, say
from bot.surface.platform.sending import replace as replace_message
from bot.surface.platform.services import Services

PATTERN = (
    r"p:(?P<command>[a-z]{1,8}):(?P<asker>\d{1,20}):(?P<locale>[a-z]{2})"
    r":(?P<about>[A-Za-z0-9:_~?-]{0,60}):(?P<number>\d{1,3})"
)
Draw = Callable[[discord.Interaction, "Page"], Awaitable[list[discord.Embed]]]  # every page of a list, in order


@dataclass(frozen=True)
class Page:
    """One page of a command's list: whose buttons turn it, how it speaks, what it is about."""

    command: str
    asker: int
    locale: str
    about: str  # what the command was asked about, as its completion gives it; empty for everything
    number: int = 0

    @classmethod
    def of(cls, match: re.Match[str]) -> "Page":
        """Read a custom_id that fits PATTERN."""
        return cls(match["command"], int(match["asker"]), match["locale"], match["about"], int(match["number"]))

    def custom_id(self) -> str:
        """Write the custom_id; raise ValueError where it would be too long or not be read again (`fits`)."""
        return custom_id(PATTERN, "p", self.command, self.asker, self.locale, self.about, self.number)

    @property
    def fits(self) -> bool:
        """Tell whether there is a custom_id: a page about something whose name is too long has no buttons."""
        try:
            self.custom_id()
        except ValueError:
            return False
        return True


class PageButton(StatefulButton, template=PATTERN):
    """A button that turns to the page that its custom_id names."""

    draws: ClassVar[Mapping[str, Draw]]  # by command; set on a subclass by `drawing`

    def __init__(self, page: Page, label: str = "…", *, disabled: bool = False) -> None:
        super().__init__(button(label, page.custom_id(), disabled=disabled))
        self.page = page

    @classmethod
    def drawing(cls, services: Services, draws: Mapping[str, Draw]) -> type[Self]:
        """Return the class of buttons that use these services and draw these lists."""
        bound = cls.bound(services)
        bound.draws = draws
        return bound

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a button that was pressed."""
        return cls(Page.of(match), label_of(item))

    async def press(self, interaction: discord.Interaction) -> None:
        """Turn the page for the asker; show it to anybody else alone."""
        draw = self.draws.get(self.page.command)
        own = interaction.user.id == self.page.asker
        pages = await in_time(interaction, draw(interaction, self.page), alone=True, in_place=own) if draw else []
        if not pages:
            await say(interaction, self.services.renderer(self.page.locale).say("suggest.gone"), self.services)
            return
        page = replace(self.page, number=min(self.page.number, len(pages) - 1))
        shown = page if own else replace(page, asker=interaction.user.id)
        view = turner(shown, len(pages), self.services) or discord.ui.View(timeout=None)
        for item in _other_buttons(interaction.message):
            view.add_item(item)
        draft = Draft(embeds=(pages[page.number],), view=view)
        if own:
            _, *more = await replace_message(interaction, draft) or [0]
            await self._keep(interaction, more)
        else:
            await respond(interaction, draft, self.services, alone=True)

    async def _keep(self, interaction: discord.Interaction, more: list[int]) -> None:
        """Remember that further messages of a page, where it has to be text, show what the first one does."""
        if not more or interaction.message is None:
            return
        shown = await self.services.history.shown_by(interaction.message.id)
        if shown:
            for message in more:
                self.services.journal.show(replace(shown, message=message, is_list=True))


def spoken(interaction: discord.Interaction) -> str:
    """Return the language of a user's client, for pages that are drawn again: a story may be told in it."""
    return code_of(str(interaction.locale))[:2]


def _other_buttons(message: discord.Message | None) -> list[discord.ui.Item[Any]]:
    """Return the buttons of a message that turn no page, to be kept."""
    items = discord.ui.View.from_message(message, timeout=None).children if message else []
    return [item for item in items if not str(getattr(item, "custom_id", "")).startswith("p:")]


def turner(page: Page, count: int, services: Services) -> discord.ui.View | None:
    """Return the buttons to the pages before and after one; None where there is one page only."""
    if count < 2 or not page.fits:
        return None
    renderer, view = services.renderer(page.locale), discord.ui.View(timeout=None)
    before, after = replace(page, number=max(page.number - 1, 0)), replace(page, number=page.number + 1)
    if page.number == 0:
        before = replace(page, number=count)  # disabled; two buttons of a message may not have one custom_id
    view.add_item(PageButton(before, renderer.say("page.before"), disabled=page.number == 0))
    view.add_item(PageButton(after, renderer.say("page.after"), disabled=page.number == count - 1))
    view.stop()  # answered by the dynamic item; nothing needs to be kept for the message
    return view
