"""The page of an article: each paragraph, the facts drawn from it, and what no fact covers."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request

from bot.answering.cited import Sides
from bot.answering.sources import article, sources
from bot.desk.desk import Desk

Stretch = tuple[str, bool]  # a part of a paragraph, and whether a fact quotes it


@dataclass(frozen=True)
class ParagraphRow:
    """A paragraph with the facts drawn from it; its text is empty if the article's file is not there."""

    number: int
    digest: str
    text: tuple[Stretch, ...]
    facts: tuple[Sides, ...]


async def article_page(desk: Desk, request: Request, locale: str) -> dict[str, Any]:
    """Return the article whose number is in the address, the first one if there is none."""
    context = desk.context(locale)
    cards = sources(desk.stories, context)
    wanted = request.query_params.get("number", "1")
    number = int(wanted) if wanted.isdecimal() and 1 <= int(wanted) <= len(cards) else 1
    shown = article(desk.stories, context, number)
    if shown is None:
        return {"cards": cards, "article": None, "rows": (), "number": number, "bare": 0}
    text = await asyncio.to_thread(paragraphs, desk.articles, shown.card.id)
    rows = [
        ParagraphRow(
            row.number,
            row.digest,
            tuple(stretches(text.get(row.number, ""), _quotes(row.facts, shown.card.id, row.number))),
            row.facts,
        )
        for row in shown.paragraphs
    ]
    bare = sum(not row.facts for row in rows)
    return {"cards": cards, "article": shown, "rows": rows, "number": number, "bare": bare}


def stretches(text: str, quotes: Sequence[str]) -> Iterator[Stretch]:
    """Split a text where quotations begin and end; those that overlap are one stretch."""
    covered = [False] * len(text)
    for quote in quotes:
        start = text.find(quote) if quote else -1
        while start >= 0:
            covered[start : start + len(quote)] = [True] * len(quote)
            start = text.find(quote, start + len(quote))
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or covered[at] != covered[begin]:
            yield text[begin:at], covered[begin]
            begin = at


def _quotes(facts: Sequence[Sides], source: str, paragraph: int) -> list[str]:
    return [
        citation.quote
        for sides in facts
        for fact in sides
        for citation in fact.citations
        if (citation.source, citation.paragraph) == (source, paragraph)
    ]


def paragraphs(articles: Path | None, source: str) -> dict[int, str]:
    """Return the article's paragraphs, its lines that are not empty, by number; empty without its file."""
    path = articles / f"{source}.txt" if articles else None
    if path is None or not path.is_file():
        return {}
    lines = (line for line in path.read_text("utf-8").splitlines() if line.strip())
    return dict(enumerate(lines, 1))
