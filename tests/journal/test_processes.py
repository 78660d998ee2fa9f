"""Processes on the same database hear from each other, and one at a time does what only one may do."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import JournalUnreachableError
from bot.answering.publishing import Publishing
from bot.journal import broadcasts
from bot.journal import leases as module
from bot.journal.broadcasts import Broadcasts
from bot.journal.database import Database, running
from bot.journal.journal import SqlJournal, open_journal
from bot.journal.leases import LeaseLostError, Leases
from bot.journal.opening import open_database
from bot.story.model import Story
from tests.answering.test_publishing import with_fact
from tests.conftest import PATIENCE
from tests.fakes import FixedLibrary, SetClock, files_of
from tests.journal.test_journal import exchange

AT = datetime(2024, 3, 5, tzinfo=UTC)


@pytest.fixture
async def databases(url: str) -> AsyncIterator[list[Database]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(open_database(url)) for _ in range(2)]


@asynccontextmanager
async def hearing(database: Database, heard: list[str]) -> AsyncIterator[Broadcasts]:
    async def hear(value: str) -> None:
        heard.append(value)

    broadcasts = Broadcasts(database)
    broadcasts.hear("reload", hear)
    await broadcasts.start()
    yield broadcasts


async def send(broadcasts: Broadcasts, database: Database, *values: str, kind: str = "reload") -> None:
    async with database.begin() as connection:
        for value in values:
            await broadcasts.send(connection, kind, value)


async def test_a_signal_is_heard_once_by_others_and_not_by_its_sender(databases: list[Database]) -> None:
    one, other = list[str](), list[str]()
    async with hearing(databases[0], one) as sender, hearing(databases[1], other) as hearer:
        await send(sender, databases[0], "bridge", "tram")
        await send(sender, databases[0], "nobody hears this", kind="other")
        for _ in range(2):
            await sender.poll()
            await hearer.poll()
    assert (one, other) == ([], ["bridge", "tram"])


async def test_what_could_not_be_handled_while_the_database_was_away_is_heard_again(databases: list[Database]) -> None:
    heard = list[str]()
    failures: list[Exception] = [JournalUnreachableError("away")]

    async def hear(value: str) -> None:
        if failures:
            raise failures.pop()
        heard.append(value)

    async with hearing(databases[0], []) as sender, hearing(databases[1], []) as hearer:
        hearer.hear("reload", hear)
        await send(sender, databases[0], "bridge", "tram")
        with pytest.raises(JournalUnreachableError):
            await hearer.poll()
        await hearer.poll()
        assert heard == ["bridge", "tram"]
        failures.append(ValueError("ours"))
        await send(sender, databases[0], "museum", "stadium")
        await hearer.poll()  # one that can never be handled does not hold up the next
        await hearer.poll()
    assert heard == ["bridge", "tram", "stadium"]


async def test_what_was_sent_before_the_start_is_not_heard(databases: list[Database]) -> None:
    heard = list[str]()
    async with hearing(databases[0], []) as sender:
        await send(sender, databases[0], "bridge")
        async with hearing(databases[1], heard) as hearer:
            await hearer.poll()
    assert heard == []


async def test_a_change_that_is_not_carried_out_is_not_heard(databases: list[Database]) -> None:
    heard = list[str]()
    async with hearing(databases[0], []) as sender, hearing(databases[1], heard) as hearer:
        with suppress(ZeroDivisionError):
            async with databases[0].begin() as connection:
                await sender.send(connection, "reload", "bridge")
                raise ZeroDivisionError
        await hearer.poll()
    assert heard == []


async def test_a_signal_is_heard_without_being_asked_for(
    databases: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert broadcasts.POLL_SECONDS <= 1
    monkeypatch.setattr(broadcasts, "POLL_SECONDS", 0.05)
    heard = asyncio.Event()

    async def hear(_value: str) -> None:
        heard.set()

    async with hearing(databases[0], []) as sender, hearing(databases[1], []) as hearer:
        hearer.hear("reload", hear)
        async with running(hearer.run()):
            await send(sender, databases[0], "bridge")
            async with asyncio.timeout(PATIENCE):
                await heard.wait()


async def test_a_key_is_held_by_one_process_until_it_releases_it(databases: list[Database]) -> None:
    one, other = map(Leases, databases, ("here", "there"))
    assert await one.claim({"shard 0", "shard 1"})
    assert await one.claim({"shard 0", "shard 1"})
    assert not await other.claim({"shard 1", "shard 2"})
    assert await one.claim({"shard 2"})  # the other one took none of the two
    await one.release({"shard 0", "shard 1", "shard 2"})
    assert await other.claim({"shard 1", "shard 2"})


async def test_what_a_killed_process_held_is_free_after_a_while(
    databases: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = map(Leases, databases, ("here", "there"))
    monkeypatch.setattr(module, "LEASE", timedelta(seconds=-5))
    assert await one.claim({"shard 0"})
    assert await other.claim({"shard 0"})


async def test_a_process_that_lives_is_not_replaced(databases: list[Database], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = map(Leases, databases, ("here", "there"))
    monkeypatch.setattr(module, "TRY_AGAIN_SECONDS", 0.01)
    assert await one.claim({"shard 0"})
    monkeypatch.setattr(module, "LEASE", timedelta(seconds=0.1))
    with pytest.raises(LeaseLostError, match="another process answers"):
        await other.wait_for({"shard 0"}, "answers for this token")


async def test_a_process_whose_lease_was_taken_meanwhile_ends(
    databases: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = map(Leases, databases, ("here", "there"))
    monkeypatch.setattr(module, "RENEW_SECONDS", 0.01)
    assert await other.claim({"shard 0"})
    with pytest.raises(LeaseLostError, match="another process answers"):
        await one.keep({"shard 0"}, "answers for this token")


async def test_what_a_process_of_this_machine_held_is_free_once_it_has_ended(databases: list[Database]) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])  # noqa: ASYNC220
    ended.wait()
    killed, alive, new = (Leases(databases[number], "here") for number in (0, 1, 0))
    killed._holder, alive._holder = f"here {ended.pid} 0", f"here {os.getppid()} 0"
    assert await killed.claim({"shard 0"})
    assert await alive.claim({"shard 0"})
    assert not await new.claim({"shard 0"})
    await alive.release({"shard 0"})
    assert await new.claim({"shard 0"})


async def test_one_process_at_a_time_has_its_turn(databases: list[Database], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TURN_SECONDS", 0.05)
    monkeypatch.setattr(module, "TRY_AGAIN_SECONDS", 0.01)
    one, other = map(Leases, databases, ("here", "there"))
    async with one.turn("bulletin") as is_ours:
        assert is_ours
        async with other.turn("bulletin") as is_theirs, other.turn("letters") as is_another:
            assert (is_theirs, is_another) == (False, True)
    async with other.turn("bulletin") as is_theirs:
        assert is_theirs


@pytest.fixture
async def journals(url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[SqlJournal]]:
    monkeypatch.setattr("bot.journal.broadcasts.POLL_SECONDS", 0.05)
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(open_journal(url, "a key for the tests only")) for _ in range(2)]


async def soon(condition: Callable[[], bool]) -> bool:
    """Return whether something is so within half a minute, on a busy machine."""
    for _ in range(3000):
        if condition():
            return True
        await asyncio.sleep(0.01)
    return False


async def test_opting_out_and_in_reaches_every_process(journals: list[SqlJournal]) -> None:
    here, there = (journal.privacy for journal in journals)
    await here.opt_out(7, AT, out=True)
    assert await soon(lambda: there.is_opted_out(7))
    assert not there.is_opted_out(8)
    await here.opt_out(7, AT, out=False)
    assert await soon(lambda: not there.is_opted_out(7))


async def test_a_binding_reaches_every_process_and_is_forgotten_by_all(journals: list[SqlJournal]) -> None:
    here, there = journals
    await here.bindings.bind(5, "bridge", user=7)
    assert await soon(lambda: there.bindings.story_of(None, 5) == "bridge")
    await here.bindings.bind(5, "tram", user=7)
    assert await soon(lambda: there.bindings.story_of(None, 5) == "tram")
    await here.privacy.forget(7)
    assert await soon(lambda: there.bindings.story_of(None, 5) is None)


async def test_what_another_process_has_queued_of_a_user_who_is_forgotten_is_not_written(
    journals: list[SqlJournal],
) -> None:
    here, there = journals
    for number, user in ((1, 7), (2, 8)):
        plain = exchange(number, "Qui ?")
        there.record(replace(plain, context=replace(plain.context, user=user)))
    there._writer.drop(there._askers.hash(7))
    await there.flush()
    assert [await here.question_log.asked(f"{number:012x}") is None for number in (1, 2)] == [True, False]


async def test_what_one_process_publishes_another_serves(journals: list[SqlJournal], story: Story) -> None:
    libraries = [FixedLibrary(story) for _ in journals]
    for library, journal in zip(libraries, journals, strict=True):
        publishing = Publishing(library, journal.history, SetClock())
        await publishing.record()
        journal.history.follow(publishing.follow)
    newer = with_fact(story, "bridge-closed", status="withdrawn")
    await libraries[0].serve(files_of(newer))
    await Publishing(libraries[0], journals[0].history, SetClock()).record()
    assert await soon(lambda: libraries[1].current.editions[0].story == newer)
    assert await journals[1].history.versions(story.id, 9) == await journals[0].history.versions(story.id, 9)
