"""The page of what readers asked in vain."""

from typing import Any

from starlette.requests import Request

from bot.answering.gaps import gaps
from bot.desk.desk import Desk


async def gaps_page(desk: Desk, _request: Request, locale: str) -> dict[str, Any]:
    """Return the gaps of all stories, those that most readers asked first, with the texts of the facts near them."""
    shelf = desk.library.current
    texts = {
        (edition.story.id, fact.id): fact.text.get(locale)
        for edition in shelf.editions
        for fact in edition.story.shown_facts.values()
    }
    return {"gaps": await gaps(shelf, desk.reports), "texts": texts, "several": len(shelf.editions) > 1}
