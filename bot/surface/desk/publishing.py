"""Show editors what publishing would change, and publish only what they confirm: the files, or an earlier version."""

import logging
from dataclasses import dataclass
from io import BytesIO

import discord
from discord import app_commands

from bot.answering.editions import Prepared, mark_of
from bot.answering.preview import Preview, preview, unkept_files
from bot.answering.telling.differences import diff_lines, version_name
from bot.answering.versions import KeptVersion
from bot.surface.desk.acting import tell_waiting
from bot.surface.desk.editors import admit_editor
from bot.surface.platform import limits
from bot.surface.platform.buttons import StatefulButton, button, stateful_view
from bot.surface.platform.custom_ids import LOCALE, custom_id
from bot.surface.platform.draft import Draft
from bot.surface.platform.escaping import escaped
from bot.surface.platform.parts import Parts, parts_of, renderer_of
from bot.surface.platform.render import Renderer
from bot.surface.platform.sending import defer_if_slow, replace_message, respond

log = logging.getLogger(__name__)

MAX_VERSIONS = 1000  # of all stories, among which a version is found
VERSION = r"(?P<story>[0-9a-f]{8}):(?P<version>[0-9a-f]{12})"  # the story's mark and the version
PUBLISH_PATTERN = rf"k:(?P<token>[0-9a-f]{{12}}):{LOCALE}(?::{VERSION})?"
CANCEL_PATTERN = rf"x:{LOCALE}"
PREVIEW_PATTERN = r"f"


@dataclass(frozen=True)
class Confirmed:
    """What became of a confirmation: a sentence, and the preview again if there is something else to confirm."""

    sentence: str
    again: Draft | None = None


class PublishButton(StatefulButton, template=PUBLISH_PATTERN):
    """A button that publishes what its preview showed; if that is no longer so, it shows the preview again."""

    def __init__(
        self, token: str, locale: str, story: str | None = None, version: str | None = None, label: str = "…"
    ) -> None:
        parts = [part for part in (self.letter, token, locale, story, version) if part]
        super().__init__(button(label, custom_id(PUBLISH_PATTERN, *parts), primary=True))
        self._token = token
        self._locale = locale
        self._story = story
        self._version = version

    async def press(self, interaction: discord.Interaction) -> None:
        """Publish, and replace the preview by what became of it."""
        if not await admit_editor(interaction):
            return
        confirmed = await defer_if_slow(interaction, self._confirm(interaction), ephemeral=True, in_place=True)
        await replace_message(interaction, Draft(confirmed.sentence))
        if confirmed.again:
            await respond(interaction, confirmed.again, ephemeral=True)

    async def _confirm(self, interaction: discord.Interaction) -> Confirmed:
        parts = parts_of(interaction)
        renderer = parts.renderer(self._locale)
        kept = await _kept(parts, self._story, self._version) if self._story and self._version else None
        if self._story and kept is None:
            return Confirmed(renderer.text("rollback.unknown"))
        lost = await unkept_files(parts.stories.library, parts.history, kept) if kept else []
        if lost:
            return Confirmed(_refusal(lost, renderer))
        prepared = await _prepared(parts, kept)
        if prepared.token != self._token or prepared.shelf is None:
            return Confirmed(renderer.text("publish.changed"), await _preview_draft(parts, kept, renderer))
        sentence = await _publish(parts, prepared, renderer)
        told = sum((await tell_waiting(interaction)).values())
        return Confirmed(f"{sentence}\n{renderer.count('attach.told', told)}" if told else sentence)


class CancelButton(StatefulButton, template=CANCEL_PATTERN):
    """A button that takes the preview away."""

    def __init__(self, locale: str, label: str = "…") -> None:
        super().__init__(button(label, custom_id(CANCEL_PATTERN, self.letter, locale)))
        self._locale = locale

    async def press(self, interaction: discord.Interaction) -> None:
        """Say that nothing was published."""
        if await admit_editor(interaction):
            await replace_message(interaction, Draft(parts_of(interaction).renderer(self._locale).text("publish.none")))


class PreviewButton(StatefulButton, template=PREVIEW_PATTERN):
    """A button that shows the editor who presses it what publishing the files would change now."""

    def __init__(self, label: str = "…") -> None:
        super().__init__(button(label, custom_id(PREVIEW_PATTERN, self.letter)))

    async def press(self, interaction: discord.Interaction) -> None:
        """Send the preview, if the user may publish."""
        if await admit_editor(interaction):
            await send_preview(interaction)


