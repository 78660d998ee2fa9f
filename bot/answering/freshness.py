"""Tell how fresh a story is."""

from datetime import datetime

from bot.answering.values import AsOf
from bot.story.dates import ImpreciseDate
from bot.story.model import Story


def as_of(story: Story, now: datetime) -> AsOf:
    """Return the date of a story's sources, and when its shelf life ended where the last day of it is past."""
    head = story.story
    is_over = head.expires is not None and ImpreciseDate.parse(head.expires).latest < now.date()
    return AsOf(head.as_of, head.expires if is_over else None)
