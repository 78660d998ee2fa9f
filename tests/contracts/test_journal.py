"""The contract of the journal, for the real one and for the fake; what keeps nothing keeps the half of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answering.history import ShownMessage
from bot.answering.ports import Journal
from bot.app import NoJournal
from bot.journal.journal import open_journal
from tests.contracts.databases import KEY, database_url
from tests.fakes import MemoryJournal
from tests.journal.test_journal import exchange

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Opened:
    """A journal, and how to look into it: the port itself has no way."""

    journal: Journal
    questions: Callable[[], Awaitable[list[str]]]  # of the exchanges 1 and 2, those that are kept
    shown: Callable[[], Awaitable[list[ShownMessage]]]


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opened]:
    if request.param == "memory":
        memory = MemoryJournal()

        async def questions() -> list[str]:
            return [one.question for one in memory.kept]

        async def shown() -> list[ShownMessage]:
            return memory.shown

        yield Opened(memory, questions, shown)
        return
    async with open_journal(await database_url(request, tmp_path), KEY) as sql:

        async def asked() -> list[str]:
            found = [await sql.question_log.asked(f"{number:012x}") for number in (1, 2)]
            return [one.question for one in found if one]

        yield Opened(sql, asked, lambda: sql.history.shown_since(AT))


def message(number: int, *facts: str, story: str = "bridge") -> ShownMessage:
    return ShownMessage(number, 5, False, story, "1", "fr", facts, AT)


async def test_an_exchange_is_kept(opened: Opened) -> None:
    opened.journal.record(exchange(1, "Qui ?"))
    opened.journal.record(exchange(2, "Quand ?"))
    assert await opened.questions() == ["Qui ?", "Quand ?"]


async def test_an_exchange_that_is_recorded_again_is_kept_as_it_was(opened: Opened) -> None:
    opened.journal.record(exchange(1, "Qui ?"))
    opened.journal.record(exchange(1, "Quand ?"))
    assert await opened.questions() == ["Qui ?"]


async def test_what_a_message_shows_is_kept_a_story_at_a_time(opened: Opened) -> None:
    rows = [message(1, "closed", "denied"), message(1, "dug", story="tunnel"), message(2, "open")]
    for row in rows:
        opened.journal.add_message(row)
    assert await opened.shown() == rows


async def test_a_message_that_is_hidden_shows_only_what_it_is_said_to_show_later(opened: Opened) -> None:
    for row in (message(1, "closed"), message(1, "dug", story="tunnel"), message(2, "open"), message(3, "old")):
        opened.journal.add_message(row)
    opened.journal.remove_message(1)
    opened.journal.remove_message(3)
    opened.journal.remove_message(4)
    opened.journal.add_message(message(1, "new"))
    found = sorted(await opened.shown(), key=lambda one: one.message)
    assert found == [message(1, "new"), message(2, "open")]


@pytest.mark.parametrize("journal", [MemoryJournal(), NoJournal()])
def test_nothing_is_waited_for_and_nothing_raised_without_an_event_loop(journal: Journal) -> None:
    journal.record(replace(exchange(), context=replace(exchange().context, channel=2**70)))
    journal.add_message(message(2**70))
    journal.remove_message(2**70)