async def send_preview(interaction: discord.Interaction, version: str | None = None) -> None:
    """Send what publishing would change; `version` is a choice of `version_choices`, None for the files on disk."""
    parts, renderer = parts_of(interaction), renderer_of(interaction)
    draft = await defer_if_slow(interaction, _draft(parts, version, renderer), ephemeral=True)
    await respond(interaction, draft, ephemeral=True)


async def version_choices(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Offer the kept versions, newest first, each once, without those that are served."""
    parts, renderer = parts_of(interaction), renderer_of(interaction)
    served = {(edition.story.id, edition.version) for edition in parts.stories.library.current.editions}
    names: dict[tuple[str, str], str] = {}
    for one in await parts.history.versions(limit=MAX_VERSIONS):
        names.setdefault((one.story, one.version), version_name(one, renderer.locale, renderer.catalogue))
    choices = [
        app_commands.Choice(name=limits.clip(name, limits.CHOICE_NAME), value=f"{mark_of(story)}:{version}")
        for (story, version), name in names.items()
        if (story, version) not in served and typed.casefold() in name.casefold()
    ]
    return choices[: limits.CHOICES]


async def _draft(parts: Parts, version: str | None, renderer: Renderer) -> Draft:
    if version is None:
        return await _preview_draft(parts, None, renderer)
    kept = await _kept(parts, *version.partition(":")[::2])
    if kept is None:
        return Draft(renderer.text("rollback.unknown"))
    lost = await unkept_files(parts.stories.library, parts.history, kept)
    return Draft(_refusal(lost, renderer)) if lost else await _preview_draft(parts, kept, renderer)


async def _preview_draft(parts: Parts, kept: KeptVersion | None, renderer: Renderer) -> Draft:
    """Return what publishing would change, with buttons if it can be published."""
    restored = [await parts.history.files(kept)] if kept else []
    found = await preview(parts.stories.library, parts.readers.question_log, restored)
    prepared = found.prepared
    lines = [_heading(found, kept, renderer)]
    lines += [line for diff in found.diffs for line in diff_lines(diff, renderer.locale, renderer.catalogue)]
    if found.diffs and prepared.problems:
        lines.append(renderer.count("publish.warnings", len(prepared.problems)))
    lines += prepared.problems
    text = limits.join_lines([escaped(line) for line in lines], limits.MESSAGE)
    whole = BytesIO("\n".join(lines).encode())
    files = (discord.File(whole, "preview.txt"),) if text.endswith("…") else ()
    return Draft(text, view=_buttons(prepared, kept, renderer) if found.diffs else None, files=files)


def _heading(found: Preview, kept: KeptVersion | None, renderer: Renderer) -> str:
    if found.prepared.shelf is None:
        return renderer.count("facts.kept", len(found.prepared.problems))
    if not found.diffs:
        return renderer.text("publish.same")
    if kept is None:
        return renderer.text("publish.ask")
    return renderer.text("rollback.ask", version=version_name(kept, renderer.locale, renderer.catalogue))


def _buttons(prepared: Prepared, kept: KeptVersion | None, renderer: Renderer) -> discord.ui.View:
    story, version = (mark_of(kept.story), kept.version) if kept else (None, None)
    return stateful_view(
        PublishButton(prepared.token, renderer.locale, story, version, renderer.text("publish.confirm")),
        CancelButton(renderer.locale, renderer.text("publish.cancel")),
    )


async def _prepared(parts: Parts, kept: KeptVersion | None) -> Prepared:
    return await parts.stories.library.prepare([await parts.history.files(kept)] if kept else [])


async def _publish(parts: Parts, prepared: Prepared, renderer: Renderer) -> str:
    """Publish what was confirmed, and return a sentence that says so, or why not."""
    try:
        report = await parts.stories.library.publish(prepared)
    except OSError as error:
        log.exception("the files of an earlier version could not be written")
        return renderer.text("rollback.failed", reason=error.strerror or error)
    if not report.loaded:
        return renderer.text("publish.overtaken")
    versions = (f"{edition.story.id} {edition.version}" for edition in report.shelf.editions)
    return limits.clip(renderer.text("facts.loaded", versions=", ".join(versions)), limits.MESSAGE)


async def _kept(parts: Parts, mark: str, version: str) -> KeptVersion | None:
    """Return the last time that a version of a story, by its mark, was published."""
    found = await parts.history.versions(limit=MAX_VERSIONS)
    return next((one for one in found if one.version == version and mark_of(one.story) == mark), None)


def _refusal(lost: list[str], renderer: Renderer) -> str:
    names = ", ".join(escaped(name) for name in lost)
    return limits.clip(renderer.text("rollback.edited", files=names), limits.MESSAGE)
