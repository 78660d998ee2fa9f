"""The journal counts how the bot is used, and exports it without who asked or where."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.answering.exchange import Exchange
from bot.answering.usage import MAX_LISTED, ExportedExchange, Tally
from bot.journal.journal import SqlJournal, open_journal
from tests.journal.test_journal import exchange

KEY = "a key for the tests only"

FIRST_DAY = datetime(2024, 3, 5, tzinfo=UTC)
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def asked(number: int, text: str = "Qui ?", *, day: int = 0, locale: str = "fr", **changes: Any) -> Exchange:
    plain = exchange(number, text)
    at = FIRST_DAY + timedelta(days=day, minutes=number)
    return replace(plain, head=replace(plain.head, locale=locale), context=replace(plain.context, at=at), **changes)


async def tally(journal: SqlJournal, since: datetime = ALWAYS[0], until: datetime = ALWAYS[1]) -> Tally:
    await journal.flush()
    return await journal.usage.tally(since, until)


async def test_an_empty_journal_counts_nothing(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        assert await tally(journal) == Tally({}, 0, 0, {}, {}, ())


async def test_questions_are_counted_by_day_and_outcome(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1))
        journal.record(asked(2))
        journal.record(asked(3, outcome="abstain", cause="no_fact", facts=()))
        journal.record(asked(4, day=1))
        journal.record(asked(7, day=1, outcome="unanswered"))
        journal.record(asked(5, day=1, surface="button", follows="000000000004"))  # a press is no question
        journal.record(asked(6, day=1, surface="who"))  # nor is a look-up
        counted = await tally(journal)
    assert counted.days == {
        (date(2024, 3, 5), "abstain"): 1,
        (date(2024, 3, 5), "answer"): 2,
        (date(2024, 3, 6), "answer"): 1,
        (date(2024, 3, 6), "unanswered"): 1,
    }
    assert list(counted.facts.values()) == [5]  # with the look-up and the press, without what was not delivered


async def test_a_period_begins_with_its_first_moment_and_ends_before_its_last(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        for number in (1, 2, 3):
            journal.record(asked(number))
        minute = timedelta(minutes=1)
        counted = await tally(journal, FIRST_DAY + minute, FIRST_DAY + 3 * minute)
    assert sum(counted.days.values()) == 2


async def test_facts_are_counted_as_answers_by_story_and_the_most_asked_come_first(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1, facts=("rare", "common")))  # what is shown beside an answer is not the answer
        journal.record(asked(2, facts=("common",)))
        journal.record(asked(3, facts=("common",), surface="button"))
        journal.record(asked(4, facts=("suggested",), outcome="suggest"))
        counted = await tally(journal)
    assert list(counted.facts.items()) == [(("bridge", "common"), 2), (("bridge", "rare"), 1)]


async def test_languages_votes_and_the_slowest_questions_are_counted(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        for number in range(1, 20):
            journal.record(
                asked(number, f"question {number}", locale="en" if number % 3 else "fr", elapsed_ms=float(number))
            )
        await journal.feedback.vote("000000000001", 1, FIRST_DAY, helpful=True)
        await journal.feedback.vote("000000000001", 2, FIRST_DAY, helpful=False)
        await journal.feedback.vote("000000000002", 2, FIRST_DAY, helpful=True)
        counted = await tally(journal)
    assert (counted.helpful, counted.unhelpful) == (2, 1)
    assert list(counted.locales.items()) == [("en", 13), ("fr", 6)]
    assert counted.slowest[0] == ("question 19", 19.0)
    assert len(counted.slowest) == MAX_LISTED


async def test_an_export_has_every_exchange_with_its_votes_and_nothing_personal(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(2, "Call 06 12 34 56 78?"))
        journal.record(asked(1, "Who?"))
        await journal.flush()
        await journal.feedback.vote("000000000001", 77, FIRST_DAY, helpful=False)
        await journal.feedback.vote("000000000001", 78, FIRST_DAY, helpful=False)
        everything = [one async for one in journal.usage.exchanges(None)]
        later = [one async for one in journal.usage.exchanges(FIRST_DAY + timedelta(minutes=2))]
    assert [(one.question, one.helpful, one.unhelpful) for one in everything] == [
        ("Who?", 0, 2),
        ("Call [number]?", 0, 0),
    ]
    assert [one.id for one in later] == ["000000000002"]
    assert everything[0].at == FIRST_DAY + timedelta(minutes=1)
    assert not {"asker", "user", "guild", "channel"} & {field.name for field in fields(ExportedExchange)}
