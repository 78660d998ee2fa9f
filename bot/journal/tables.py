"""The tables of the journal; Alembic's migrations make them."""

from sqlalchemy import JSON, BigInteger, Column, DateTime, Float, Index, MetaData, String, Table, Text

metadata = MetaData()

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("follows", String(12)),  # the exchange whose suggestions this one chooses among
    Column("at", DateTime(timezone=True), nullable=False),
    Column("surface", String(16), nullable=False),
    Column("guild", BigInteger),
    Column("channel", BigInteger, nullable=False),
    Column("asker", String(32), nullable=False),  # keyed hash of the user's id
    Column("locale", String(8), nullable=False),
    Column("question", Text, nullable=False),
    Column("understood", Text),  # the question completed, where it went on from the one before
    Column("outcome", String(8), nullable=False),
    Column("cause", String(16)),
    Column("facts", JSON, nullable=False),  # ids; on suggest, the suggestions
    Column("score", Float),
    Column("story", String(40), nullable=False),
    Column("version", String(12), nullable=False),
    Column("elapsed_ms", Float, nullable=False),
    Index("exchanges_at", "at"),
    Index("exchanges_asker", "asker"),
)

sync_state = Table(
    "sync_state",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", String(128), nullable=False),
)

bindings = Table(
    "bindings",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),  # the id of a server or a channel
    Column("story", String(40), nullable=False),
)
