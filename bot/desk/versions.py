"""The page of the versions: what is loaded, the problems of its files, and what changed when."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from starlette.requests import Request

from bot.answering.changelog import ChangeLog, change_logs
from bot.answering.editions import Edition
from bot.answering.languages import title_of
from bot.answering.telling.amended import amendment_lines
from bot.answering.telling.differences import version_name
from bot.answering.telling.text import percent
from bot.desk.desk import Desk
from bot.desk.publishing import unpublished_files


async def versions_page(desk: Desk, request: Request, locale: str) -> dict[str, Any]:
    """Return each story's state, what is not published yet, its kept versions and its changes, newest first."""
    stories = [
        {
            "title": title_of(edition.story, locale),
            "version": edition.version,
            "facts": len(edition.story.shown_facts),
            "utterances": sum(len(list(fact.asked.values())) for fact in edition.story.shown_facts.values()),
            "passed": _passed(edition, desk, locale),
            "matching": desk.catalogue.text(
                locale, "facts.semantic" if edition.decider.is_semantic else "facts.lexical"
            ),
        }
        for edition in desk.library.current.editions
    ]
    logs = await change_logs(desk.stories, desk.history, desk.context(locale))
    told = request.query_params.get("told", "")
    return {
        "stories": stories,
        "logs": [(log, list(_versions(log, desk)), await _earlier(desk, log.story, locale)) for log in logs],
        "unpublished": await unpublished_files(desk),
        "done": request.query_params.get("done"),
        "told": int(told) if told.isdecimal() else 0,
        "is_here": desk.bot.is_here,
    }


def _passed(edition: Edition, desk: Desk, locale: str) -> str:
    """Return the share of a story's questions that get the right answer."""
    if edition.answered is None:
        return desk.catalogue.text(locale, "desk.untested")
    return percent(edition.answered, locale)


async def _earlier(desk: Desk, story: str, locale: str) -> dict[str, str]:
    """Return the names of a story's kept versions, newest first, without the one that readers get."""
    found = await desk.history.versions(story)
    names: dict[str, str] = {}
    for one in found:
        names.setdefault(one.version, version_name(one, locale, desk.catalogue))
    return {version: name for version, name in names.items() if version != found[0].version}


def _versions(log: ChangeLog, desk: Desk) -> Iterator[tuple[str, datetime, list[list[str]]]]:
    """Yield each version with its date and the lines of each change, newest first."""
    for (version, at), group in groupby(log.changes, key=lambda change: (change.version, change.at)):
        yield version, at, [amendment_lines(change.amendment, log.locale, desk.catalogue) for change in group]
