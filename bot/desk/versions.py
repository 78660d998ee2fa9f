"""The page of the versions: what is loaded, the problems of its files, and what changed when."""

from typing import Any

from starlette.requests import Request

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
            "passed": percent(edition.answered, locale),
            "matching": desk.catalogue.text(
                locale, "facts.semantic" if edition.decider.is_semantic else "facts.lexical"
            ),
        }
        for edition in desk.library.current.editions
    ]
    return {"stories": stories}
