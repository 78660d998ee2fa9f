"""The journal says that a question was answered only after its reply was delivered."""

import asyncio

import pytest

from bot.answering import outbox as module
from bot.answering.assistant import Assistant
from bot.answering.outbox import Outbox
from bot.answering.reply import JournalledOutcome
from bot.story.model import Story
from tests.fakes import MemoryJournal, serving, utterance
from tests.journal.test_journal import exchange


@pytest.mark.parametrize(("delivered", "outcome"), [(True, "answer"), (False, "unanswered")])
async def test_an_exchange_is_stored_when_its_reply_is_settled(
    story: Story, *, delivered: bool, outcome: JournalledOutcome
) -> None:
    journal = MemoryJournal()
    outbox = Outbox(journal)
    reply = await Assistant(serving(story), outbox).ask(utterance("Qui est Anna Petit ?"))
    assert journal.kept == []
    outbox.settle(reply.exchange, delivered=delivered)
    outbox.settle(reply.exchange, delivered=True)
    assert [(one.id, one.outcome) for one in journal.kept] == [(reply.exchange, outcome)]


async def test_a_question_that_is_broken_off_is_unanswered(story: Story) -> None:
    journal, question = MemoryJournal(), "Qui est Anna Petit ?"
    asking = asyncio.create_task(Assistant(serving(story), Outbox(journal)).ask(utterance(question)))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert [(one.outcome, one.question, one.facts) for one in journal.kept] == [("unanswered", question, ())]


async def test_what_is_not_settled_before_the_end_is_stored_as_unanswered(story: Story) -> None:
    journal = MemoryJournal()
    outbox = Outbox(journal)
    await Assistant(serving(story), outbox).ask(utterance("Qui est Anna Petit ?"))
    outbox.close()
    assert [one.outcome for one in journal.kept] == ["unanswered"]
    assert outbox.held == 0


def test_of_too_many_that_are_never_settled_the_oldest_is_unanswered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_HELD", 2)
    journal = MemoryJournal()
    outbox = Outbox(journal)
    for number in range(3):
        outbox.record(exchange(number))
    assert [(one.id, one.outcome) for one in journal.kept] == [(f"{0:012x}", "unanswered")]
    assert outbox.held == 2
