"""Feedback of readers: one vote per reply, mistakes for the editors, and waiting for an answer."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.answering.context import Context
from bot.answering.feedback import MAX_WAITS, Mistake, Settlement, ShownFacts, Waiting
from bot.journal.journal import SqlJournal, open_journal
from tests.journal.test_journal import exchange
from tests.postgres import executed

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
async def journal(url: str) -> AsyncIterator[SqlJournal]:
    async with open_journal(url, "a key for the tests only") as opened:
        yield opened


def mistake(wrong: str = "C'est faux.") -> Mistake:
    return Mistake(f"{1:012x}", wrong, "https://example.org", AT)


def waiting(number: int, user: int, question: str) -> Waiting:
    return Waiting(f"{number:012x}", question, Context(user, 5, 3, "fr", AT + timedelta(seconds=number)))


async def test_a_user_has_one_vote_on_a_reply_and_may_change_it(journal: SqlJournal, url: str) -> None:
    for user, helpful in ((7, True), (8, False), (7, False)):
        await journal.feedback.vote("0" * 12, user, AT, helpful=helpful)
    assert await executed(url, "SELECT helpful FROM votes") == [(False,), (False,)]


async def test_a_user_waits_for_ten_answers_at_most(journal: SqlJournal) -> None:
    for number in range(MAX_WAITS):
        assert await journal.feedback.wait(waiting(number, 7, "Qui ?"))
    assert not await journal.feedback.wait(waiting(MAX_WAITS, 7, "Qui ?"))
    assert await journal.feedback.wait(waiting(0, 7, "Qui ?"))  # one of the ten, and no other
    assert await journal.feedback.wait(waiting(MAX_WAITS, 8, "Qui ?"))
    assert await journal.feedback.cancel(7, f"{3:012x}")
    assert await journal.feedback.wait(waiting(MAX_WAITS, 7, "Qui ?"))
    assert len(await journal.feedback.waiting()) == MAX_WAITS + 1


async def test_mistakes_are_queued_with_their_question_until_they_are_settled(journal: SqlJournal) -> None:
    journal.record(exchange(1, "Qui ?"))
    await journal.flush()
    first = await journal.feedback.report(mistake(), 7)
    second = await journal.feedback.report(mistake("Encore."), 7)
    queue = await journal.feedback.mistakes(10)
    assert [row.number for row in queue] == [first, second]
    shown = ShownFacts("bridge", "0123456789ab", ("bridge-closed",))
    assert queue[0].mistake == replace(mistake(), locale="fr", shown=shown)
    assert (queue[0].question, queue[0].facts) == ("Qui ?", ("bridge-closed",))
    assert await journal.feedback.settle(first, Settlement(AT))
    assert not await journal.feedback.settle(first, Settlement(AT))
    assert [row.number for row in await journal.feedback.mistakes(10)] == [second]
    assert len(await journal.feedback.mistakes(0)) == 0


async def test_a_mistake_in_an_exchange_that_is_not_kept_is_queued_all_the_same(journal: SqlJournal) -> None:
    await journal.feedback.report(mistake("\ud800"), 7)
    (row,) = await journal.feedback.mistakes(10)
    assert (row.question, row.facts) == (None, ())


async def test_who_opted_out_is_not_kept_with_a_mistake(journal: SqlJournal, url: str) -> None:
    await journal.privacy.opt_out(7, AT, out=True)
    for user in (7, 8):
        await journal.feedback.report(mistake(), user)
    askers = [asker for (asker,) in await executed(url, "SELECT asker FROM mistakes ORDER BY number")]
    assert askers[0] is None
    assert askers[1] is not None


async def test_a_reporter_is_stored_only_until_they_are_told(journal: SqlJournal, url: str) -> None:
    asked = replace(mistake(), is_awaited=True)
    first, second, other = [await journal.feedback.report(one, 7) for one in (asked, asked, mistake())]
    assert await journal.feedback.awaited() == []
    settlement = Settlement(AT, "corrected", "Merci.")
    for number in (first, other):
        assert await journal.feedback.settle(number, settlement)
    (awaited,) = await journal.feedback.awaited()
    assert (awaited.user, awaited.report.number, awaited.settlement) == (7, first, settlement)
    assert await journal.feedback.mistake(first) == awaited.report
    await journal.feedback.stop_awaiting(first)
    assert await journal.feedback.awaited() == []
    assert await executed(url, "SELECT reporter FROM mistakes ORDER BY number") == [(None,), (7,), (None,)]
    assert await journal.feedback.mistake(99) is None
    assert second != first


async def test_a_report_from_before_there_was_more_shows_what_its_exchange_did(journal: SqlJournal, url: str) -> None:
    journal.record(exchange(1, "Qui ?"))
    await journal.flush()
    values = f"('{1:012x}', 'Faux.', '', '2024-03-05 12:00:00')"
    await executed(url, f"INSERT INTO mistakes (exchange, wrong, written, at) VALUES {values}")  # noqa: S608
    (row,) = await journal.feedback.mistakes(9)
    assert row.mistake == Mistake(
        f"{1:012x}", "Faux.", "", AT, "fr", None, ShownFacts("bridge", "0123456789ab", ("bridge-closed",))
    )


async def test_what_a_message_showed_outlives_its_exchange(journal: SqlJournal) -> None:
    shown = ShownFacts("bridge", "ba9876543210", ("petit-role",))
    await journal.feedback.report(replace(mistake(), shown=shown), 7)
    (row,) = await journal.feedback.mistakes(9)
    assert (row.question, row.mistake.shown) == (None, shown)


async def test_what_was_posted_is_known(journal: SqlJournal) -> None:
    for _ in range(2):
        await journal.desk_log.add_posted(["report:1", "gap:0"], AT)
    await journal.desk_log.add_posted([], AT)
    assert await journal.desk_log.posted(["report:1", "report:2"]) == {"report:1"}
    assert await journal.desk_log.posted([]) == frozenset()
    assert len(await journal.desk_log.posted(["gap:0", *(f"gap:{number}" for number in range(1, 2500))])) == 1


async def test_somebody_waits_for_a_question_until_they_no_longer_do(journal: SqlJournal) -> None:
    for number, user, question in ((1, 7, "Qui ?"), (2, 8, "Qui ?"), (3, 7, "Quand ?"), (1, 7, "Qui ?")):
        await journal.feedback.wait(waiting(number, user, question))
    rows = [waiting(1, 7, "Qui ?"), waiting(2, 8, "Qui ?"), waiting(3, 7, "Quand ?")]
    assert await journal.feedback.waiting() == rows
    assert await journal.feedback.cancel(7, f"{3:012x}")
    assert not await journal.feedback.cancel(7, f"{3:012x}")
    assert await journal.feedback.waiting() == rows[:2]
    await journal.feedback.stop_waiting(waiting(9, 7, "Qui ?"))
    assert await journal.feedback.waiting() == [rows[1]]


async def test_an_editor_confirms_an_answer_for_all_who_wait_for_it(journal: SqlJournal) -> None:
    for number, user, question in ((1, 7, "Qui ?"), (2, 8, "Qui donc ?"), (3, 8, "Qui ?"), (4, 7, "Quand ?")):
        await journal.feedback.wait(waiting(number, user, question))
    answered = {f"{number:012x}" for number in (1, 2, 3, 99)}
    assert await journal.feedback.confirm(answered, "bridge", "bridge-closed") == 2
    confirmed = [row.exchange for row in await journal.feedback.waiting() if row.fact]
    assert confirmed == [f"{number:012x}" for number in (1, 2, 3)]
    first = (await journal.feedback.waiting())[0]
    assert (first.story, first.fact) == ("bridge", "bridge-closed")
    await journal.feedback.stop_waiting(replace(first, context=waiting(2, 8, "").context, question="Où ?"))
    assert [row.exchange for row in await journal.feedback.waiting()] == [f"{number:012x}" for number in (1, 4)]
    assert await journal.feedback.confirm([], "bridge", "bridge-closed") == 0


async def test_who_waits_after_none_of_these_waits_for_the_question_before_it(journal: SqlJournal) -> None:
    journal.record(exchange(1, "Qui ?"))
    journal.record(replace(exchange(2, ""), follows=f"{1:012x}"))
    await journal.flush()
    await journal.feedback.wait(waiting(2, 7, "Qui ?"))
    assert await journal.feedback.confirm([f"{1:012x}"], "bridge", "bridge-closed") == 1
