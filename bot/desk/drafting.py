"""The form in which an editor writes a new fact for a gap; it becomes a draft, which readers are not shown."""

import asyncio
from typing import Any, cast, get_args

from starlette.requests import Request

from bot.answering.drafts import Written
from bot.answering.languages import told_in
from bot.checking.facts import MAX_TEXT_CHARACTERS
from bot.desk.article import paragraphs
from bot.desk.desk import Desk, Form, RefusedPage, address
from bot.desk.gaps import gone, open_gap
from bot.story.model import FactKind, Story

TEXT = "text-"  # of the field of each language
FIELDS = ("kind", "by", "source", "paragraph", "exact")


async def draft_page(desk: Desk, request: Request, locale: str) -> dict[str, Any] | RefusedPage:
    """Return the form, with what is in the address filled in."""
    found = await open_gap(desk, request.query_params)
    if found is None:
        return gone(desk, locale)
    gap, edition = found
    story = edition.story
    language = told_in(story.languages, locale)
    return {
        "gap": gap,
        "languages": story.languages,
        "kinds": get_args(FactKind),
        "claimants": sorted((entity.name.get(language), entity.id) for entity in story.entities),
        "sources": [source.id for source in story.sources],
        "written": draft_fields(request.query_params),
        "most": MAX_TEXT_CHARACTERS,
    }


def draft_fields(form: Form) -> dict[str, str]:
    """Return the fields of the form that are filled in, each on one line."""
    own = {key: " ".join(text.split()) for key, text in form.items() if key in FIELDS or key.startswith(TEXT)}
    return {key: text for key, text in own.items() if text}


async def read_draft(desk: Desk, form: Form, story: Story, locale: str) -> Written | RefusedPage:
    """Return what an editor has written, or why it cannot be a draft; a citation has all its parts or none."""
    fields = draft_fields(form)
    texts = {code: fields.get(f"{TEXT}{code}", "") for code in story.languages}
    kind = fields.get("kind", "report")
    by = fields.get("by")
    wrong = await _wrong_citation(desk, fields, story)
    if wrong or kind not in get_args(FactKind) or (by and by not in story.entity):
        sentence = desk.catalogue.text(locale, wrong or "desk.draft.incomplete", **_cited(fields))
        return RefusedPage(sentence, address("draft", {"gap": form.get("gap", ""), **fields}))
    number, exact = fields.get("paragraph"), fields.get("exact")
    source = fields.get("source") if exact else None
    return Written(texts, cast(FactKind, kind), by, source, int(number) if number else None, exact)


async def _wrong_citation(desk: Desk, fields: Form, story: Story) -> str | None:
    """Return the key of what is wrong with the citation; None if it is right, or if there is none."""
    number, exact = fields.get("paragraph", ""), fields.get("exact", "")
    if not (number or exact):
        return None
    source = story.source.get(fields.get("source", ""))
    if source is None or not number.isdecimal() or not exact:
        return "desk.draft.incomplete"
    text = (await asyncio.to_thread(paragraphs, desk.articles, source.id)).get(int(number))
    is_recorded = any(row.paragraph == int(number) for row in source.paragraphs)
    return None if is_recorded and (text is None or exact in text) else "desk.draft.not_there"


def _cited(fields: Form) -> dict[str, str]:
    return {key: fields.get(key, "") for key in ("source", "paragraph", "exact")}
