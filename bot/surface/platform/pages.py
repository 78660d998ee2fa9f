"""Turn the pages of a long list by buttons that outlive a restart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import discord

from bot.surface.platform.buttons import StatefulButton, button, label_of
from bot.surface.platform.custom_ids import custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.paged_list import Listed
from bot.surface.platform.parts import parts_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import in_time, respond, say
from bot.surface.platform.sending import replace as replace_message
from bot.surface.platform.utterance import context_of

PATTERN = (
    r"p:(?P<command>[a-z]{1,8}):(?P<asker>\d{1,20}):(?P<locale>[a-z]{2})"
    r":(?P<about>[A-Za-z0-9:_~?-]{0,60}):(?P<number>\d{1,3})"
)


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

    def __init__(self, page: Page, label: str = "…", *, disabled: bool = False) -> None:
        super().__init__(button(label, page.custom_id(), disabled=disabled))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a button that was pressed."""
        return cls(Page.of(match), label_of(item))

    async def press(self, interaction: discord.Interaction) -> None:
        """Turn the page for the asker; show it to anybody else alone."""
        parts, own = parts_of(interaction), interaction.user.id == self.page.asker
        renderer = parts.renderer(self.page.locale)
        pages = await in_time(interaction, self._pages(interaction), alone=True, in_place=own)
        if not pages:
            await say(interaction, renderer.say("suggest.gone"))
            return
        page = replace(self.page, number=min(self.page.number, len(pages) - 1), asker=interaction.user.id)
        view = turner(page, len(pages), renderer) or discord.ui.View(timeout=None)
        for item in _other_buttons(interaction.message):
            view.add_item(item)
        draft = Draft(embeds=(pages[page.number],), view=view)
        if own:
            first, *others = await replace_message(interaction, draft) or [0]
            await parts.sent.add_parts(first, others)
        else:
            await respond(interaction, draft, alone=True)

    async def _pages(self, interaction: discord.Interaction) -> Sequence[discord.Embed]:
        """Draw the list again; none if it is not there any more."""
        paged = parts_of(interaction).lists.get(self.page.command)
        if paged is None:
            return ()
        found = await paged.find(replace(context_of(interaction), locale=self.page.locale), self.page.about)
        return found.pages if isinstance(found, Listed) else ()


def _other_buttons(message: discord.Message | None) -> list[discord.ui.Item[Any]]:
    """Return the buttons of a message that turn no page, to be kept."""
    items = discord.ui.View.from_message(message, timeout=None).children if message else []
    return [item for item in items if not str(getattr(item, "custom_id", "")).startswith(f"{PageButton.letter}:")]


def turner(page: Page, count: int, renderer: Renderer) -> discord.ui.View | None:
    """Return the buttons to the pages before and after one; None where there is one page only."""
    if count < 2 or not page.fits:
        return None
    view = discord.ui.View(timeout=None)
    before, after = replace(page, number=max(page.number - 1, 0)), replace(page, number=page.number + 1)
    if page.number == 0:
        before = replace(page, number=count)  # disabled; two buttons of a message may not have one custom_id
    view.add_item(PageButton(before, renderer.say("page.before"), disabled=page.number == 0))
    view.add_item(PageButton(after, renderer.say("page.after"), disabled=page.number == count - 1))
    view.stop()  # answered by the dynamic item; nothing needs to be kept for the message
    return view
