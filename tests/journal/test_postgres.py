"""The journal on PostgreSQL: what is its own, beside the contracts that it shares with SQLite."""

import asyncio
import time
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine

from bot import JournalUnreachableError
from bot.journal import migrating
from bot.journal.database import JournalError
from bot.journal.journal import open_journal
from bot.journal.migrating import migrate_in
from bot.journal.opening import open_database
from bot.journal.soundness import check_database
from bot.journal.tables import metadata
from tests.journal.test_counts import COUNTED, STORED, check
from tests.journal.test_journal import exchange
from tests.journal.test_migrating import BrokenOffError
from tests.postgres import MISSING, executed, make_template, new_database, postgres_server, programs

pytestmark = [pytest.mark.slow, pytest.mark.skipif(programs() is None, reason=MISSING)]

KEY = "a key for the tests only"


async def test_of_two_first_starts_at_the_same_time_both_succeed(postgres: str) -> None:
    await executed(f"{postgres}/postgres", "CREATE DATABASE first_start")

    async def start() -> None:
        async with open_database(f"{postgres}/first_start"):
            pass

    await asyncio.gather(start(), start())
    assert await executed(f"{postgres}/first_start", "SELECT count(*) FROM exchanges") == [(0,)]


async def test_a_server_without_advisory_locks_is_migrated_all_the_same(postgres: str) -> None:
    await executed(f"{postgres}/postgres", "CREATE DATABASE without_locks")
    engine = create_async_engine(f"{postgres}/without_locks")

    def without_locks(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
        return statement.replace("pg_advisory_xact_lock", "no_such_lock"), parameters

    event.listen(engine.sync_engine, "before_cursor_execute", without_locks, retval=True)
    async with engine.begin() as connection:
        await connection.run_sync(migrate_in)
    await engine.dispose()
    assert await executed(f"{postgres}/without_locks", "SELECT count(*) FROM exchanges") == [(0,)]


async def test_what_cannot_be_listened_to_is_polled_until_it_can(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.journal.postgres_database.LISTEN_AGAIN_SECONDS", 0.01)
    listen, refusals = asyncpg.Connection.add_listener, [asyncpg.FeatureNotSupportedError("LISTEN")]

    async def add_listener(connection: asyncpg.Connection, channel: str, call: Any) -> None:
        if refusals:
            raise refusals.pop()
        await listen(connection, channel, call)

    monkeypatch.setattr(asyncpg.Connection, "add_listener", add_listener)
    opened = open_database(await new_database(postgres))
    async with asyncio.timeout(5), opened as database, database.listening("onrecord", lambda: None):
        while not database.notifies:  # noqa: ASYNC110 - nobody is told of it
            await asyncio.sleep(0.01)


async def test_what_gave_way_to_another_transaction_is_worth_trying_again(postgres: str) -> None:
    async with open_database(await new_database(postgres)) as database:
        with pytest.raises(JournalUnreachableError, match="deadlock"):
            async with database.begin() as connection:
                await connection.exec_driver_sql(
                    "DO $$ BEGIN RAISE deadlock_detected USING MESSAGE = 'deadlock'; END $$"
                )


async def test_a_database_of_another_program_is_refused(postgres: str) -> None:
    url = await new_database(postgres)
    await executed(url, "DROP TABLE alembic_version")
    await executed(url, "CREATE TABLE invoices (number integer)")
    with pytest.raises(JournalError, match="another program"):
        async with open_database(url):
            pass


async def test_the_key_must_be_in_the_settings_since_no_file_is_shared(postgres: str) -> None:
    with pytest.raises(JournalError, match="set ONRECORD_HASH_KEY"):
        async with open_journal(await new_database(postgres), None):
            pass


@pytest.mark.parametrize("address", ["nobody:secret@127.0.0.1:1/none", "postgres:secret@127.0.0.1:{port}/none"])
async def test_no_message_shows_the_password(postgres: str, address: str) -> None:
    url = "postgresql+asyncpg://" + address.format(port=postgres.rsplit(":", 1)[1])
    with pytest.raises(JournalError, match="cannot be opened") as raised:
        async with open_database(url):
            pass
    assert "secret" not in str(raised.value)


async def test_a_text_with_a_zero_is_stored(postgres: str) -> None:
    async with open_journal(await new_database(postgres), KEY) as journal:
        journal.record(exchange(1, "Qui\0 ?"))
        await journal.flush()
        found = await journal.question_log.asked(f"{1:012x}")
    assert found is not None
    assert found.question == "Qui\N{REPLACEMENT CHARACTER} ?"


async def test_what_is_recorded_while_the_server_is_away_is_written_when_it_is_back() -> None:
    with postgres_server() as server:
        await make_template(server.url)
        url = await new_database(server.url)
        async with open_journal(url, KEY) as journal:
            journal.record(exchange(1, "Qui ?"))
            await journal.flush()
            server.stop()
            journal.record(exchange(2, "Quand ?"))
            started = time.monotonic()
            with pytest.raises(JournalUnreachableError):
                await journal.read("anything")
            assert time.monotonic() - started < 3
            server.start()
            await journal.flush(within=10)
        assert await executed(url, "SELECT question FROM exchanges ORDER BY id") == [("Qui ?",), ("Quand ?",)]


async def test_it_is_checked_without_being_changed(postgres: str) -> None:
    url = await new_database(postgres)
    async with open_journal(url, KEY):
        pass
    assert await asyncio.to_thread(lambda: [is_good for is_good, _ in check_database(url, KEY)]) == [True, True]
    assert await asyncio.to_thread(lambda: [is_good for is_good, _ in check_database(url, None)]) == [True, False]
    await executed(url, "DROP TABLE votes")
    ((is_good, sentence),) = await asyncio.to_thread(lambda: list(check_database(url, KEY)))
    assert not is_good
    assert "the table votes is missing" in sentence


async def test_the_migrations_make_the_tables_that_the_code_uses(postgres: str) -> None:
    async with open_database(await new_database(postgres)) as database, database.connect() as connection:
        found = await connection.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), metadata))
    assert found == []


async def test_an_update_counts_what_is_stored_and_keeps_what_was_counted(postgres: str) -> None:
    await executed(f"{postgres}/postgres", "CREATE DATABASE counted")
    url = f"{postgres}/counted"
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: migrating._upgrade(sync, "0010"))
    await engine.dispose()
    for statement in (STORED, COUNTED):
        await executed(url, statement)
    await check(url)


async def test_an_update_that_fails_at_any_statement_changes_nothing(postgres: str) -> None:
    await executed(f"{postgres}/postgres", "CREATE DATABASE broken_off")
    url = f"{postgres}/broken_off"
    number = await statements(url, stop_before=None, keep=False)
    assert number > 30
    for stop in range(1, number + 1):
        with pytest.raises(BrokenOffError):
            await statements(url, stop_before=stop)
        assert await executed(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []
    assert await statements(url, stop_before=None) == number


async def statements(url: str, *, stop_before: int | None, keep: bool = True) -> int:
    """Migrate, and return the number of statements; raise an error in place of one of them, as a kill would end it."""
    seen: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)
        if len(seen) == stop_before:
            raise BrokenOffError

    engine = create_async_engine(url)
    event.listen(engine.sync_engine, "before_cursor_execute", see)
    try:
        async with engine.connect() as connection, connection.begin() as transaction:
            await connection.run_sync(migrate_in)
            if not keep:
                await transaction.rollback()
    finally:
        await engine.dispose()
    return len(seen)
