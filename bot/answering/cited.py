"""Facts ready to be shown, always with who asserts them and where they are written."""

from dataclasses import dataclass
from typing import Literal

from bot.story.model import FactKind

# How a fact relates to the one that it is shown with; "answer" is the main fact itself.
Relation = Literal["answer", "replied_to", "denial", "reply"]


@dataclass(frozen=True)
class Reference:
    """A citation ready to be shown: the article, the paragraph, the quotation."""

    source: str
    paragraph: int
    quote: str
    language: str
    article: str  # such as "article of March 2024", with its title and publisher if they are recorded
    url: str | None
    is_quoted: bool = False  # whether they are the words of whoever asserts the fact, not the article's own
    translation: str | None = None  # ours, if the words are not in the reader's language


@dataclass(frozen=True)
class CitedFact:
    """A fact ready to be shown."""

    id: str
    kind: FactKind
    by: str | None
    by_name: str | None
    text: str
    language: str  # of the text
    when: str | None  # EDTF
    when_text: str | None
    citations: tuple[Reference, ...]
    relation: Relation
    score: float | None = None


Sides = tuple[CitedFact, ...]  # a fact, then the facts that must be shown with it: the one it replies to, its replies
