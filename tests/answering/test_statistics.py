"""A report on a period: whole days, shares, and the facts that nobody got."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from bot.answering.editions import Shelf
from bot.answering.statistics import Period, UsageReport, usage_report
from bot.answering.usage import Tally
from bot.journal.journal import open_journal

NOW = datetime(2024, 3, 5, 12, tzinfo=UTC)


def test_a_period_is_whole_days_and_ends_today() -> None:
    period = Period.until(NOW, 3)
    assert list(period.days) == [date(2024, 3, 3), date(2024, 3, 4), date(2024, 3, 5)]
    assert period.bounds == (datetime(2024, 3, 3, tzinfo=UTC), datetime(2024, 3, 6, tzinfo=UTC))


def test_today_is_the_day_in_utc() -> None:
    just_after_midnight = datetime(2024, 3, 6, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert Period.until(just_after_midnight, 1).last == date(2024, 3, 5)


def test_outcomes_are_summed_over_the_days_and_the_helpful_share_needs_votes() -> None:
    days = {(date(2024, 3, 4), "answer"): 2, (date(2024, 3, 5), "answer"): 1, (date(2024, 3, 5), "suggest"): 4}
    report = UsageReport(Period.until(NOW), Tally(days, 3, 1, {}, {}, ()), ())  # type: ignore[arg-type]
    assert report.outcomes == {"answer": 3, "suggest": 4, "abstain": 0, "unanswered": 0}
    assert report.helpful_share == 0.75
    assert UsageReport(Period.until(NOW), Tally({}, 0, 0, {}, {}, ()), ()).helpful_share is None


async def test_facts_that_answered_nothing_are_named_in_the_storys_order(shelf: Shelf, tmp_path: Path) -> None:
    facts = list(shelf.editions[0].story.shown_facts)
    async with open_journal(f"sqlite+aiosqlite:///{tmp_path}/journal.db", None) as journal:
        report = await usage_report(shelf, journal.usage, Period.until(NOW))
    assert report.never == tuple(("bridge", fact) for fact in facts)
