"""Which version of a story something is drawn from."""

from dataclasses import dataclass
from datetime import datetime

from bot.story.dates import ImpreciseDate
from bot.story.model import Story


@dataclass(frozen=True)
class AsOf:
    """How fresh a story is: the date of its sources, and the day it was kept up to date until, once that is past."""

    date: str  # EDTF
    expired: str | None = None  # EDTF

    @classmethod
    def of(cls, story: Story, now: datetime) -> "AsOf":
        """Return the date of a story's sources, and when its shelf life ended if the last day of it is past."""
        head = story.story
        is_over = head.expires is not None and ImpreciseDate.parse(head.expires).latest < now.date()
        return cls(head.as_of, head.expires if is_over else None)
