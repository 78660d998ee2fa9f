"""The journal's tables, which Alembic's migrations create."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()


def index_where(name: str, column: str, *, where: str) -> Index:
    """Return an index of the rows that fulfil a condition, which a query has to state in the same words."""
    return Index(name, column, sqlite_where=text(where), postgresql_where=text(where))


exchanges = Table(
    "exchanges",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("follows", String(12)),  # the exchange whose suggestion was picked
    Column("at", DateTime(timezone=True), nullable=False),
    Column("surface", String(16), nullable=False),
    Column("guild", BigInteger),
    Column("channel", BigInteger, nullable=False),
    Column("asker", String(32), nullable=False),  # the keyed hash of the user's id
    Column("locale", String(8), nullable=False),
    Column("question", Text, nullable=False),
    Column("understood", Text),  # the completed question, if it was a follow-up
    Column("outcome", String(10), nullable=False),
    Column("cause", String(16)),
    Column("facts", JSON, nullable=False),  # ids; for a suggestion, the suggested facts, the shown one first
    Column("score", Float),
    Column("story", String(40), nullable=False),
    Column("version", String(12), nullable=False),
    Column("elapsed_ms", Float, nullable=False),
    Index("exchanges_at", "at"),
    Index("exchanges_asker", "asker"),
    index_where("exchanges_follows", "follows", where="follows IS NOT NULL"),
    index_where("exchanges_gaps", "at", where="outcome IN ('suggest', 'abstain')"),
    index_where("exchanges_later", "at", where="surface = 'later'"),
    Index("exchanges_slowest", "elapsed_ms", "at", "surface"),
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
    Column("asker", String(32)),  # who bound it, if the channel is their direct messages
)

votes = Table(
    "votes",
    metadata,
    Column("exchange", String(12), primary_key=True),
    Column("asker", String(32), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("votes_asker", "asker"),
    Index("votes_at", "at", "helpful"),
)

mistakes = Table(
    "mistakes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("exchange", String(12), nullable=False),
    Column("asker", String(32)),  # null if the reporter opted out
    Column("wrong", Text, nullable=False),
    Column("written", Text, nullable=False),  # a source that says otherwise; may be empty
    Column("at", DateTime(timezone=True), nullable=False),
    Column("settled", DateTime(timezone=True)),
    Column("locale", String(8)),  # null, as are the next four, in reports made before there were these columns
    Column("story", String(40)),
    Column("version", String(12)),
    Column("facts", JSON),  # the ids of what the message showed
    Column("link", Text),  # to the message; null if only one user can see it, or if the reporter opted out
    Column("reporter", BigInteger),  # the id itself, only until the reporter is told what became of the report
    Column("outcome", String(12)),
    Column("note", Text),
    Index("mistakes_asker", "asker"),
    Index("mistakes_reporter", "reporter"),
    Index("mistakes_settled", "settled", "number"),
    sqlite_autoincrement=True,  # numbers are never reused
)

waits = Table(
    "waits",
    metadata,
    Column("exchange", String(12), primary_key=True),
    Column("user", BigInteger, primary_key=True),  # the id itself, since the bot has to write to the user
    Column("question", Text, nullable=False),  # as it was understood
    Column("locale", String(8), nullable=False),
    Column("guild", BigInteger),
    Column("channel", BigInteger, nullable=False),
    Column("parent", BigInteger),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("story", String(40)),  # with `fact`: the answer that an editor confirmed; null if none has yet
    Column("fact", String(40)),
    Index("waits_user", "user"),
)

opt_outs = Table(
    "opt_outs",
    metadata,
    Column("asker", String(32), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)

shown = Table(
    "shown",
    metadata,
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", BigInteger, nullable=False),
    Column("is_list", Boolean, nullable=False),
    Column("story", String(40), primary_key=True),  # a list may show several stories
    Column("version", String(12), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("facts", JSON, nullable=False),  # ids, the answer first
    Column("at", DateTime(timezone=True), nullable=False),
    Column("asker", String(32)),  # the recipient, if it is a direct message
    Index("shown_at", "at"),
    Index("shown_asker", "asker"),
    Index("shown_channel", "channel", "message"),
)

editions = Table(
    "editions",
    metadata,
    Column("story", String(40), primary_key=True),
    Column("facts", JSON, nullable=False),  # the fingerprint of each fact
    Column("since", DateTime(timezone=True), nullable=False),  # when the story was first loaded
)

changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("story", String(40), nullable=False),
    Column("version", String(12), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("fact", String(40), nullable=False),
    Column("what", String(10), nullable=False),
    Column("before", Text),  # excerpts of the story as JSON; null if the fact was not shown, or before they were kept
    Column("after", Text),
    Index("changes_story", "story", "at"),
    Index("changes_fact", "story", "fact", "at"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("value", String(64), nullable=False),
    Column("sender", String(16), nullable=False),  # the process, which does not hear itself
    Column("at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,  # numbers are never reused
)

leases = Table(
    "leases",
    metadata,
    Column("key", String(64), primary_key=True),  # what only one process may do, such as a shard of a token
    Column("holder", String(100), nullable=False),  # the process: its machine, its number there, and a random part
    Column("until", DateTime(timezone=True), nullable=False),
)

uses = Table(
    "uses",  # of what is limited, for the processes' cooldowns
    metadata,
    Column("asker", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("process", String(16), primary_key=True),
    Column("until", DateTime(timezone=True), nullable=False),  # when it is deleted
    Column("number", Integer, nullable=False),
    Index("uses_until", "until"),
)

posted = Table(
    "posted",
    metadata,
    Column("key", String(64), primary_key=True),  # of a report, or of an exchange in a gap
    Column("at", DateTime(timezone=True), nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("story", String(40), nullable=False),
    Column("follows", Integer, nullable=False),  # the number of the story's version before it; 0 if it is the first
    Column("version", String(12), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("changes", Integer, nullable=False),
    Column("folder", Text, nullable=False),
    Column("files", JSON, nullable=False),  # the SHA-256 of each file, by name
    UniqueConstraint("story", "follows"),  # of two processes that publish after the same version, one is first
    sqlite_autoincrement=True,  # numbers are never reused
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # compressed by zlib
)

counted_questions = Table(
    "counted_questions",  # that readers typed, stored or no longer
    metadata,
    Column("day", String(10), primary_key=True),  # in UTC, as 2024-03-05
    Column("outcome", String(10), primary_key=True),
    Column("locale", String(8), primary_key=True),
    Column("story", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
)

counted_answers = Table(
    "counted_answers",  # on any surface, stored or no longer
    metadata,
    Column("period", String(10), primary_key=True),  # a day, and once more its month, as 2024-03
    Column("story", String(40), primary_key=True),
    Column("fact", String(40), primary_key=True),  # the answer, without what was shown beside it
    Column("number", Integer, nullable=False),
)

daily_votes = Table(
    "daily_votes",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("helpful", Boolean, primary_key=True),
    Column("number", Integer, nullable=False),  # votes that are no longer stored
)
