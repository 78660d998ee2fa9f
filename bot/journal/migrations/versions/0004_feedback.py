"""Create the tables of feedback, opt-outs, shown messages and changes in the stories."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "votes",
        sa.Column("exchange", sa.String(12), primary_key=True),
        sa.Column("asker", sa.String(32), primary_key=True),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("votes_asker", "votes", ["asker"])
    op.create_table(
        "mistakes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("exchange", sa.String(12), nullable=False),
        sa.Column("asker", sa.String(32)),
        sa.Column("wrong", sa.Text, nullable=False),
        sa.Column("written", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.DateTime(timezone=True)),
        sqlite_autoincrement=True,
    )
    op.create_index("mistakes_asker", "mistakes", ["asker"])
    op.create_table(
        "waits",
        sa.Column("exchange", sa.String(12), primary_key=True),
        sa.Column("user", sa.BigInteger, primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("guild", sa.BigInteger),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("parent", sa.BigInteger),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("waits_user", "waits", ["user"])
    op.create_table(
        "opt_outs",
        sa.Column("asker", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "shown",
        sa.Column("message", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("is_list", sa.Boolean, nullable=False),
        sa.Column("story", sa.String(40), primary_key=True),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asker", sa.String(32)),
    )
    op.create_index("shown_at", "shown", ["at"])
    op.create_index("shown_asker", "shown", ["asker"])
    op.create_table(
        "editions",
        sa.Column("story", sa.String(40), primary_key=True),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("story", sa.String(40), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fact", sa.String(40), nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
    )
    op.create_index("changes_story", "changes", ["story", "at"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("changes")
    op.drop_table("editions")
    op.drop_table("shown")
    op.drop_table("opt_outs")
    op.drop_table("waits")
    op.drop_table("mistakes")
    op.drop_table("votes")
