"""What is kept beside exchanges: what readers say of replies, which messages showed what, how stories changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

What = Literal[
    "added",
    "corrected",  # the editors say that it was wrong before
    "edited",  # changed, and not said to have been wrong
    "withdrawn",
]


@dataclass(frozen=True)
class Mistake:
    """What somebody says is wrong in an answer, and where it is written otherwise."""

    exchange: str
    wrong: str
    written: str
    at: datetime


@dataclass(frozen=True)
class ReportedMistake:
    """A mistake in the editors' queue, with the question and the facts that it is about."""

    number: int
    mistake: Mistake
    question: str | None  # None where the exchange is no longer kept
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """Somebody who wants to be told once a question is answered; the user's id is kept for that, and until then."""

    exchange: str
    user: int
    question: str  # as it was understood
    locale: str
    guild: int | None
    channel: int
    parent: int | None
    at: datetime


@dataclass(frozen=True)
class ShownMessage:
    """A message of the bot's, with the facts that it shows of one version of a story, the answer first."""

    message: int
    channel: int
    is_list: bool  # of several facts: what a command lists, what is nearest to a question, answers to several questions
    story: str
    version: str
    locale: str
    facts: tuple[str, ...]
    at: datetime
    user: int | None = None  # whose direct message it is


@dataclass(frozen=True)
class Change:
    """What became of a fact."""

    fact: str
    what: What


@dataclass(frozen=True)
class Revision:
    """What changed in a story from one version to the next."""

    version: str
    at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Kept:
    """Everything that is kept of one user, as rows ready for JSON, by what they are."""

    is_opted_out: bool
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
