"""How the bot is used in a period, without who uses it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.answering.editions import Shelf
from bot.answering.limits import DEFAULT_DAYS
from bot.answering.ports import Usage
from bot.answering.reply import JournalledOutcome
from bot.answering.usage import Tally

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Whole days in UTC, the last one included."""

    first: date
    last: date

    @classmethod
    def until(cls, now: datetime, days: int = DEFAULT_DAYS) -> "Period":
        """Return the last `days` days, today included."""
        today = now.astimezone(UTC).date()
        return cls(today - (days - 1) * ONE_DAY, today)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment of the period, and the first moment after it."""
        return datetime.combine(self.first, time(), UTC), datetime.combine(self.last + ONE_DAY, time(), UTC)

    @property
    def days(self) -> Iterator[date]:
        """Each day, in order."""
        yield from (self.first + number * ONE_DAY for number in range((self.last - self.first).days + 1))


@dataclass(frozen=True)
class UsageReport:
    """The tally of a period, and the facts of the loaded stories that were no answer in it: (story, fact)."""

    period: Period
    tally: Tally
    never: tuple[tuple[str, str], ...]

    @property
    def outcomes(self) -> dict[JournalledOutcome, int]:
        """How many questions had each outcome."""
        counts: dict[JournalledOutcome, int] = {"answer": 0, "suggest": 0, "abstain": 0, "unanswered": 0}
        for (_, outcome), count in self.tally.days.items():
            counts[outcome] += count
        return counts

    @property
    def helpful_share(self) -> float | None:
        """The share of votes that call a reply helpful; None if nobody voted."""
        votes = self.tally.helpful + self.tally.unhelpful
        return self.tally.helpful / votes if votes else None


async def usage_report(shelf: Shelf, usage: Usage, period: Period) -> UsageReport:
    """Count a period, and name the shown facts that answered nothing in it, in the stories' order."""
    tally = await usage.tally(*period.bounds)
    shown = ((story.id, fact) for story in (edition.story for edition in shelf.editions) for fact in story.shown_facts)
    return UsageReport(period, tally, tuple(one for one in shown if one not in tally.facts))
