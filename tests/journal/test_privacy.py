"""A user can see, delete and stop everything stored about them, without touching anybody else's rows."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answering.exchange import Exchange
from bot.answering.feedback import Mistake, Settlement
from bot.answering.history import ShownMessage
from bot.answering.privacy import DEFAULT_RETENTION_DAYS, StoredData
from bot.journal.journal import SqlJournal, open_journal
from tests.journal.test_feedback import waiting
from tests.journal.test_journal import exchange

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)
ME, OTHER = 7, 8


@pytest.fixture
async def journal(url: str) -> AsyncIterator[SqlJournal]:
    async with open_journal(url, "a key for the tests only") as opened:
        yield opened


def by(user: int, number: int) -> Exchange:
    plain = exchange(number)
    return replace(plain, context=replace(plain.context, user=user))


async def use(journal: SqlJournal, user: int) -> None:
    journal.record(by(user, user))
    await journal.feedback.vote("0" * 12, user, AT, helpful=True)
    await journal.feedback.report(Mistake("0" * 12, "Faux.", "", AT), user)
    await journal.feedback.wait(waiting(user, user, "Quand ?"))
    journal.add_message(ShownMessage(user, 5, False, "bridge", "1", "fr", ("closed",), AT, user))
    await journal.bindings.bind(1000 + user, "bridge", user)


def counts(kept: StoredData) -> dict[str, int]:
    return {name: len(rows) for name, rows in kept.rows.items()}


async def test_everything_of_a_user_is_shown_and_nothing_of_anybody_else(journal: SqlJournal) -> None:
    for user in (ME, OTHER):
        await use(journal, user)
    kept = await journal.privacy.stored(ME)
    assert counts(kept) == {"exchanges": 1, "votes": 1, "mistakes": 1, "shown": 1, "waits": 1, "bindings": 1}
    (row,) = kept.rows["exchanges"]
    assert row["question"] == "Qui ?"
    assert row["at"].startswith("2024-03-05")
    assert "asker" not in row
    assert [row["user"] for row in kept.rows["waits"]] == [ME]
    assert kept.retention_days == DEFAULT_RETENTION_DAYS


async def test_a_user_is_forgotten_alone(journal: SqlJournal) -> None:
    for user in (ME, OTHER):
        await use(journal, user)
    assert await journal.privacy.forget(ME) == 6
    assert set(counts(await journal.privacy.stored(ME)).values()) == {0}
    assert set(counts(await journal.privacy.stored(OTHER)).values()) == {1}
    assert [waiting.context.user for waiting in await journal.feedback.waiting()] == [OTHER]


async def test_a_binding_without_a_user_is_theirs_who_asked_in_those_direct_messages(journal: SqlJournal) -> None:
    """Older releases stored no user."""
    for user, channel, guild in ((ME, 50, None), (OTHER, 60, None), (ME, 70, 3)):
        plain = by(user, channel)
        journal.record(replace(plain, context=replace(plain.context, channel=channel, guild=guild)))
        await journal.bindings.bind(channel, "bridge")
    await journal.privacy.forget(ME)
    assert [journal.bindings.story_of(None, channel) for channel in (50, 60, 70)] == [None, "bridge", "bridge"]


async def test_what_still_waits_to_be_written_is_forgotten_too(journal: SqlJournal) -> None:
    for number in range(1000):
        journal.record(by(ME, number))
    assert await journal.privacy.forget(ME) == 1000
    await journal.flush()
    assert set(counts(await journal.privacy.stored(ME)).values()) == {0}


async def test_who_opts_out_waits_no_longer(journal: SqlJournal) -> None:
    for user in (ME, OTHER):
        await use(journal, user)
    await journal.privacy.opt_out(ME, AT, out=True)
    assert [waiting.context.user for waiting in await journal.feedback.waiting()] == [OTHER]


async def test_who_reported_is_deleted_from_the_report_when_they_opt_out(journal: SqlJournal) -> None:
    for user in (ME, OTHER):
        number = await journal.feedback.report(Mistake("0" * 12, "Faux.", "", AT, is_awaited=True), user)
        await journal.feedback.settle(number, Settlement(AT))
    assert [row["reporter"] for row in (await journal.privacy.stored(ME)).rows["mistakes"]] == [ME]
    await journal.privacy.opt_out(ME, AT, out=True)
    assert [row.user for row in await journal.feedback.awaited()] == [OTHER]
    assert await journal.feedback.report(Mistake("0" * 12, "Faux.", "", AT, link="https://e", is_awaited=True), ME)
    assert len((await journal.privacy.stored(ME)).rows["mistakes"]) == 1
    last = (await journal.feedback.mistakes(9))[-1]
    assert (last.mistake.link, last.mistake.is_awaited) == (None, False)


async def test_what_users_write_never_reaches_the_log(
    journal: SqlJournal, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    unwritable: Any = object()
    journal.record(replace(by(ME, 1), facts=(unwritable,)))
    await journal.flush()
    assert "cannot be written" in caplog.text
    assert "Qui ?" not in caplog.text


async def test_who_comes_back_comes_back_alone(url: str, journal: SqlJournal) -> None:
    for user in (ME, OTHER):
        await journal.privacy.opt_out(user, AT, out=True)
        assert journal.privacy.is_opted_out(user)
    await journal.privacy.opt_out(ME, AT, out=False)
    assert not journal.privacy.is_opted_out(ME)
    async with open_journal(url, "a key for the tests only") as again:
        assert not again.privacy.is_opted_out(ME)
        assert again.privacy.is_opted_out(OTHER)


async def test_who_opts_out_is_never_kept_again_also_after_a_restart(url: str, journal: SqlJournal) -> None:
    await journal.privacy.opt_out(ME, AT, out=True)
    await journal.privacy.opt_out(ME, AT, out=True)
    async with open_journal(url, "a key for the tests only") as again:
        assert again.privacy.is_opted_out(ME)
        assert not again.privacy.is_opted_out(OTHER)
        again.record(by(ME, 1))
        again.record(by(OTHER, 2))
        again.add_message(ShownMessage(1, 5, False, "bridge", "1", "fr", (), AT, ME))
        again.add_message(ShownMessage(2, 5, False, "bridge", "1", "fr", (), AT, None))
        assert [shown.message for shown in await again.history.shown_since(AT)] == [2]
        assert counts(await again.privacy.stored(ME))["exchanges"] == 0
        assert counts(await again.privacy.stored(OTHER))["exchanges"] == 1
        assert (await again.privacy.stored(ME)).is_opted_out
        await again.privacy.opt_out(ME, AT, out=False)
        again.record(by(ME, 3))
        assert counts(await again.privacy.stored(ME))["exchanges"] == 1
