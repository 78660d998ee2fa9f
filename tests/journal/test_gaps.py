"""The questions without a good answer, as the journal hands them on."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.answering.exchange import Exchange, GapQuestion
from bot.answering.feedback import Waiting
from bot.answering.history import Change, Revision
from bot.journal.journal import SqlJournal, open_journal
from tests.fakes import context
from tests.journal.test_questionlog import asked

KEY = "a key for the tests only"

NO_FACT: dict[str, Any] = {"outcome": "abstain", "cause": "no_fact", "facts": ()}
AT = context().at


def number(count: int) -> str:
    return f"{count:012x}"


async def read(journal: SqlJournal, since: datetime | None = None, limit: int = 10) -> list[GapQuestion]:
    await journal.flush()
    return await journal.question_log.gap_questions(since, limit)


async def test_questions_without_an_answer_are_read_and_the_newest_first(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        rows: list[dict[str, Any]] = [
            {},
            NO_FACT,
            {"outcome": "suggest", "facts": ("bridge-closed", "bridge-built")},
            {"outcome": "abstain", "cause": "small_talk", "facts": ()},
            {"outcome": "abstain", "cause": "too_vague", "facts": ()},
            {**NO_FACT, "surface": "who"},
            {**NO_FACT, "surface": "button", "follows": number(3)},
            {**NO_FACT, "outcome": "unanswered"},
            {"outcome": "unanswered"},
        ]
        for count, changes in enumerate(rows, 1):
            journal.record(asked(count, "Qui ?", **changes))
        assert [one.exchange for one in await read(journal)] == [number(3), number(2)]
        assert [one.exchange for one in await read(journal, limit=1)] == [number(3)]
        assert await read(journal, since=AT + timedelta(seconds=3, microseconds=1)) == []
        first = (await read(journal))[0]
    assert (first.outcome, first.cause, first.facts) == ("suggest", None, ("bridge-closed", "bridge-built"))
    assert (first.at, first.story, first.locale) == (AT + timedelta(seconds=3), "bridge", "fr")


async def test_readers_are_told_apart_by_numbers_that_do_not_name_them(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        for count, user in enumerate((70, 71, 70), 1):
            journal.record(_by(asked(count, "Qui ?", **NO_FACT), user))
        assert [one.reader for one in await read(journal)] == [0, 1, 0]


def _by(exchange: Exchange, user: int) -> Exchange:
    return replace(exchange, context=replace(exchange.context, user=user))


async def test_what_readers_picked_afterwards_and_whether_they_wait_belong_to_the_question(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1, "Qui ?", outcome="suggest", facts=("bridge-closed",)))
        journal.record(asked(2, "Qui a bâti ?", surface="button", follows=number(1), facts=("bridge-built",)))
        journal.record(asked(3, "", surface="button", follows=number(1), **NO_FACT))
        await journal.flush()
        for user, exchange in ((8, number(3)), (9, number(1))):
            await journal.feedback.wait(Waiting(exchange, "Qui ?", _by(asked(1, "Qui ?"), user).context))
        (found,) = await read(journal)
    assert (found.picked, found.waiting, found.is_unhelpful) == (("bridge-built",), 2, False)


@pytest.mark.parametrize("voted", [1, 2])  # the answer, or the answer to a button under it
async def test_an_answer_that_did_not_help_is_a_gap(url: str, voted: int) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1, "Qui ?"))
        journal.record(asked(2, "Qui a bâti ?", surface="button", follows=number(1)))
        journal.record(asked(3, "Quand ?"))
        await journal.feedback.vote(number(voted), 8, AT, helpful=False)
        await journal.feedback.vote(number(3), 8, AT, helpful=True)
        (found,) = await read(journal)
    assert (found.exchange, found.outcome, found.is_unhelpful) == (number(1), "answer", True)


async def test_a_vote_that_was_changed_to_helpful_is_no_gap(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1, "Qui ?"))
        await journal.feedback.vote(number(1), 8, AT, helpful=False)
        await journal.feedback.vote(number(1), 8, AT, helpful=True)
        assert await read(journal) == []


@pytest.mark.parametrize(
    ("minutes", "fact", "what", "counts"),
    [
        (1, "bridge-closed", "edited", False),
        (1, "bridge-closed", "corrected", False),
        (-1, "bridge-closed", "edited", True),  # the vote is on the fact as it is now
        (1, "bridge-built", "edited", True),
        (1, "bridge-closed", "added", True),
    ],
)
async def test_a_vote_does_not_count_once_the_fact_has_changed(
    url: str, minutes: int, fact: str, what: Any, counts: bool
) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1, "Qui ?"))
        await journal.feedback.vote(number(1), 8, AT, helpful=False)
        revision = Revision("1", AT + timedelta(minutes=minutes), (Change(fact, what),))
        await journal.history.add_revision("bridge", {}, revision)
        assert bool(await read(journal)) is counts


async def test_an_answer_that_was_waited_for_and_did_not_help_is_a_gap_again(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1, "Qui ?", surface="later"))
        await journal.feedback.vote(number(1), 8, AT, helpful=False)
        assert [one.exchange for one in await read(journal)] == [number(1)]
