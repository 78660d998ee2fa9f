"""What the journal counts and exports, without who asked or where."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.answering.reply import JournalledOutcome

MAX_LISTED = 10  # slow questions, and rows of each list in a report


@dataclass(frozen=True)
class Tally:
    """What the journal counts in a period; everything is in descending order of its number, except the days."""

    days: dict[tuple[date, JournalledOutcome], int]
    helpful: int
    unhelpful: int
    facts: dict[tuple[str, str], int]  # by story and fact: how often it was the answer
    locales: dict[str, int]
    slowest: tuple[tuple[str, float], ...]  # a question, and the milliseconds that its answer took


@dataclass(frozen=True)
class ExportedExchange:
    """A journalled exchange without anything that says who asked or where; the text is redacted."""

    id: str
    follows: str | None
    at: datetime
    surface: str
    locale: str
    question: str
    understood: str
    outcome: str
    cause: str | None
    facts: tuple[str, ...]
    score: float | None
    story: str
    version: str
    elapsed_ms: float
    helpful: int  # votes
    unhelpful: int
