"""A rule of the checker, and a finding: one location in a story that violates it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.matching.closest import closest

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
    has_one_cause: bool = False  # places with the same message have one cause, and are reported once

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


def gathered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings that have one cause once, at the first of their places, with the number of places."""
    found = list(findings)
    places = Counter((finding.rule.id, finding.message) for finding in found if finding.rule.has_one_cause)
    for finding in found:
        count = places.pop((finding.rule.id, finding.message), 0) if finding.rule.has_one_cause else 1
        if count == 1:
            yield finding
        elif count:
            yield replace(finding, message=f"{finding.message} ({count} places)")


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Return "did you mean 'x'? " for the known word that is closest; nothing if none is near."""
    near = closest(word, known) if isinstance(word, str) else None
    return f"did you mean {near!r}? " if near else ""
