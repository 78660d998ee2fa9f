"""What editors read from the journal: the last question, and the gaps."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.answering.exchange import Exchange
from bot.journal.journal import open_journal
from tests.journal.test_journal import exchange


def asked(number: int, text: str, **changes: Any) -> Exchange:
    plain = exchange(number, text)
    at = plain.context.at + timedelta(seconds=number)
    return replace(plain, context=replace(plain.context, at=at), **changes)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/journal.db"


async def test_an_empty_journal_has_no_last_question_and_no_gap(url: str) -> None:
    async with open_journal(url, None) as journal:
        assert await journal.reports.last_question() is None
        assert await journal.reports.gaps(10) == []


async def test_the_last_question_is_told_as_it_was_understood(url: str) -> None:
    async with open_journal(url, None) as journal:
        journal.record(asked(1, "Qui ?"))
        journal.record(asked(2, "et quand ?", understood="quand a ete construit le pont"))
        await journal.flush()
        last = await journal.reports.last_question()
    assert last is not None
    assert (last.question, last.understood) == ("et quand ?", "quand a ete construit le pont")


async def test_the_recent_questions_are_each_told_once_and_the_newest_first(url: str) -> None:
    async with open_journal(url, None) as journal:
        for number, text in enumerate(("Qui ?", "Quand ?", "Qui ?", "Pourquoi ?"), 1):
            journal.record(asked(number, text))
        await journal.flush()
        assert [one.question for one in await journal.reports.recent(2)] == ["Pourquoi ?", "Qui ?"]


async def test_gaps_are_the_questions_without_an_answer_each_once_and_the_newest_first(url: str) -> None:
    async with open_journal(url, None) as journal:
        journal.record(asked(1, "answered"))
        journal.record(asked(2, "no fact", outcome="abstain", cause="no_fact"))
        journal.record(asked(3, "suggested", outcome="suggest", cause=None))
        journal.record(asked(4, "no fact", outcome="abstain", cause="no_fact"))
        journal.record(asked(5, "thanks", outcome="abstain", cause="small_talk"))
        journal.record(asked(6, "???", outcome="abstain", cause="too_vague"))
        await journal.flush()
        assert [gap.question for gap in await journal.reports.gaps(10)] == ["no fact", "suggested"]
        assert [gap.question for gap in await journal.reports.gaps(1)] == ["no fact"]


async def test_a_gap_that_is_answered_now_is_none(url: str) -> None:
    async with open_journal(url, None) as journal:
        journal.record(asked(1, "Qui ?", outcome="abstain", cause="no_fact"))
        journal.record(asked(2, "Qui ?"))
        await journal.flush()
        assert await journal.reports.gaps(10) == []
