"""A rule of the checker, and a finding: one location in a story that violates it."""

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
    """A rule of the checker: `what` is wrong, how to `mend` it (both are templates), and `why` the rule exists."""

    id: str
    what: str
    mend: str
    why: str
    level: Level = "error"

    def message(self, **values: object) -> str:
        """Return one line that says what is wrong and how to fix it."""
        return f"{self.what}; {self.mend}".format(**values)

    def at(self, *location: str | int, **values: object) -> "Finding":
        """Return the finding that this location violates the rule."""
        return Finding(location, self, self.message(**values))


@dataclass(frozen=True)
class Finding:
    """One violation of a rule, at a location in the merged story."""

    location: Location
    rule: Rule
    message: str
