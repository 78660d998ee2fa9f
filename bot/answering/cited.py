"""Facts ready to be shown, never without who asserts them and where they are written."""

from dataclasses import dataclass
from typing import Literal

from bot.story.model import FactKind

# How a fact that is shown relates to the first one of its reply.
Relation = Literal["answer", "replied_to", "denial", "reply"]


@dataclass(frozen=True)
class CitationView:
    """Where a fact is written, ready to be shown."""

    source: str
    paragraph: int
    quote: str
    language: str
    article: str  # "article of March 2024", with its title and publisher or the words that they are not recorded
    url: str | None


@dataclass(frozen=True)
class FactView:
    """A fact ready to be shown: never without who asserts it and where it is written."""

    id: str
    kind: FactKind
    by: str | None
    by_name: str | None
    text: str
    when: str | None  # EDTF
    when_words: str | None
    citations: tuple[CitationView, ...]
    relation: Relation
    score: float | None = None


Pair = tuple[FactView, ...]  # a fact, and where it is contested or contests, the other side
