"""A rule of the checker, and a finding: one place in a story that breaks it."""

from dataclasses import dataclass
from typing import Literal

Level = Literal[
    "error",  # the story is not loaded
    "warning",  # the story is loaded; a curator should look
    "note",  # something was not checked
]
Location = tuple[str | int, ...]  # ("facts", 3, "text", "fr"), or ("sources", 0, ...) for the record of an article


@dataclass(frozen=True)
class Rule:
    """What must hold; `what` says how it is broken and `mend` what to do then, both with {blanks} for the values."""

    id: str
    what: str
    mend: str
    why: str
    level: Level = "error"

    def message(self, **values: object) -> str:
        """Say in one line what is wrong and how to mend it."""
        return f"{self.what}; {self.mend}".format(**values)

    def at(self, *location: str | int, **values: object) -> "Finding":
        """Return the finding that a place breaks this rule."""
        return Finding(location, self, self.message(**values))


@dataclass(frozen=True)
class Finding:
    """One finding of a check, at a place in the merged story."""

    location: Location
    rule: Rule
    message: str
