"""The journal stores which messages showed which facts, and what changed in each version of a story."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.answering.history import Change, Revision, ShownMessage
from bot.journal.journal import SqlJournal, open_journal

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
async def journal(url: str) -> AsyncIterator[SqlJournal]:
    async with open_journal(url, "a key for the tests only") as opened:
        yield opened


def message(number: int, *facts: str, version: str = "1") -> ShownMessage:
    return ShownMessage(number, 5, False, "bridge", version, "fr", facts, AT + timedelta(days=number))


async def test_messages_are_kept_for_some_days(journal: SqlJournal) -> None:
    for number in (1, 2, 3):
        journal.add_message(message(number, "closed"))
    since = AT + timedelta(days=2)
    assert await journal.history.shown_since(since) == [message(2, "closed"), message(3, "closed")]
    assert len(await journal.history.shown_since(AT)) == 2


async def test_a_message_that_was_edited_shows_something_else(journal: SqlJournal) -> None:
    for number in (1, 2):
        journal.add_message(message(number, "closed"))
    await journal.flush()
    await journal.history.update_message(message(1), "2", ["closed", "open"])
    await journal.history.update_message(message(2), "2", [])
    assert await journal.history.shown_since(AT) == [message(1, "closed", "open", version="2")]
    assert await journal.history.shown_by(1) == message(1, "closed", "open", version="2")
    assert await journal.history.shown_by(2) is None


async def test_a_message_that_is_replaced_at_once_shows_the_new_fact_alone(journal: SqlJournal) -> None:
    elsewhere, now = replace(message(1, "dug"), story="tunnel"), message(1, "open")
    for before in (message(1, "closed"), elsewhere, message(2, "closed")):
        journal.add_message(before)
    journal.remove_message(1)
    journal.add_message(now)
    journal.remove_message(2)
    assert await journal.history.shown_since(AT) == [now]


async def test_a_message_may_list_facts_of_two_stories(journal: SqlJournal) -> None:
    bridge, tunnel = message(1, "closed"), replace(message(1, "dug"), story="tunnel")
    for shown in (bridge, tunnel):
        journal.add_message(shown)
    assert await journal.history.shown_since(AT) == [bridge, tunnel]
    await journal.history.update_message(tunnel, "2", [])
    assert await journal.history.shown_since(AT) == [bridge]


async def test_versions_are_kept_with_what_changed_in_them(journal: SqlJournal) -> None:
    history, told = journal.history, {"closed": "aaaa"}
    assert await history.fingerprints("bridge") is None
    assert await history.first_loaded("bridge") is None
    await history.add_revision("bridge", told, Revision("1", AT, ()))
    assert await history.fingerprints("bridge") == told
    assert await history.revisions("bridge") == []
    later = [AT + timedelta(days=days) for days in (1, 2)]
    revisions = [
        Revision("2", later[0], (Change("closed", "corrected"), Change("b", "added"))),
        Revision("1", later[1], (Change("closed", "withdrawn"),)),
    ]
    for revision in revisions:
        await history.add_revision("bridge", {}, revision)
    assert await history.revisions("bridge") == revisions[::-1]
    assert await history.revisions("bridge", later[1]) == revisions[1:]
    assert await history.revisions("other") == []
    assert await history.fingerprints("bridge") == {}
    assert await history.first_loaded("bridge") == AT
