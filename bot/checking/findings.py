"""What a check says: a rule, a level, where in the story, and how to mend it."""

from dataclasses import dataclass
from typing import Literal

Level = Literal[
    "error",  # the story is not loaded
    "warning",  # the story is loaded; a curator should look
    "note",  # something was not checked
]
Location = tuple[str | int, ...]  # ("facts", 3, "text", "fr"), or ("sources", 0, ...) for the record of an article


@dataclass(frozen=True)
class Finding:
    """One finding of a check, at a place in the merged story."""

    location: Location
    rule: str
    message: str
    level: Level = "error"
