"""Draft a fact from the wordings of a gap; an editor completes it before it is published."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.answering.wordings import Wording
from bot.matching.fold import words
from bot.story.model import MAX_ID_CHARACTERS, FactKind
from bot.story.texts import PLACEHOLDER

MAX_DRAFT_UTTERANCES = 6  # in each language
UNNAMED = "new-fact"  # the id if the question has no word in Latin letters


@dataclass(frozen=True)
class Written:
    """What an editor has written of the fact so far."""

    texts: Mapping[str, str] = field(default_factory=dict)  # by language
    kind: FactKind = "report"
    by: str | None = None
    source: str | None = None
    paragraph: int | None = None
    exact: str | None = None


def draft_fact(
    rows: Sequence[Wording], languages: Sequence[str], taken: Collection[str], stop: Collection[str], written: Written
) -> dict[str, Any]:
    """Return the draft as the mapping to write; `taken` are the ids in use, `stop` the words that an id can spare."""
    asked: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.language and len(asked[row.language]) < MAX_DRAFT_UTTERANCES:
            asked[row.language].append(row.text)
    fact: dict[str, Any] = {"id": new_id(rows[0].text if rows else "", taken, stop), "status": "draft"}
    fact["kind"] = written.kind
    if written.by:
        fact["by"] = written.by
    fact["text"] = {code: written.texts.get(code) or PLACEHOLDER for code in languages}
    fact["asked"] = {code: asked[code] for code in languages if asked[code]}
    citation = {"source": written.source, "paragraph": written.paragraph, "exact": written.exact}
    fact["citations"] = [citation] if all(citation.values()) else []
    return fact


def new_id(question: str, taken: Collection[str], stop: Collection[str]) -> str:
    """Return an id from a question's words that is not taken."""
    latin = [word for word in words(question) if word.isascii() and word.isalnum()]
    named = [word for word in latin if word not in stop] or latin
    base = UNNAMED
    for end in range(1, len(named) + 1):
        joined = "-".join(named[:end])
        base = joined if len(joined) <= MAX_ID_CHARACTERS else base
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base[: MAX_ID_CHARACTERS - len(str(number)) - 1].rstrip('-')}-{number}"
    return found
