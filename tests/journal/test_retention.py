"""Rows are deleted after the retention; how many there were each day stays, and is counted as before."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from bot.answering.feedback import MAX_WAIT_DAYS, Mistake
from bot.answering.history import ShownMessage
from bot.journal import retention as module
from bot.journal.journal import SqlJournal, open_journal
from bot.journal.retention import oldest_kept
from tests.conftest import PATIENCE
from tests.fakes import SetClock
from tests.journal.test_feedback import waiting
from tests.journal.test_usage import ALWAYS, FIRST_DAY, asked, tally

KEY = "a key for the tests only"

DAYS = 90


class RoundsClock(SetClock):
    """Tells how often it was looked at: once in each round of the retention."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def now(self) -> datetime:
        self.looks += 1
        return super().now()


async def one_round(journal: SqlJournal) -> None:
    """Run the retention until its second round begins."""
    clock = RoundsClock()
    with patch.object(module, "EVERY_SECONDS", 0.01):
        running = asyncio.create_task(journal.retention.run(clock))
        async with asyncio.timeout(PATIENCE):
            while clock.looks < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    running.cancel()


async def fill(journal: SqlJournal, days: int, each: int) -> None:
    """Record questions, look-ups and votes for some days."""
    for day in range(days):
        for number in range(each):
            kind = number % 4
            one = asked(day * each + number, day=day, locale="en" if number % 3 else "fr")
            if kind == 1:
                one = replace(one, outcome="abstain", cause="no_fact", facts=())
            elif kind == 2:
                one = replace(one, surface="button", facts=("bridge-opened", "beside"))
            journal.record(one)
        await journal.feedback.vote(f"{day * each:012x}", day, FIRST_DAY + timedelta(days=day), helpful=bool(day % 2))
    await journal.flush()


async def test_the_counts_of_old_days_are_those_from_before(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        await fill(journal, days=6, each=20)
        before = await tally(journal)
        first = await tally(journal, FIRST_DAY, FIRST_DAY + timedelta(days=2))
        deleted = await journal.retention.delete_before(FIRST_DAY + timedelta(days=3))
        assert deleted == 3 * 20 + 3
        after = await tally(journal)
        assert replace(after, slowest=()) == replace(before, slowest=())
        assert list(after.facts) == list(before.facts)
        assert list(after.locales) == list(before.locales)
        again = await tally(journal, FIRST_DAY, FIRST_DAY + timedelta(days=2))
        assert replace(again, slowest=()) == replace(first, slowest=())
        left = [one async for one in journal.usage.exchanges(None)]
        assert min(one.at for one in left) >= FIRST_DAY + timedelta(days=3)


async def test_a_day_that_gets_rows_late_is_counted_once_more(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        for number in (1, 2):
            journal.record(asked(number))
            await journal.flush()
            await journal.retention.delete_before(ALWAYS[1])
        assert sum((await tally(journal)).days.values()) == 2


async def test_everything_about_users_is_deleted_but_their_opt_outs(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1))
        await journal.feedback.report(Mistake("0" * 12, "Faux.", "", FIRST_DAY), 7)
        await journal.feedback.wait(waiting(1, 7, "Quand ?"))
        journal.add_message(ShownMessage(1, 5, False, "bridge", "1", "fr", ("closed",), FIRST_DAY, 7))
        await journal.privacy.opt_out(9, FIRST_DAY, out=True)
        await journal.flush()
        await journal.retention.delete_before(ALWAYS[1])
        assert not any((await journal.privacy.stored(7)).rows.values())
        assert journal.privacy.is_opted_out(9)


@pytest.mark.parametrize(("days", "left"), [(DAYS, 1), (0, 2)])
async def test_the_oldest_days_are_deleted_when_the_bot_starts_unless_rows_are_kept_for_ever(
    url: str, days: int, left: int
) -> None:
    clock = SetClock()
    async with open_journal(url, KEY, days) as journal:
        plain = asked(1)
        start = oldest_kept(clock.now(), DAYS)
        for number, at in enumerate((start, start - timedelta(seconds=1))):
            journal.record(replace(asked(number), context=replace(plain.context, at=at)))
        await journal.flush()
        await one_round(journal)
        assert len([one async for one in journal.usage.exchanges(None)]) == left
        assert (await journal.privacy.stored(7)).retention_days == days


async def test_a_wait_ends_after_a_year_even_if_rows_are_kept_for_ever(url: str) -> None:
    clock = SetClock()
    async with open_journal(url, KEY, 0) as journal:
        start = oldest_kept(clock.now(), MAX_WAIT_DAYS)
        for number, at in enumerate((start, start - timedelta(seconds=1))):
            one = waiting(number, 7, "Qui ?")
            await journal.feedback.wait(replace(one, context=replace(one.context, at=at)))
        await one_round(journal)
        assert [one.exchange for one in await journal.feedback.waiting()] == [f"{0:012x}"]


@pytest.mark.clock
async def test_neither_questions_nor_votes_wait_for_the_deletion(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.0)
    async with open_journal(url, KEY) as journal:
        await fill(journal, days=3, each=1500)
        deleting = asyncio.create_task(journal.retention.delete_before(datetime(2100, 1, 1, tzinfo=UTC)))
        waits = []
        while not deleting.done():
            started = time.perf_counter()
            await journal.feedback.vote("0" * 12, 7, datetime(2200, 1, 1, tzinfo=UTC), helpful=True)
            waits.append(time.perf_counter() - started)
            await asyncio.sleep(0.005)
        assert await deleting == 3 * 1500 + 3
        assert waits
        assert sorted(waits)[len(waits) // 2] < 0.3
