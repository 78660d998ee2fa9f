"""Count exchanges while they are written, index what is waited for, and share cooldowns between processes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TYPED = "surface IN ('mention', 'reply', 'direct', 'ask', 'terminal')"
INDEXES = (
    ("changes_fact", "changes", ["story", "fact", "at"], None),
    ("exchanges_follows", "exchanges", ["follows"], "follows IS NOT NULL"),
    ("exchanges_gaps", "exchanges", ["at"], "outcome IN ('suggest', 'abstain')"),
    ("exchanges_later", "exchanges", ["at"], "surface = 'later'"),
    ("exchanges_slowest", "exchanges", ["elapsed_ms", "at", "surface"], None),
    ("mistakes_settled", "mistakes", ["settled", "number"], None),
    ("shown_channel", "shown", ["channel", "message"], None),
    ("uses_until", "uses", ["until"], None),
    ("votes_at", "votes", ["at", "helpful"], None),
)
MONTH = "substr(period, 1, 7)"


def upgrade() -> None:
    """Count what is stored, take over the counts of what is not, and make the indexes."""
    op.create_table(
        "counted_questions",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("outcome", sa.String(10), primary_key=True),
        sa.Column("locale", sa.String(8), primary_key=True),
        sa.Column("story", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table(
        "counted_answers",
        sa.Column("period", sa.String(10), primary_key=True),
        sa.Column("story", sa.String(40), primary_key=True),
        sa.Column("fact", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.execute(f"""
        INSERT INTO counted_questions (day, outcome, story, locale, number)
        SELECT day, outcome, story, locale, sum(number) FROM (
            SELECT day, outcome, story, locale, number FROM daily WHERE is_typed
            UNION ALL SELECT {_day()}, outcome, story, locale, 1 FROM exchanges WHERE {TYPED}
        ) AS stored GROUP BY day, outcome, story, locale""")  # noqa: S608
    op.execute(f"""
        INSERT INTO counted_answers (period, story, fact, number)
        SELECT day, story, fact, sum(number) FROM (
            SELECT day, story, fact, number FROM daily WHERE fact <> ''
            UNION ALL SELECT {_day()}, story, {_fact()}, 1 FROM exchanges WHERE outcome = 'answer'
        ) AS stored WHERE fact IS NOT NULL GROUP BY day, story, fact""")  # noqa: S608
    op.execute(f"""
        INSERT INTO counted_answers (period, story, fact, number)
        SELECT {MONTH}, story, fact, sum(number) FROM counted_answers GROUP BY {MONTH}, story, fact""")  # noqa: S608
    op.drop_table("daily")
    op.create_table(
        "uses",
        sa.Column("asker", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("process", sa.String(16), primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
    )
    for name, table, columns, where in INDEXES:
        condition = sa.text(where) if where else None
        op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    """Drop the indexes, and leave the counts only of days before those that are stored."""
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)
    op.create_table(
        "daily",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("is_typed", sa.Boolean, primary_key=True),
        sa.Column("outcome", sa.String(10), primary_key=True),
        sa.Column("story", sa.String(40), primary_key=True),
        sa.Column("locale", sa.String(8), primary_key=True),
        sa.Column("fact", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    older = f"< coalesce((SELECT min({_day()}) FROM exchanges), 'z')"  # noqa: S608
    op.execute(f"""
        INSERT INTO daily (day, is_typed, outcome, story, locale, fact, number)
        SELECT day, true, outcome, story, locale, '', number FROM counted_questions WHERE day {older}
        UNION ALL SELECT period, false, 'answer', story, '', fact, number FROM counted_answers
        WHERE length(period) = 10 AND period {older}""")  # noqa: S608
    op.drop_table("uses")
    op.drop_table("counted_answers")
    op.drop_table("counted_questions")


def _day() -> str:
    return "date(at)" if _is_sqlite() else "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


def _fact() -> str:
    return "json_extract(facts, '$[0]')" if _is_sqlite() else "facts ->> 0"


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
