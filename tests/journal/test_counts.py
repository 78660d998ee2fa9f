"""Exchanges are counted when they are written: the counts are those that a reading of all of them would give."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command

from bot.journal import migrating
from bot.journal.journal import SqlJournal, open_journal
from tests.journal.test_journal import exchange
from tests.journal.test_migrating import engine_of
from tests.journal.test_usage import ALWAYS, asked, tally
from tests.postgres import executed

KEY = "a key for the tests only"
FIRST = datetime(2023, 11, 28, 22, tzinfo=UTC)
HALF_DAY = timedelta(hours=12)
PERIODS = [  # in days after the first one, which begins two hours after the first exchange
    (0, 1),
    (0, 3),
    (1, 40),
    (2, 33),  # exactly December
    (2, 34),
    (0, 100),
    (33, 64),
    (0.25, 0.5),  # part of a day
    (0.5, 70.5),
    (5, 5),
]


async def fill(journal: SqlJournal) -> dict[datetime, str]:
    """Record an exchange each half day; return its fact by its time."""
    facts = {FIRST + number * HALF_DAY: f"fact-{number % 7}" for number in range(160)}
    for number, (at, fact) in enumerate(facts.items()):
        one = exchange(number)
        journal.record(replace(one, context=replace(one.context, at=at), facts=(fact, "beside")))
    await journal.flush()
    return facts


async def test_a_period_counts_what_is_in_it_whether_it_is_months_days_or_hours(url: str) -> None:
    midnight = FIRST + timedelta(hours=2)
    async with open_journal(url, KEY) as journal:
        facts = await fill(journal)
        for first, last in PERIODS:
            since, until = midnight + timedelta(days=first), midnight + timedelta(days=last)
            counted = await tally(journal, since, until)
            inside = {at: fact for at, fact in facts.items() if since <= at < until}
            assert counted.facts == Counter(("bridge", fact) for fact in inside.values()), (first, last)
            assert counted.days == Counter((at.date(), "answer") for at in inside), (first, last)
            assert counted.locales.get("fr", 0) == len(inside)


async def test_an_exchange_that_is_written_twice_is_counted_once(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        for _ in range(2):
            journal.record(asked(1))
            await journal.flush()
        assert sum((await tally(journal)).days.values()) == 1


async def test_what_a_forgotten_user_asked_is_no_longer_counted_however_much_it_is(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        for number in range(450):
            one = asked(number, day=number // 100)
            user = 8 if number < 5 else 7
            journal.record(replace(one, context=replace(one.context, user=user), facts=(f"fact-{user}",)))
        assert await journal.privacy.forget(7) == 0 + 445
        counted = await tally(journal)
        assert counted.facts == {("bridge", "fact-8"): 5}
        assert list(counted.days.values()) == [5]
    assert await executed(url, "SELECT count(*) FROM counted_answers") == [(2,)]  # its day and its month


STORED = """
INSERT INTO exchanges (id, at, surface, locale, outcome, facts, channel, asker, question, story, version, elapsed_ms)
VALUES ('a', '2024-03-05 23:30:00+00:00', 'ask', 'fr', 'answer', '["closed", "beside"]', 5, 'x', '?', 'bridge', '', 1),
       ('b', '2024-03-06 00:30:00+00:00', 'who', 'fr', 'answer', '["closed"]', 5, 'x', '?', 'bridge', '', 1),
       ('c', '2024-03-06 00:40:00+00:00', 'ask', 'en', 'abstain', '[]', 5, 'x', '?', 'bridge', '', 1)
"""
COUNTED = """
INSERT INTO daily (day, is_typed, outcome, story, locale, fact, number)
VALUES ('2024-03-05', true, 'answer', 'bridge', 'fr', 'closed', 10),
       ('2024-02-01', false, 'answer', 'bridge', 'fr', 'opened', 4)
"""
EXPECTED = {
    "days": {("2024-03-05", "answer"): 11, ("2024-03-06", "abstain"): 1},
    "facts": {("bridge", "closed"): 12, ("bridge", "opened"): 4},
    "locales": {"fr": 11, "en": 1},
}


async def test_an_update_counts_what_is_stored_and_keeps_what_was_counted(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    with engine_of(file) as engine, engine.begin() as connection:
        config = migrating._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        connection.exec_driver_sql(STORED.replace("+00:00", ".000000"))
        connection.exec_driver_sql(COUNTED)
    await check(f"sqlite+aiosqlite:///{file}")
    with engine_of(file) as engine, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0010")
        left = connection.exec_driver_sql("SELECT day, fact, number FROM daily").fetchall()
    assert left == [("2024-02-01", "opened", 4)]  # the other day is in part still stored


async def check(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        counted = await tally(journal, *ALWAYS)
    assert {(str(day), outcome): number for (day, outcome), number in counted.days.items()} == EXPECTED["days"]
    assert (counted.facts, counted.locales) == (EXPECTED["facts"], EXPECTED["locales"])
