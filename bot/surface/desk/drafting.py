"""The form in which an editor writes a new fact for a gap; it becomes a draft, which readers are not shown."""

import re
from typing import Any, cast, get_args

import discord

from bot.answering.drafts import Written
from bot.answering.editions import mark_of
from bot.answering.edits import EditError
from bot.answering.telling.attaching import trial_lines
from bot.checking.facts import MAX_TEXT_CHARACTERS
from bot.story.model import FactKind, Story
from bot.surface.desk.acting import find, refusal, write
from bot.surface.desk.editors import admit_editor
from bot.surface.platform import limits
from bot.surface.platform.buttons import Form, StatefulButton, button, option
from bot.surface.platform.custom_ids import EXCHANGE, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.parts import parts_of, renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, notify, replace_message

DRAFT_PATTERN = rf"d:{EXCHANGE}:(?P<story>[0-9a-f]{{8}})"
MAX_LANGUAGES = 2  # a form has five fields
_PLACE = re.compile(r"\s*(?P<source>\S+?)\s*(?:§|[,:]|\s)\s*(?P<paragraph>\d+)\s*")  # "article § 3"


class DraftButton(StatefulButton, template=DRAFT_PATTERN):
    """The button that opens the form; `story` is the mark of the gap's story, whose languages the form needs."""

    def __init__(self, exchange: str, story: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(DRAFT_PATTERN, self.letter, exchange, story)))
        self._exchange = exchange
        self._story = story

    async def press(self, interaction: discord.Interaction) -> None:
        """Open the form; a form must be the first response, so there is no time to look up the gap first."""
        if not await admit_editor(interaction):
            return
        editions, renderer = parts_of(interaction).stories.library.current.editions, renderer_of(interaction)
        story = next((one.story for one in editions if mark_of(one.story.id) == self._story), None)
        if story is None:
            await notify(interaction, renderer.text("attach.gone"))
            return
        await interaction.response.send_modal(DraftForm(self._exchange, story, renderer))


class DraftForm(Form):
    """The form: the fact in up to two languages, its kind, where it is written, and the exact words."""

    def __init__(self, exchange: str, story: Story, renderer: Renderer) -> None:
        super().__init__(renderer.text("attach.write"))
        self._exchange = exchange
        self._story = story
        self._renderer = renderer
        self.texts = {code: _text_box(f"text-{code}", MAX_TEXT_CHARACTERS) for code in story.languages[:MAX_LANGUAGES]}
        self.kind: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="kind",
            options=[option(kind, renderer.text(f"attach.kind.{kind}")) for kind in get_args(FactKind)],
        )
        self.place = _text_box("place", limits.MODAL_TEXT, self._example, is_long=False)
        self.exact = _text_box("exact", limits.MODAL_TEXT, is_long=False)
        for code, box in self.texts.items():
            self.add(box, renderer.text("attach.form.text", language=code))
        for key, field in (("kind", self.kind), ("place", self.place), ("exact", self.exact)):
            self.add(field, renderer.text(f"attach.form.{key}"))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Write the draft."""
        draft = await defer_if_slow(interaction, self._written(interaction), ephemeral=True, in_place=True)
        await replace_message(interaction, draft)

    @property
    def _example(self) -> str:
        source = self._story.sources[0].id if self._story.sources else "article"
        return f"{source} § 1"

    async def _written(self, interaction: discord.Interaction) -> Draft:
        gap, renderer = await find(interaction, self._exchange), self._renderer
        place = _PLACE.fullmatch(self.place.value)
        if gap is None:
            return Draft(renderer.text("attach.gone"))
        if self.place.value.strip() and (place is None or place["source"] not in self._story.source):
            return Draft(renderer.text("attach.form.unknown_place", text=self.place.value, example=self._example))
        try:
            trial = await parts_of(interaction).attaching.draft(gap, self._read(place))
            if trial.is_possible and not trial.needs_consent:
                return await write(interaction, trial)
        except EditError as error:
            return refusal(error, renderer)
        lines = trial_lines(trial, renderer.locale, renderer.catalogue)
        return Draft(limits.join_lines([escaped(line) for line in lines], limits.MESSAGE))

    def _read(self, place: re.Match[str] | None) -> Written:
        texts = {code: " ".join(box.value.split()) for code, box in self.texts.items()}
        kind = cast(FactKind, (self.kind.values or ["report"])[0])
        source, paragraph = (place["source"], int(place["paragraph"])) if place else (None, None)
        return Written(texts, kind, None, source, paragraph, " ".join(self.exact.value.split()) or None)


def _text_box(key: str, most: int, placeholder: str = "", *, is_long: bool = True) -> discord.ui.TextInput[Any]:
    style = discord.TextStyle.paragraph if is_long else discord.TextStyle.short
    return discord.ui.TextInput(
        style=style, required=False, max_length=most, placeholder=placeholder or None, custom_id=key
    )
