"""Processes on the same database count together how often a user may ask."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bot.journal.database import running
from bot.journal.journal import open_journal
from bot.journal.uses import SqlUses
from bot.surface.platform.cooldowns import PRESS_RATE, QUESTION_RATE, Cooldowns, Rate
from tests.fakes import SetClock
from tests.postgres import executed

KEY = "a key for the tests only"
ME, OTHER, OUT = 7, 8, 9
SOON = timedelta(seconds=1)


@pytest.mark.parametrize("rate", [QUESTION_RATE, PRESS_RATE], ids=["questions", "presses"])
async def test_what_a_user_asks_or_presses_in_one_process_counts_for_the_other(url: str, rate: Rate) -> None:
    clock = SetClock()
    clock.advance((datetime.now(UTC) - clock.now()).total_seconds())
    async with AsyncExitStack() as stack:
        here, there = [(await stack.enter_async_context(open_journal(url, KEY))).uses for _ in range(2)]
        one, other = (Cooldowns(clock, frozenset(), uses) for uses in (here, there))
        for _ in range(rate.times - 1):
            assert one.count(ME, rate) is None
        assert other.count(ME, rate) is None  # nothing is known yet
        await here.share()
        await there.share()
        refused = other.count(ME, rate)
        assert refused is not None
        assert SOON < refused.until - clock.now() <= timedelta(seconds=rate.seconds) + SOON
        assert other.count(OTHER, rate) is None
        clock.advance(rate.seconds + 5)
        assert other.count(ME, rate) is None


async def test_of_many_users_those_are_known_whose_uses_were_heard_of_last(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.journal.uses.MAX_ELSEWHERE", 1)
    async with open_journal(url, KEY) as one, open_journal(url, KEY) as other:
        for user in (ME, OTHER, ME):
            for journal in (one, other):
                journal.uses.note("question", user, 60.0)
                await journal.uses.share()
        now = datetime.now(UTC)
        assert [other.uses.elsewhere("question", user, now)[0] for user in (ME, OTHER)] == [2, 0]


async def test_sharing_goes_on_after_any_failure(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.journal.uses.SHARE_SECONDS", 0.001)
    shared, failures = asyncio.Event(), [ValueError("once")]

    async def share(_uses: SqlUses) -> None:
        if failures:
            raise failures.pop()
        shared.set()

    monkeypatch.setattr(SqlUses, "share", share)
    async with open_journal(url, KEY) as journal, running(journal.uses.run()):
        await asyncio.wait_for(shared.wait(), 5)


async def test_only_a_hash_is_stored_and_nothing_of_who_opted_out_or_is_forgotten_or_after_the_window(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        await journal.privacy.opt_out(OUT, datetime.now(UTC), out=True)
        for user in (ME, OTHER, OUT):
            journal.uses.note("question", user, 60.0)
        await journal.uses.share()
        rows = await executed(url, "SELECT asker, number FROM uses")
        assert len(rows) == 2
        assert all(len(asker) == 32 and number == 1 for asker, number in rows)
        await journal.privacy.forget(ME)
        assert len(await executed(url, "SELECT * FROM uses")) == 1
        await executed(url, "UPDATE uses SET until = '2024-03-05 12:00:00'")
        journal.uses.note("question", ME, 60.0)
        await journal.uses.share()
        assert len(await executed(url, "SELECT * FROM uses")) == 1
