"""Facts ready to be shown, never without who asserts them and where they are written."""

from dataclasses import dataclass
from typing import Literal

from bot.story.model import FactKind

# How a fact relates to the one that it is shown beside; the first of them is the answer.
Relation = Literal["answer", "replied_to", "denial", "reply"]


@dataclass(frozen=True)
class Reference:
    """Where something is written: the article, the paragraph, the words."""

    source: str
    paragraph: int
    quote: str
    language: str
    article: str  # "article of March 2024", with its title and publisher, or that they are not recorded
    url: str | None


@dataclass(frozen=True)
class CitedFact:
    """A fact ready to be shown."""

    id: str
    kind: FactKind
    by: str | None
    by_name: str | None
    text: str
    when: str | None  # EDTF
    when_words: str | None
    citations: tuple[Reference, ...]
    relation: Relation
    score: float | None = None


Sides = tuple[CitedFact, ...]  # a fact, then what must be shown with it: what it answers, what answers it
