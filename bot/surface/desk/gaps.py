"""What readers asked in vain, page by page, with the buttons under each page."""

from collections.abc import Sequence

import discord

from bot.answering.gaps import Gap
from bot.answering.telling.gaps import gap_lines
from bot.surface.desk.attaching import GapMenu
from bot.surface.desk.editors import admit_editor
from bot.surface.platform import limits
from bot.surface.platform.buttons import StatefulButton, button, stateful_view
from bot.surface.platform.custom_ids import custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped_line
from bot.surface.platform.parts import parts_of, renderer_of
from bot.surface.platform.render import ABSTENTION_COLOUR, Renderer
from bot.surface.platform.sending import defer_if_slow, replace_message, respond
from bot.surface.platform.typography import unbroken_embed

GAPS_A_PAGE = 5
MAX_WORDING_CHARACTERS = 200
MAX_GAP_CHARACTERS = 900  # five gaps fit in one embed
PAGE_PATTERN = r"g:(?P<number>\d{1,3})"
OPEN_PATTERN = r"h"


class GapsPageButton(StatefulButton, template=PAGE_PATTERN):
    """A button that shows a page of the gaps, as they are when it is pressed."""

    def __init__(self, number: int | str, label: str = "…", *, disabled: bool = False) -> None:
        super().__init__(button(label, custom_id(PAGE_PATTERN, "g", number), disabled=disabled))
        self.number = int(number)

    async def press(self, interaction: discord.Interaction) -> None:
        """Replace the page, if the user may still see it."""
        if await admit_editor(interaction):
            gaps = await defer_if_slow(interaction, parts_of(interaction).gaps.current(), ephemeral=True, in_place=True)
            await replace_message(interaction, gaps_page(gaps, self.number, renderer_of(interaction)))


class OpenGapsButton(StatefulButton, template=OPEN_PATTERN):
    """A button that shows the editor who presses it the first page of the gaps."""

    def __init__(self, label: str = "…") -> None:
        super().__init__(button(label, custom_id(OPEN_PATTERN, self.letter)))

    async def press(self, interaction: discord.Interaction) -> None:
        """Send the page, if the user may see it."""
        if await admit_editor(interaction):
            gaps = await defer_if_slow(interaction, parts_of(interaction).gaps.current(), ephemeral=True)
            await respond(interaction, gaps_page(gaps, 0, renderer_of(interaction)), ephemeral=True)


def _view(gaps: Sequence[Gap], number: int, count: int, renderer: Renderer) -> discord.ui.View:
    """Return the menu to act on one of the gaps of a page, and the buttons to the previous and the next page."""
    menu = GapMenu(number, renderer.text("attach.choose"), gaps)
    if count == 1:
        return stateful_view(menu)
    first, last = number == 0, number == count - 1
    before = count if first else number - 1  # disabled; the custom_ids in a message must be unique
    return stateful_view(
        menu,
        GapsPageButton(before, renderer.text("page.before"), disabled=first),
        GapsPageButton(number + 1, renderer.text("page.after"), disabled=last),
    )


def gaps_page(gaps: Sequence[Gap], number: int, renderer: Renderer) -> Draft:
    """Return a page of gaps, numbered from 0; the last page if there are fewer."""
    if not gaps:
        return Draft(renderer.text("gaps.none"))
    count = -(-len(gaps) // GAPS_A_PAGE)
    number = min(number, count - 1)
    embed = discord.Embed(title=renderer.text("gaps.title"), colour=ABSTENTION_COLOUR)
    here = gaps[number * GAPS_A_PAGE : (number + 1) * GAPS_A_PAGE]
    for place, gap in enumerate(here, number * GAPS_A_PAGE + 1):
        wording = limits.clip(escaped_line(gap.questions[0]), MAX_WORDING_CHARACTERS)
        lines = [escaped_line(line) for line in gap_lines(gap, renderer.locale, renderer.catalogue)]
        kept = limits.join_lines(lines, MAX_GAP_CHARACTERS).splitlines()
        renderer.field(embed, f"{place}. {wording}", kept)
    if count > 1:
        embed.set_footer(text=renderer.text("page.number", number=number + 1, count=count))
    return Draft(embeds=(unbroken_embed(embed),), view=_view(here, number, count, renderer))
