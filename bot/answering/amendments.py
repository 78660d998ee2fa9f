"""How a fact changed, as readers are told: the fact before and after, each as it was then."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answering.cited import CitedFact, Sides
from bot.answering.history import Change, What


@dataclass(frozen=True)
class Amendment:
    """A change in one language; a side is empty if the fact was not shown then, or if its text was not kept."""

    what: What
    before: Sides
    after: Sides
    was: str = ""  # what was wrong, in the editors' words
    note: str = ""  # what the editors say about it
    noted: str | None = None  # when they said so, in EDTF

    @property
    def earlier(self) -> CitedFact | None:
        """The fact as it was before."""
        return self.before[0] if self.before else None

    @property
    def later(self) -> CitedFact | None:
        """The fact as it became."""
        return self.after[0] if self.after else None


def joined(changes: Iterable[Change]) -> list[Change]:
    """Join the changes of each fact, oldest first, to one: from what it was first to what it became last."""
    found: dict[str, Change] = {}
    for change in changes:
        first = found.get(change.fact, change)
        what: What = "corrected" if first.what == "corrected" and change.what == "edited" else change.what
        found[change.fact] = Change(change.fact, what, first.before, change.after)
    return list(found.values())
