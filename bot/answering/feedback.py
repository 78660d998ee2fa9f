"""Readers' feedback on replies: mistakes, and waits for an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.answering.context import Context

ReportOutcome = Literal[
    "corrected",
    "nothing",  # there is nothing to correct
    "other",
]
MAX_NOTE_CHARACTERS = 300
MAX_WAITS = 10  # of a user
MAX_WAIT_DAYS = 365  # even if all else is stored for longer


@dataclass(frozen=True)
class ShownFacts:
    """The facts that a message showed, and the version of the story that they were in."""

    story: str
    version: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Mistake:
    """A mistake that a reader reports: what is wrong, a source that says otherwise, and the message that is wrong."""

    exchange: str
    wrong: str
    written: str
    at: datetime
    locale: str | None = None  # of the message, and of what the reporter is told
    link: str | None = None  # to the message, unless only one user can see it
    shown: ShownFacts | None = None  # None if the message is not recorded: then what its exchange showed
    is_awaited: bool = False  # whether the reporter wants to hear what became of the report


@dataclass(frozen=True)
class Settlement:
    """What became of a report, with a sentence from the editors to its reporter, which may be empty."""

    at: datetime
    outcome: ReportOutcome = "other"
    note: str = ""


@dataclass(frozen=True)
class ReportedMistake:
    """A mistake that was reported, with the exchange's question."""

    number: int
    mistake: Mistake
    question: str | None  # None if the exchange is no longer stored
    settlement: Settlement | None = None  # None while it is in the editors' queue

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the message showed."""
        return self.mistake.shown.facts if self.mistake.shown else ()


@dataclass(frozen=True)
class AwaitedReport:
    """A settled report whose reporter is still to be told; their id is stored only until then."""

    report: ReportedMistake
    settlement: Settlement
    user: int


@dataclass(frozen=True)
class Waiting:
    """A user who waits for an answer; their id is stored only until they get it."""

    exchange: str
    question: str  # as it was understood: a follow-up is completed
    context: Context
    story: str | None = None  # with `fact`: the answer that an editor confirmed; None if none has yet
    fact: str | None = None
