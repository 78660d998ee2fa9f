"""Which messages showed which facts, and how the stories changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

What = Literal[
    "added",
    "corrected",  # the editors say that it was wrong before
    "edited",  # changed, and not said to have been wrong
    "withdrawn",
]


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
