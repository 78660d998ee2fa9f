"""The page of what readers asked in vain, and the page on which an editor looks for the fact that answers."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.answering.editions import Edition
from bot.answering.factsearch import search_facts
from bot.answering.gaps import Gap, find_gap
from bot.desk.desk import Desk, Form, RefusedPage

MAX_FOUND_FACTS = 20
MAX_SEARCH_CHARACTERS = 200
FILE_NAMES = re.compile(r"[\w.-]+(,[\w.-]+)*")


@dataclass(frozen=True)
class Done:
    """What an editor has just written, as the address of the page says."""

    files: str  # their names, empty if there was nothing to write
    is_draft: bool
    told: int  # how many readers
    waiting: int  # how many are still to be told

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Done | None":
        """Return what an address says; None if it says nothing."""
        files = query.get("files", "")
        if "done" not in query or (files and not FILE_NAMES.fullmatch(files)):
            return None
        told, waiting = (int(query[key]) if query.get(key, "").isdecimal() else 0 for key in ("told", "waiting"))
        return cls(files.replace(",", ", "), query["done"] == "draft", told, waiting)


async def gaps_page(desk: Desk, request: Request, locale: str) -> dict[str, Any]:
    """Return the gaps of all stories, those that most readers asked first, with the texts of the facts near them."""
    return {
        "gaps": await desk.gaps.current(),
        "texts": desk.fact_texts(locale),
        "several": len(desk.library.current.editions) > 1,
        "done": Done.read(request.query_params),
        "is_here": desk.bot.is_here,
    }


async def gap_page(desk: Desk, request: Request, locale: str) -> dict[str, Any] | RefusedPage:
    """Return a gap with the facts that match the words in the address; without words, with the nearest facts."""
    found = await open_gap(desk, request.query_params)
    if found is None:
        return gone(desk, locale)
    gap, edition = found
    words = " ".join(request.query_params.get("words", "").split())[:MAX_SEARCH_CHARACTERS]
    near = (*(fact for fact, _ in gap.picked), *(one.fact for one in gap.nearest))
    shown = edition.story.shown_facts
    facts = await asyncio.to_thread(search_facts, edition, words, MAX_FOUND_FACTS) if words else ()
    return {
        "gap": gap,
        "words": words,
        "facts": [fact.id for fact in facts] if words else [key for key in dict.fromkeys(near) if key in shown],
        "texts": desk.fact_texts(locale),
    }


async def open_gap(desk: Desk, form: Form) -> tuple[Gap, Edition] | None:
    """Return the gap that a form or an address names, with its story; None if it is no longer one."""
    gap = find_gap(await desk.gaps.current(), form.get("gap", ""))
    edition = desk.library.current.by_id.get(gap.story) if gap else None
    return (gap, edition) if gap and edition else None


def gone(desk: Desk, locale: str) -> RefusedPage:
    """Say that the gap is no longer in the list."""
    return RefusedPage(desk.catalogue.text(locale, "attach.gone"), "gaps")
