"""What publishing would change, or going back to an earlier version, and the form that confirms it."""

import logging
from typing import Any

from starlette.requests import Request

from bot.answering.answer_changes import IS_WORSE
from bot.answering.editions import Prepared
from bot.answering.ports import Library
from bot.answering.preview import preview, unkept_files
from bot.answering.telling.differences import version_name
from bot.answering.versions import STORY_PREFIX, KeptVersion, StoryFiles
from bot.desk.desk import Desk, Form, RefusedPage, address

log = logging.getLogger(__name__)

VERSIONS = "versions"


async def publish_page(desk: Desk, request: Request, locale: str) -> dict[str, Any] | RefusedPage:
    """Return what publishing the files would change; with a version in the address, what going back to it would."""
    form, library = request.query_params, await desk.bot.library()
    kept = await _kept(desk, form)
    refusal = await _refusal(desk, library, form, kept, locale)
    if refusal:
        return refusal
    found = await preview(library, desk.question_log, await _restored(desk, kept))
    return {
        "diffs": found.diffs,
        "prepared": found.prepared,
        "is_worse": IS_WORSE,
        "kept": version_name(kept, locale, desk.catalogue) if kept else None,
        "fields": _fields(form),
        "is_changed": "changed" in form,
        "is_here": desk.bot.is_here,
        "to_tell": await _count_to_tell(desk, found.prepared) if desk.bot.is_here else 0,
    }


async def publish(desk: Desk, form: Form, locale: str) -> str | RefusedPage:
    """Publish what the form confirms, and return the address that says so.

    For a bot that runs elsewhere, the files of an earlier version are written, and the bot publishes them. If something
    else would be published by now, return the address of the preview.
    """
    again, library = address("publish", {**_fields(form), "changed": "1"}), await desk.bot.library()
    kept = await _kept(desk, form)
    refusal = await _refusal(desk, library, form, kept, locale)
    if refusal:
        return refusal
    prepared = await library.prepare(await _restored(desk, kept))
    if prepared.token != form.get("token") or not (kept or desk.bot.is_here):
        return again
    try:
        report = await library.publish(prepared)
    except OSError as error:
        log.exception("the files of an earlier version could not be written")
        reason = error.strerror or error
        return RefusedPage(desk.catalogue.text(locale, "rollback.failed", reason=reason), VERSIONS)
    if not report.loaded:
        return again
    told = sum((await desk.bot.follow()).values())
    return address(VERSIONS, {"done": "published" if desk.bot.is_here else "written", "told": str(told)})


async def unpublished_files(desk: Desk) -> list[str]:
    """Return the names of the stories' files on disk that are not as they were last published."""
    names: dict[str, None] = {}
    for one in await desk.history.published():
        on_disk = await desk.library.on_disk(one.folder)
        there = {name: checksum for name, checksum in on_disk.items() if _is_own(name, one)}
        names |= dict.fromkeys(name for name, _ in sorted(there.items() ^ one.checksums.items()))
    return [name.partition("/")[2] for name in names]


def _fields(form: Form) -> dict[str, str]:
    return {key: form[key] for key in ("story", "version") if form.get(key)}


async def _kept(desk: Desk, form: Form) -> KeptVersion | None:
    """Return the version in the form, as it was published last; None if there is none in it, or if it is not kept."""
    wanted = form.get("version")
    found = await desk.history.versions(form.get("story")) if wanted else []
    return next((one for one in found if one.version == wanted), None)


async def _refusal(
    desk: Desk, library: Library, form: Form, kept: KeptVersion | None, locale: str
) -> RefusedPage | None:
    """Return why the version in the form cannot be gone back to."""
    if kept is None:
        return RefusedPage(desk.catalogue.text(locale, "rollback.unknown"), VERSIONS) if form.get("version") else None
    lost = await unkept_files(library, desk.history, kept)
    return (
        RefusedPage(desk.catalogue.text(locale, "rollback.edited", files=", ".join(lost)), VERSIONS) if lost else None
    )


async def _restored(desk: Desk, kept: KeptVersion | None) -> list[StoryFiles]:
    return [await desk.history.files(kept)] if kept else []


async def _count_to_tell(desk: Desk, prepared: Prepared) -> int:
    """Return how many readers wait for a fact that an editor has confirmed, and that would be shown."""
    after = prepared.shelf.by_id if prepared.shelf else {}
    told = {
        (one.context.user, one.story, one.fact)
        for one in await desk.feedback.waiting()
        if one.story in after and one.fact in after[one.story].story.shown_facts
    }
    return len(told)


def _is_own(name: str, kept: KeptVersion) -> bool:
    return name.startswith(STORY_PREFIX) or name in kept.checksums
