"""The editors' commands on versions: `diff`, `rollback` and `feed`."""

import asyncio
from pathlib import Path

import typer

from bot.answering.feed import FeedAddress, feed_of
from bot.answering.preview import Preview, preview, unkept_files
from bot.answering.telling.atom import atom_xml
from bot.answering.telling.catalogue import catalogue
from bot.answering.telling.differences import diff_lines
from bot.answering.versions import KeptVersion
from bot.app import SystemClock, open_versions
from bot.cli.common import (
    at_terminal,
    fail,
    language_or_exit,
    machine_language,
    run_async,
    settings_or_exit,
    stories_or_exit,
)
from bot.cli.waiting import opening
from bot.settings import Settings

NOTHING_PUBLISHED = "No version has been published yet: the bot keeps one each time it loads the stories."
MAX_LISTED = 1000  # versions of all stories


def diff(story: str | None, knowledge: Path | None) -> None:
    """Show what publishing the files would change; exit with status 1 if problems prevent it."""
    run_async(_diff(stories_or_exit(knowledge=knowledge), story))


def rollback(version: str, story: str | None, knowledge: Path | None, *, yes: bool) -> None:
    """Write the files of an earlier version back; the bot publishes them when it reloads."""
    run_async(_rollback(settings_or_exit(knowledge=knowledge), version, story, yes=yes))


def feed(
    story: str | None,
    locale: str | None,
    domain: str,
    url: str | None,
    output: Path | None,
    knowledge: Path | None,
) -> None:
    """Write an Atom feed of what was added, corrected or withdrawn."""
    settings, address = settings_or_exit(knowledge=knowledge), FeedAddress(domain, url)
    run_async(_feed(settings, story, language_or_exit(locale) or machine_language(), address, output))


async def _diff(settings: Settings, story: str | None) -> None:
    async with opening(open_versions(settings)) as (library, journal):
        found = await preview(library, journal.question_log)
    if not library.current.editions:
        print(NOTHING_PUBLISHED)
        found = Preview(found.prepared, ())
    known = {key for shelf in (library.current, found.prepared.shelf) if shelf for key in shelf.by_id}
    if story and story not in known:
        fail(f"--story: there is no story {story!r}.")
    _print(found, story)
    if found.prepared.shelf is None:
        raise typer.Exit(1)


async def _rollback(settings: Settings, version: str, story: str | None, *, yes: bool) -> None:
    async with opening(open_versions(settings)) as (library, journal):
        kept = _chosen(await journal.history.versions(story, MAX_LISTED), version)
        lost = await unkept_files(library, journal.history, kept)
        if lost:
            fail(
                f"These files of {kept.story} were edited and never published, so going back would lose the edits: "
                f"{', '.join(lost)}. Publish them first, or put them aside."
            )
        found = await preview(library, journal.question_log, [await journal.history.files(kept)])
        _print(found, kept.story)
        if found.prepared.shelf is None:
            raise typer.Exit(1)
        if not yes and not (at_terminal() and typer.confirm(f"Write the files of version {kept.version}?")):
            fail("Nothing was written; --yes answers for you.")
        try:
            await library.publish(found.prepared)
        except OSError as error:
            fail(f"The files could not be written ({error}); nothing has changed.")
    print(
        f"The files of {kept.story} are those of version {kept.version} again. A running bot publishes them by "
        "/facts reload, or at once with ONRECORD_AUTO_RELOAD; otherwise it does when it starts."
    )


async def _feed(settings: Settings, story: str | None, locale: str, address: FeedAddress, output: Path | None) -> None:
    async with opening(open_versions(settings)) as (library, journal):
        editions = [one for one in library.current.editions if story in {None, one.story.id}]
        if not editions:
            fail(f"--story: there is no published story {story!r}." if story else NOTHING_PUBLISHED)
        made = await feed_of(editions, journal.history, address, SystemClock().now())
    text = atom_xml(made, locale, catalogue())
    if output is None:
        print(text)
        return
    try:
        await asyncio.to_thread(output.write_text, f"{text}\n", "utf-8")
    except OSError as error:
        fail(f"--output: {output} cannot be written: {error.strerror}.")


def _chosen(versions: list[KeptVersion], wanted: str) -> KeptVersion:
    """Return the newest kept version of that name; exit with the names that there are if it is not one story's."""
    found = {one.story: one for one in reversed(versions) if one.version == wanted}
    if len(found) != 1:
        fail(_no_choice(versions, sorted(found), wanted))
    return next(iter(found.values()))


def _no_choice(versions: list[KeptVersion], stories: list[str], wanted: str) -> str:
    if stories:
        return f"Several stories have the version {wanted}: name one by --story ({', '.join(stories)})."
    if not versions:
        return NOTHING_PUBLISHED
    rows = (f"  {one.version}  {one.story}, {one.at:%Y-%m-%d %H:%M} UTC, {one.changes} changes" for one in versions)
    return "\n".join((f"There is no kept version {wanted!r}. These are kept, newest first:", *rows))


def _print(found: Preview, story: str | None) -> None:
    """Print how the stories differ, then the problems."""
    diffs = [one for one in found.diffs if story in {None, one.story}]
    for one in diffs:
        print(*diff_lines(one, "en", catalogue()), sep="\n")
    if not diffs and found.prepared.shelf and not found.prepared.is_changed:
        print(catalogue().text("en", "publish.same"))
    print(*found.prepared.problems, sep="\n", end="\n" if found.prepared.problems else "")
