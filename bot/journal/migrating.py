"""Bring a database to the newest schema: in one transaction, so that it has the old schema or the new one."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from bot import OnRecordError
from bot.journal.sqlite import HOW_TO_BEGIN, outside_transactions, set_up
from bot.journal.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
REVISION = re.compile(r"\d{4}")
FIRST_ERASING = "0007"  # older releases left what they deleted in the file's free pages
RECORD = "alembic_version"  # the table that says which schema a database has
POSTGRESQL = "postgresql"  # as SQLAlchemy names it
NO_LOCKS = ("0A000", "42883")  # SQLSTATE of servers that lack them: YugabyteDB's, CockroachDB's
LOCK = int.from_bytes(b"onrecord")  # the number of the lock that one process at a time holds while it migrates
OUR_TABLES = frozenset(metadata.tables) | {"daily"}  # now, or up to schema 0010
UNFINISHED = "_alembic_tmp_"  # how tables begin that a migration copies rows to

COLUMNS = {
    "sqlite": "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    POSTGRESQL: "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()",
}


class SchemaError(OnRecordError):
    """A database whose schema is not one that this release can bring to the newest; the text says what to do."""


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema; raise SchemaError, and change nothing, if it is not one of ours.

    What an older release left of a migration that was broken off is removed first: it holds no rows.
    """
    with engine.connect() as connection:
        if _is_newest(connection):
            return
    with engine.execution_options(**{HOW_TO_BEGIN: "BEGIN IMMEDIATE"}).begin() as connection:
        before = migrate_in(connection)
    if before is not None and before < FIRST_ERASING:
        outside_transactions(engine, "VACUUM")


def migrate_in(connection: Connection) -> str | None:
    """Migrate in a transaction (see `migrate`), and return the number of the schema before, if there was one."""
    if connection.dialect.name == POSTGRESQL:
        _lock(connection)
    before = schema_of(connection, newest_schema())
    if not _is_newest(connection):  # another process may have been first
        before = _whole_schema(connection, before)
        _remove_unfinished(connection, before)
        _upgrade(connection, "head")
    return before


def _lock(connection: Connection) -> None:
    """Wait until no other process migrates; on a server without such locks, one of two that migrate at once fails."""
    try:
        with connection.begin_nested():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in NO_LOCKS:
            raise


def _is_newest(connection: Connection) -> bool:
    newest = newest_schema()
    return schema_of(connection, newest) == newest and not differences(connection, newest)


@cache
def newest_schema() -> str:
    """Return the number of the newest schema."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def schema_of(connection: Connection, newest: str) -> str | None:
    """Return the number of a database's schema; None if it is empty, or only begun; else raise SchemaError."""
    tables = {name for name in _columns(connection) if not name.startswith(UNFINISHED)}
    found = connection.scalar(text(f"SELECT version_num FROM {RECORD}")) if RECORD in tables else None  # noqa: S608
    if found is None:
        if tables - {RECORD} - OUR_TABLES:
            raise SchemaError("it belongs to another program; set ONRECORD_DATABASE_URL to a file of the bot's own")
        return None
    if not REVISION.fullmatch(str(found)):
        raise SchemaError("it belongs to another program; set ONRECORD_DATABASE_URL to a file of the bot's own")
    if str(found) > newest:
        raise SchemaError(
            f"a newer release of OnRecord wrote it (schema {found}, and this one knows {newest}); install that "
            "release again, or restore the file from a backup of before"
        )
    return str(found)


def differences(connection: Connection, schema: str | None) -> list[str]:
    """Return how the database's tables and columns differ from those of a schema, a phrase each."""
    found, wanted = _columns(connection), _expected(schema)
    missing = [f"the table {name} is missing" for name in wanted if name not in found]
    for name in wanted.keys() & found.keys():
        missing += [f"the column {name}.{column} is missing" for column in wanted[name] - found[name]]
    return sorted(missing)


def _whole_schema(connection: Connection, recorded: str | None) -> str | None:
    """Return the newest schema, up to the recorded one, of which nothing is missing, and correct the record.

    A test release may have given a number to other tables. Raise SchemaError if there is no such schema.
    """
    if recorded is None:
        return None
    for schema in (one for one in _schemas() if one <= recorded):
        if not differences(connection, schema):
            if schema != recorded:
                connection.execute(text(f"UPDATE {RECORD} SET version_num = :schema"), {"schema": schema})  # noqa: S608
            return schema
    raise SchemaError(f"it is not whole: {differences(connection, recorded)[0]}; restore it from a backup")


def _schemas() -> list[str]:
    """Return the numbers of all schemas, the newest first."""
    return [one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()]


def _remove_unfinished(connection: Connection, schema: str | None) -> None:
    """Remove tables, columns and indexes of later schemas; raise SchemaError if they hold anything."""
    found = _columns(connection)
    if not found:
        return
    wanted, ours = _expected(schema), OUR_TABLES
    for name in found.keys() - wanted.keys() - {RECORD}:
        if name in ours or name.startswith(UNFINISHED):
            if name in ours:
                _require_nothing(connection, f"SELECT 1 FROM {name} LIMIT 1", name)  # noqa: S608
            connection.exec_driver_sql(f"DROP TABLE {name}")
    for index in _indexes(connection) - _expected_indexes(schema):
        connection.exec_driver_sql(f"DROP INDEX {index}")
    for name in found.keys() & wanted.keys() & ours:
        for column in found[name] - wanted[name]:
            _require_nothing(connection, f'SELECT 1 FROM {name} WHERE "{column}" IS NOT NULL LIMIT 1', name)  # noqa: S608
            connection.exec_driver_sql(f'ALTER TABLE {name} DROP COLUMN "{column}"')


def _require_nothing(connection: Connection, query: str, table: str) -> None:
    if connection.exec_driver_sql(query).first():
        raise SchemaError(f"an update of its tables was broken off, and {table} has rows; restore it from a backup")


def _columns(connection: Connection) -> dict[str, set[str]]:
    """Return the columns of each table."""
    rows = connection.exec_driver_sql(COLUMNS[connection.dialect.name])
    columns: dict[str, set[str]] = defaultdict(set)
    for table, column in rows:
        columns[table].add(column)
    return dict(columns)


def _indexes(connection: Connection) -> set[str]:
    """Return the names of the indexes that migrations made on our tables; PostgreSQL leaves none unfinished."""
    if connection.dialect.name == POSTGRESQL:
        return set()
    rows = connection.exec_driver_sql("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")
    return {index for index, table in rows if table in OUR_TABLES}


def _expected(schema: str | None) -> Mapping[str, set[str]]:
    return _made(schema)[0]


def _expected_indexes(schema: str | None) -> set[str]:
    return _made(schema)[1]


def _made(schema: str | None) -> tuple[Mapping[str, set[str]], set[str]]:
    """Return the columns and indexes of a schema; of an older one, from a database in memory."""
    if schema is None:
        return {}, set()
    if schema == newest_schema():
        tables = metadata.tables.values()
        columns = {table.name: {column.name for column in table.columns} for table in tables}
        return columns, {str(index.name) for table in tables for index in table.indexes}
    engine = create_engine("sqlite://", poolclass=StaticPool)
    set_up(engine)
    try:
        with engine.begin() as connection:
            _upgrade(connection, schema)
            return _columns(connection), _indexes(connection)
    finally:
        engine.dispose()


def _upgrade(connection: Connection, schema: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, schema)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
