"""The page of the versions: what is loaded, the problems of its files, and what changed when."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from starlette.requests import Request

from bot.answering.changelog import ChangeLog, change_logs
from bot.answering.editions import Edition
from bot.answering.telling.amended import amendment_lines
from bot.answering.telling.text import percent
from bot.desk.desk import Desk


async def versions_page(desk: Desk, _request: Request, locale: str) -> dict[str, Any]:
    """Return each story's state and its changes, newest first."""
    stories = [
        {
            "title": edition.story.story.title.get(locale),
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
    return {"stories": stories, "logs": [(log, list(_versions(log, desk))) for log in logs]}


def _passed(edition: Edition, desk: Desk, locale: str) -> str:
    """Return the share of a story's questions that get the right answer."""
    if edition.answered is None:
        return desk.catalogue.text(locale, "desk.untested")
    return percent(edition.answered, locale)


def _versions(log: ChangeLog, desk: Desk) -> Iterator[tuple[str, datetime, list[list[str]]]]:
    """Yield each version with its date and the lines of each change, newest first."""
    for (version, at), group in groupby(log.changes, key=lambda change: (change.version, change.at)):
        yield version, at, [amendment_lines(change.amendment, log.locale, desk.catalogue) for change in group]
