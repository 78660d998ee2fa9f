"""What an editor can do with a gap: add it to a fact, write a new fact, or say that it is not ours."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.answering.editions import mark_of
from bot.answering.factsearch import search_facts
from bot.answering.gaps import Gap
from bot.answering.languages import told_in
from bot.answering.telling.gaps import gap_lines
from bot.story.model import Fact
from bot.surface.desk.acting import find, show_trial
from bot.surface.desk.drafting import DraftButton
from bot.surface.desk.editors import admit_editor
from bot.surface.platform import limits
from bot.surface.platform.buttons import Form, StatefulButton, StatefulMenu, button, menu, option, stateful_view
from bot.surface.platform.custom_ids import EXCHANGE, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped_line
from bot.surface.platform.parts import Parts, parts_of, renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify, replace_message, respond

GAPS_PATTERN = r"c:(?P<number>\d{1,3})"
GAP_PATTERN = rf"j:{EXCHANGE}"
ATTACH_PATTERN = rf"a:{EXCHANGE}"
SEARCH_PATTERN = rf"q:{EXCHANGE}"
NOT_OURS_PATTERN = rf"r:{EXCHANGE}"


class GapMenu(StatefulMenu, template=GAPS_PATTERN):
    """The menu under a page of gaps; `number` is the page's."""

    def __init__(self, number: int | str, placeholder: str = "…", gaps: Sequence[Gap] = ()) -> None:
        options = [option(gap.id, gap.questions[0], " / ".join(gap.questions[1:])) for gap in gaps]
        super().__init__(menu(placeholder, custom_id(GAPS_PATTERN, self.letter, number), options))

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the chosen gap, with what can be done."""
        await _send_gap(interaction, self.chosen)


class GapButton(StatefulButton, template=GAP_PATTERN):
    """The button under a gap in the editors' channel."""

    def __init__(self, exchange: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(GAP_PATTERN, self.letter, exchange)))
        self._exchange = exchange

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the gap, with what can be done."""
        await _send_gap(interaction, self._exchange)


class FactMenu(StatefulMenu, template=ATTACH_PATTERN):
    """The menu of facts that a gap can be added to."""

    def __init__(self, exchange: str, placeholder: str = "…", facts: Sequence[Fact] = (), language: str = "") -> None:
        options = [option(fact.id, fact.id, fact.text.get(language)) for fact in facts]
        super().__init__(menu(placeholder, custom_id(ATTACH_PATTERN, self.letter, exchange), options))
        self._exchange = exchange

    async def press(self, interaction: discord.Interaction) -> None:
        """Show what adding the gap to the chosen fact would change."""
        await show_trial(interaction, self._exchange, self.chosen)


class SearchButton(StatefulButton, template=SEARCH_PATTERN):
    """The button to look for another fact."""

    def __init__(self, exchange: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(SEARCH_PATTERN, self.letter, exchange)))
        self._exchange = exchange

    async def press(self, interaction: discord.Interaction) -> None:
        """Open the form; a form must be the first response."""
        if await admit_editor(interaction):
            await interaction.response.send_modal(SearchForm(self._exchange, renderer_of(interaction)))


class NotOursButton(StatefulButton, template=NOT_OURS_PATTERN):
    """The button for a gap that the story should not answer."""

    def __init__(self, exchange: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(NOT_OURS_PATTERN, self.letter, exchange)))
        self._exchange = exchange

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the questions that would be expected to get no answer."""
        await show_trial(interaction, self._exchange, None)


class SearchForm(Form):
    """The form to look for a fact."""

    def __init__(self, exchange: str, renderer: Renderer) -> None:
        super().__init__(renderer.text("attach.search"))
        self._exchange = exchange
        self.words: discord.ui.TextInput[Any] = discord.ui.TextInput(max_length=limits.MODAL_TEXT, custom_id="words")
        self.add(self.words, renderer.text("attach.search.words"))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Show the gap again, with the facts that were found."""
        gap = await defer_if_slow(interaction, find(interaction, self._exchange), ephemeral=True, in_place=True)
        parts, renderer = parts_of(interaction), renderer_of(interaction)
        edition = parts.stories.library.current.by_id.get(gap.story) if gap else None
        found = search_facts(edition, self.words.value, limits.MENU_OPTIONS) if edition else ()
        if gap and not found:
            await notify(interaction, renderer.text("attach.search.none"))
        else:
            await replace_message(interaction, _gap_draft(gap, parts, renderer, found))


async def _send_gap(interaction: discord.Interaction, exchange: str) -> None:
    """Send an editor the gap with an exchange, with what can be done."""
    if await admit_editor(interaction):
        gap = await defer_if_slow(interaction, find(interaction, exchange), ephemeral=True)
        await respond(interaction, _gap_draft(gap, parts_of(interaction), renderer_of(interaction)), ephemeral=True)


def _gap_draft(gap: Gap | None, parts: Parts, renderer: Renderer, found: Sequence[Fact] = ()) -> Draft:
    """Return a gap with what can be done; the menu has the facts that were found, else the nearest ones."""
    edition = parts.stories.library.current.by_id.get(gap.story) if gap else None
    if gap is None or edition is None:
        return Draft(renderer.text("attach.gone"))
    shown, exchange = edition.story.shown_facts, gap.exchanges[0]
    picked = (fact for fact, _ in gap.picked)
    ids = dict.fromkeys((*picked, *(near.fact for near in gap.nearest)))
    facts = found or [shown[fact] for fact in ids if fact in shown]
    language = told_in(edition.story.languages, renderer.locale)
    view = stateful_view(
        *([FactMenu(exchange, renderer.text("attach.choose_fact"), facts, language)] if facts else []),
        SearchButton(exchange, renderer.text("attach.search")),
        DraftButton(exchange, mark_of(gap.story), renderer.text("attach.write")),
        NotOursButton(exchange, renderer.text("attach.not_ours")),
    )
    lines = [gap.questions[0], *gap_lines(gap, renderer.locale, renderer.catalogue)]
    return Draft(limits.join_lines(list(map(escaped_line, lines)), limits.MESSAGE), view=view)
