"""What editors read from the journal: the last questions."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.answering.exchange import Exchange
from bot.journal.journal import open_journal
from tests.journal.test_journal import exchange

KEY = "a key for the tests only"


def asked(number: int, text: str, **changes: Any) -> Exchange:
    plain = exchange(number, text)
    at = plain.context.at + timedelta(seconds=number)
    return replace(plain, context=replace(plain.context, at=at), **changes)


async def test_an_empty_journal_has_no_question(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        assert await journal.question_log.recent(9) == []


async def test_the_lists_have_what_was_asked_a_moment_ago(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1, "Qui ?", outcome="abstain", facts=(), cause="no_fact"))
        assert [one.question for one in await journal.question_log.gap_questions(None, 9)] == ["Qui ?"]
        journal.record(asked(2, "Quand ?"))
        assert [one.question for one in await journal.question_log.recent(1)] == ["Quand ?"]


async def test_the_last_question_is_told_as_it_was_understood(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        journal.record(asked(1, "Qui ?"))
        journal.record(asked(2, "et quand ?", understood="quand a ete construit le pont"))
        await journal.flush()
        (last,) = await journal.question_log.recent(1)
    assert (last.question, last.understood) == ("et quand ?", "quand a ete construit le pont")


async def test_the_recent_questions_are_each_told_once_and_the_newest_first(url: str) -> None:
    async with open_journal(url, KEY) as journal:
        for number, text in enumerate(("Qui ?", "Quand ?", "Qui ?", "Pourquoi ?"), 1):
            journal.record(asked(number, text))
        await journal.flush()
        assert [one.question for one in await journal.question_log.recent(2)] == ["Pourquoi ?", "Qui ?"]
