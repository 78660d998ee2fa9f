"""Page buttons of a list; they work after a restart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import discord

from bot.surface.platform.buttons import StatefulButton, button, label_of, stateful_view
from bot.surface.platform.custom_ids import custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.paged_list import Listed
from bot.surface.platform.parts import parts_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify, replace_message, respond
from bot.surface.platform.utterance import context_of

PAGE_PATTERN = (
    r"p:(?P<command>[a-z]{1,8}):(?P<asker>\d{1,20}):(?P<locale>[a-z]{2})"
    r":(?P<about>[A-Za-z0-9:_~?%/.-]{0,60}):(?P<number>\d{1,4})"
)


@dataclass(frozen=True)
class Page:
    """One page of a command's list: who asked for it, its language, its subject."""

    command: str
    asker: int
    locale: str
    about: str  # the subject, as in `Listed.about`; empty for everything
    number: int = 0

    @classmethod
    def of(cls, match: re.Match[str]) -> "Page":
        """Read a custom_id that matches PAGE_PATTERN."""
        return cls(match["command"], int(match["asker"]), match["locale"], match["about"], int(match["number"]))

    def custom_id(self) -> str:
        """Return the custom_id; raise ValueError if it would be too long or invalid (see `fits`)."""
        return custom_id(PAGE_PATTERN, "p", self.command, self.asker, self.locale, self.about, self.number)

    @property
    def fits(self) -> bool:
        """Whether the state fits in a custom_id; if not, the page has no buttons."""
        try:
            self.custom_id()
        except ValueError:
            return False
        return True


class PageButton(StatefulButton, template=PAGE_PATTERN):
    """A button that shows the page in its custom_id."""

    def __init__(self, page: Page, label: str = "…", *, disabled: bool = False) -> None:
        super().__init__(button(label, page.custom_id(), disabled=disabled))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild a pressed button from its custom_id."""
        return cls(Page.of(match), label_of(item))

    async def press(self, interaction: discord.Interaction) -> None:
        """Turn the page if the asker pressed; send anybody else an ephemeral copy."""
        parts, own = parts_of(interaction), interaction.user.id == self.page.asker
        renderer = parts.renderer(self.page.locale)
        pages = await defer_if_slow(interaction, self._pages(interaction), ephemeral=True, in_place=own)
        if not pages:
            await notify(interaction, renderer.text("suggest.gone"))
            return
        page = replace(self.page, number=min(self.page.number, len(pages) - 1), asker=interaction.user.id)
        view = stateful_view(*_other_buttons(interaction.message), after=page_buttons(page, len(pages), renderer))
        draft = Draft(embeds=(pages[page.number],), view=view)
        if own:
            first, *others = await replace_message(interaction, draft) or [0]
            await parts.sent.add_followups(first, others)
        else:
            await respond(interaction, draft, ephemeral=True)

    async def _pages(self, interaction: discord.Interaction) -> Sequence[discord.Embed]:
        """Draw the list again; return no pages if it is no longer found."""
        paged = parts_of(interaction).lists.get(self.page.command)
        if paged is None:
            return ()
        found = await paged.find(replace(context_of(interaction), locale=self.page.locale), self.page.about)
        return found.pages if isinstance(found, Listed) else ()


def _other_buttons(message: discord.Message | None) -> list[discord.ui.Item[Any]]:
    """Return a message's other buttons, which the next page must have too."""
    items = discord.ui.View.from_message(message, timeout=None).children if message else []
    return [item for item in items if not str(getattr(item, "custom_id", "")).startswith(f"{PageButton.letter}:")]


def page_buttons(page: Page, count: int, renderer: Renderer) -> discord.ui.View | None:
    """Return the buttons to the previous and next page; None if there is only one page."""
    if count < 2 or not replace(page, number=count).fits:
        return None
    before, after = replace(page, number=max(page.number - 1, 0)), replace(page, number=page.number + 1)
    if page.number == 0:
        before = replace(page, number=count)  # disabled; the custom_ids in a message must be unique
    return stateful_view(
        PageButton(before, renderer.text("page.before"), disabled=page.number == 0),
        PageButton(after, renderer.text("page.after"), disabled=page.number == count - 1),
    )
