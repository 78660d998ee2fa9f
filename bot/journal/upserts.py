"""Insert rows that may be there already: SQLite and PostgreSQL have the same clauses, under two imports."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: Connection | AsyncConnection, table: Table) -> Any:
    """Return an INSERT for a connection's kind of database, with `on_conflict_do_nothing` and `..._do_update`."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Any:
    """Return an INSERT for a kind of database, by the name of its dialect."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)
